import ts from 'typescript';
import { type Checkout, eachNode, isTest } from './checkout.ts';
import type { Rule } from './rule.ts';

/** The functions of mission.md that stand; each is named, in brackets, by at least one test. */
export const MISSIONS: readonly string[] = [
  'ID-1',
  'ID-2',
  'ID-3',
  'ID-4',
  'ID-6',
  'SEE-1',
  'SEE-2',
  'SEE-4',
  'BUY-1',
  'BUY-2',
  'BUY-3',
  'BUY-4',
  'BUY-6',
  'PAY-1',
  'PAY-2',
  'PAY-3',
  'PAY-5',
  'FX-1',
  'FX-2',
  'FX-3',
  'CH-1',
  'LIFE-1',
  'LIFE-2',
  'LIFE-4',
  'SIM-4',
];

export const coverMissions: Rule = {
  name: 'missions-covered',
  why: "A function that we say stands is proved by a test whose name carries its id, as in 'two paid renewals both count [BUY-3]'.",
  find(checkout) {
    const covered = new Set(namedTests(checkout).flatMap((test) => test.missions));
    return MISSIONS.filter((id) => !covered.has(id)).map((id) => ({ path: 'tests', line: 0, what: `no test name carries [${id}]` }));
  },
};

export type NamedTest = { readonly name: string; readonly path: string; readonly missions: readonly string[] };

/** Tests that carry a mission's id, with their names as written, less the ids. The tests of the tools only talk of them. */
export function namedTests(checkout: Checkout): readonly NamedTest[] {
  return checkout.paths
    .filter((path) => isTest(path) && !path.startsWith('tools/'))
    .flatMap((path) =>
      testNames(checkout, path).map((name) => ({ path, missions: missionsIn(name), name: name.replace(/(\s*\[[^\]]*\])+\s*$/, '') })),
    )
    .filter(({ missions }) => missions.length > 0);
}

const missionsIn = (name: string): string[] =>
  [...name.matchAll(/\[([^\]]*)\]/g)].flatMap(([, ids = '']) => ids.match(/\b[A-Z]+-\d+\b/g) ?? []);

function testNames(checkout: Checkout, path: string): string[] {
  const names: string[] = [];
  eachNode(checkout.syntax(path), (node) => {
    if (!ts.isCallExpression(node) || !/(^|\.)(test|it|describe|suite)$/.test(node.expression.getText())) return;
    const [name] = node.arguments;
    if (name !== undefined && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name))) names.push(name.getText().slice(1, -1));
  });
  return names;
}
