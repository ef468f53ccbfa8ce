import ts from 'typescript';
import { eachNode, isCode, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

export const explainCasts: Rule = {
  name: 'casts-explained',
  why: '`as unknown as` tells the compiler to believe anything. Where there is no other way, a comment on the line or the one above says why it is true.',
  find: (checkout) =>
    checkout.paths.filter(isCode).flatMap((path) => {
      const findings: Finding[] = [];
      const lines = checkout.text(path).split('\n');
      eachNode(checkout.syntax(path), (node) => {
        if (!ts.isAsExpression(node) || !ts.isAsExpression(node.expression)) return;
        if (node.expression.type.kind !== ts.SyntaxKind.UnknownKeyword) return;
        const line = lineOf(node);
        const isExplained = [lines[line - 2], lines[line - 1]].some((text) => /\/\/|\*\//.test(text ?? ''));
        if (!isExplained) findings.push({ path, line, what: node.getText() });
      });
      return findings;
    }),
};
