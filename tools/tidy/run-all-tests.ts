import ts from 'typescript';
import { eachNode, isTest, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

const TESTERS = /^(?:(?:t|test|it|describe|suite|context)\.)?(?:test|it|describe|suite)$/;
const SWITCHES = new Set(['only', 'skip', 'todo']);

export const runAllTests: Rule = {
  name: 'tests-all-run',
  why: 'Every test runs. `only` silences the others, `skip` and `todo` this one. A test that cannot run on some machine skips itself with the reason it finds there: `{ skip: skipReason }`.',
  find: (checkout) =>
    checkout.paths
      .filter((path) => isTest(path))
      .flatMap((path) => {
        const findings: Finding[] = [];
        eachNode(checkout.syntax(path), (node) => {
          const what = switchedOff(node);
          if (what !== undefined) findings.push({ path, line: lineOf(node), what });
        });
        return findings;
      }),
};

function switchedOff(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const called = node.expression;
  if (ts.isPropertyAccessExpression(called) && SWITCHES.has(called.name.text) && TESTERS.test(called.expression.getText()))
    return called.getText();
  if (!TESTERS.test(called.getText())) return undefined;
  const options = node.arguments.find((argument) => ts.isObjectLiteralExpression(argument));
  return options?.properties.find(isSwitch)?.getText();
}

/** `skip: true` or `skip: 'some text'` is the same everywhere; `skip: found` depends on the machine. */
function isSwitch(property: ts.ObjectLiteralElementLike): boolean {
  if (!ts.isPropertyAssignment(property) || !SWITCHES.has(property.name.getText())) return false;
  return property.initializer.kind === ts.SyntaxKind.TrueKeyword || ts.isStringLiteralLike(property.initializer);
}
