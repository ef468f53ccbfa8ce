/**
 * docs/words.md is a table of word, what it is, and what it is not called. Some of what stands in its last column is
 * wrong only there (a refund is no "transaction", the ledger has some); what is wrong everywhere is written in
 * backquotes, and the names declared in the domain are held to it. `session` (alone) needs another word beside it.
 */
import ts from 'typescript';
import { type Checkout, eachNode, isCode, isTest, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

const GLOSSARY = 'docs/words.md';

export const speakGlossary: Rule = {
  name: 'glossary',
  why: `One word for one thing, in code, tables, API and pages. ${GLOSSARY} says which, and in the last column of its table which not; what stands there in backquotes is used in no name.`,
  find(checkout) {
    if (!checkout.has(GLOSSARY)) return [{ path: GLOSSARY, line: 0, what: 'is missing' }];
    const words = forbiddenWords(checkout.text(GLOSSARY));
    if (words.length === 0)
      return [{ path: GLOSSARY, line: 0, what: 'forbids nothing: its table has no word in backquotes in the last column' }];
    return checkout.paths
      .filter((path) => path.startsWith('domain/') && isCode(path) && !isTest(path))
      .flatMap((path) => strayNames(checkout, path, words));
  },
};

type ForbiddenWord = { readonly words: string; readonly onlyAlone: boolean };

export function forbiddenWords(glossary: string): readonly ForbiddenWord[] {
  const rows = glossary.split('\n').filter((line) => /^\|.*\|\s*$/.test(line));
  return rows.flatMap((row) => {
    const last = row.split('|').at(-2) ?? '';
    return [...last.matchAll(/`([^`]+)`(\s*\(alone\))?/g)].map(([, word = '', alone]) => ({
      words: wordsOf(word).join(' '),
      onlyAlone: alone !== undefined,
    }));
  });
}

function strayNames(checkout: Checkout, path: string, forbidden: readonly ForbiddenWord[]): Finding[] {
  const findings: Finding[] = [];
  eachNode(checkout.syntax(path), (node) => {
    const name = declaredName(node);
    if (name === undefined) return;
    const words = wordsOf(name.text).join(' ');
    const stray = forbidden.find((each) => (each.onlyAlone ? words === each.words : ` ${words} `.includes(` ${each.words} `)));
    if (stray !== undefined) findings.push({ path, line: lineOf(name), what: `${name.text}: "${stray.words}" is not our word for it` });
  });
  return findings;
}

function declaredName(node: ts.Node): ts.Identifier | undefined {
  const isDeclaration =
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node);
  return isDeclaration && node.name !== undefined && ts.isIdentifier(node.name) ? node.name : undefined;
}

/** subscriberId, subscriber_id, SubscriberID → subscriber id */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
