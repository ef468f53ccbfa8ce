import ts from 'typescript';
import { bareSql, eachNode, isCode, isSql, isTest, lineAt, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

const AMBIENT =
  /\b(?:(?:now|random|gen_random_uuid|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|(?:current_timestamp|current_date|current_time|localtimestamp|localtime)\b)/gi;
const WHERE = /^(domain|platform|channels|adapters|apps)\//;

export const forbidSqlTime: Rule = {
  name: 'sql-time',
  why: "No now(), current_timestamp or random() in SQL: the instant is a parameter. Otherwise the database's clock decides beside the business clock, and a replay differs.",
  find: (checkout) => [
    ...checkout.paths.filter(isSql).flatMap((path) => inText(path, bareSql(checkout.text(path)))),
    ...checkout.paths
      .filter((path) => WHERE.test(path) && isCode(path) && !isTest(path))
      .flatMap((path) => inLiterals(path, checkout.syntax(path))),
  ],
};

function inText(path: string, sql: string): Finding[] {
  return [...sql.matchAll(AMBIENT)].map((match) => ({ path, line: lineAt(sql, match.index), what: match[0] }));
}

/** SQL written in code: a text with a statement's first word in it. */
function inLiterals(path: string, file: ts.SourceFile): Finding[] {
  const findings: Finding[] = [];
  eachNode(file, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return;
    const text = node.getText().slice(1, -1);
    if (!/^\s*(select|insert|update|delete|with|create|alter)\b/i.test(text)) return;
    for (const [what] of bareSql(text).matchAll(AMBIENT)) findings.push({ path, line: lineOf(node), what });
  });
  return findings;
}
