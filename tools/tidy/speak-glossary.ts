/**
 * docs/words.md says which word we use for what, and which we never use for it: "Never: `subscriber`, `msisdn`."; and
 * "Never alone: `session`." for a word that needs another beside it. Names declared in the domain are held to it.
 */
import ts from 'typescript';
import { type Checkout, eachNode, isCode, isTest, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

const GLOSSARY = 'docs/words.md';

export const speakGlossary: Rule = {
  name: 'glossary',
  why: `One word for one thing, in code, tables, API and pages: ${GLOSSARY} says which, and after "Never:" or "Never alone:", in backquotes, which not.`,
  find(checkout) {
    if (!checkout.has(GLOSSARY)) return [{ path: GLOSSARY, line: 0, what: 'is missing' }];
    const words = forbiddenWords(checkout.text(GLOSSARY));
    if (words.length === 0) return [{ path: GLOSSARY, line: 0, what: 'forbids no synonym ("Never: `…`")' }];
    return checkout.paths
      .filter((path) => path.startsWith('domain/') && isCode(path) && !isTest(path))
      .flatMap((path) => strayNames(checkout, path, words));
  },
};

type ForbiddenWord = { readonly words: string; readonly onlyAlone: boolean };

export function forbiddenWords(glossary: string): readonly ForbiddenWord[] {
  return [...glossary.matchAll(/\bNever( alone)?:((?:\s*`[^`]+`[,.]?)+)/gi)].flatMap(([, alone, list = '']) =>
    [...list.matchAll(/`([^`]+)`/g)].map(([, word = '']) => ({ words: wordsOf(word).join(' '), onlyAlone: alone !== undefined })),
  );
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
