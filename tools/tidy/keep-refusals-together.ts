import ts from 'typescript';
import { eachNode, isCode, isTest, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

export const keepRefusalsTogether: Rule = {
  name: 'refusals-together',
  why: "A folder's refusals are declared in its refusals.ts and nowhere else: the catalogue is counted against the texts customers read and printed in the docs. Codes are `<folder>.<what>`.",
  find: (checkout) =>
    checkout.paths
      .filter((path) => isCode(path) && !isTest(path) && !path.startsWith('platform/refusals/') && !path.startsWith('tools/'))
      .flatMap((path) => {
        const findings: Finding[] = [];
        eachNode(checkout.syntax(path), (node) => {
          if (!ts.isCallExpression(node) || node.expression.getText() !== 'declareRefusals') return;
          if (!path.endsWith('/refusals.ts')) findings.push({ path, line: lineOf(node), what: 'declares refusals outside refusals.ts' });
          findings.push(...strangeCodes(path, node));
        });
        return findings;
      }),
};

function strangeCodes(path: string, call: ts.CallExpression): Finding[] {
  const folder = path.split('/').at(-2) ?? '';
  const catalogue = call.arguments[0];
  if (catalogue === undefined || !ts.isObjectLiteralExpression(catalogue)) return [];
  return catalogue.properties.flatMap((property) => {
    const code = property.name !== undefined && ts.isStringLiteral(property.name) ? property.name.text : (property.name?.getText() ?? '');
    return code.startsWith(`${folder}.`) ? [] : [{ path, line: lineOf(property), what: `${code} does not start with "${folder}."` }];
  });
}
