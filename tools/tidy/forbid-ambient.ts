import ts from 'typescript';
import { type Checkout, eachNode, isCode, isTest, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

/** Elsewhere (tests, adapters, simulators, apps, tools) real time and chance are what is meant. */
const WHERE = /^(domain|platform|channels)\//;
const CHANCE = new Set(['randomBytes', 'randomUUID', 'randomInt', 'getRandomValues']);

export const forbidAmbientTime: Rule = {
  name: 'ambient-time',
  why: 'Instants come from platform/clock, handed in: business time is movable, and a rule that asks the machine for the time cannot be replayed, nor tested at the last second of a month.',
  find: (checkout) => findNodes(checkout, readsTime),
};

export const forbidAmbientRandomness: Rule = {
  name: 'ambient-randomness',
  why: 'Chance comes from platform/random (ids from platform/ids): a seeded world must take the same course every time it is run.',
  find: (checkout) => findNodes(checkout, takesChance),
};

function findNodes(checkout: Checkout, isFound: (node: ts.Node) => boolean): Finding[] {
  return checkout.paths
    .filter((path) => WHERE.test(path) && isCode(path) && !isTest(path))
    .flatMap((path) => {
      const findings: Finding[] = [];
      eachNode(checkout.syntax(path), (node) => {
        if (isFound(node)) findings.push({ path, line: lineOf(node), what: node.getText() });
      });
      return findings;
    });
}

function readsTime(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
  if (ts.isCallExpression(node)) return node.expression.getText() === 'Date';
  return ts.isPropertyAccessExpression(node) && /^(Date\.now|Temporal\.Now)$/.test(node.getText());
}

function takesChance(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.getText() === 'Math.random';
  if (!ts.isCallExpression(node)) return false;
  const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
  return CHANCE.has(called);
}
