import ts from 'typescript';
import { type Checkout, eachNode, isSql, isTest, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

type Loading = Finding & { readonly sql: string };

export const matchStatements: Rule = {
  name: 'statements-used',
  why: 'One SQL statement a file, loaded by `statement(import.meta.dirname, name)`, or `copyStatement`, in the folder above it: a file nobody loads is dead, and a name without a file fails only when it is first run.',
  find(checkout) {
    const loaded = checkout.paths.filter((path) => /^(domain|platform)\/.*\.ts$/.test(path)).flatMap((path) => loadings(checkout, path));
    const used = new Set(loaded.map(({ sql }) => sql));
    const unused = checkout.paths.filter((path) => /^(domain|platform)\/[^/]+\/sql\//.test(path) && isSql(path) && !used.has(path));
    return [
      ...unused.map((path) => ({ path, line: 0, what: 'no file of its folder loads it' })),
      ...loaded.filter(({ sql, path }) => !isTest(path) && !checkout.has(sql)).map((each) => ({ ...each, what: `${each.sql} is missing` })),
    ];
  },
};

const LOADERS: ReadonlySet<string> = new Set(['statement', 'copyStatement']);

function loadings(checkout: Checkout, path: string): Loading[] {
  const found: Loading[] = [];
  const folder = path.slice(0, path.lastIndexOf('/'));
  eachNode(checkout.syntax(path), (node) => {
    if (!ts.isCallExpression(node) || !LOADERS.has(node.expression.getText())) return;
    if (node.arguments[0]?.getText() !== 'import.meta.dirname') return;
    const name = node.arguments[1];
    if (name === undefined || !ts.isStringLiteralLike(name)) found.push({ path, line: lineOf(node), what: '', sql: `${folder}/sql/?` });
    else found.push({ path, line: lineOf(node), what: '', sql: `${folder}/sql/${name.text}.sql` });
  });
  return found;
}
