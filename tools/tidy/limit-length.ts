import ts from 'typescript';
import { type Checkout, eachNode, isCode, isTest, lineOf } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

const FILE_LINES_MAX = 300;
const FUNCTION_LINES_MAX = 70;

export const limitFiles: Rule = {
  name: 'file-length',
  why: `A file past ${FILE_LINES_MAX} lines holds more than one thing; a reader should see the whole of it in a minute. Split it by what its parts do.`,
  find: (checkout) =>
    checkout.paths.filter(isCode).flatMap((path) => {
      const lines = checkout.text(path).trimEnd().split('\n').length;
      return lines > FILE_LINES_MAX ? [{ path, line: 0, what: `${lines} lines`, warning: true }] : [];
    }),
};

export const limitFunctions: Rule = {
  name: 'function-length',
  why: `A function past ${FUNCTION_LINES_MAX} lines cannot be read at once, and hides steps that deserve a name. Give its parts names and call them.`,
  find: (checkout) => checkout.paths.filter(isCode).flatMap((path) => longFunctions(checkout, path)),
};

function longFunctions(checkout: Checkout, path: string): Finding[] {
  const findings: Finding[] = [];
  eachNode(checkout.syntax(path), (node) => {
    if (!ts.isFunctionLike(node) || isSuite(node)) return;
    const line = lineOf(node);
    const lines = linesOf(node) - methodsIn(node).reduce((sum, method) => sum + linesOf(method), 0);
    // A test tells a story from start to end; it is told to be long, no more.
    if (lines > FUNCTION_LINES_MAX) findings.push({ path, line, what: `${nameOf(node)}: ${lines} lines`, warning: isTest(path) });
  });
  return findings;
}

function linesOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.end).line + 2 - lineOf(node);
}

/** A function that makes an object is read method by method, as a class is; each is measured by itself. */
function methodsIn(node: ts.Node): ts.Node[] {
  const methods: ts.Node[] = [];
  const walk = (inner: ts.Node): void => {
    if (ts.isFunctionLike(inner) && isMember(inner)) methods.push(inner);
    else ts.forEachChild(inner, walk);
  };
  ts.forEachChild(node, walk);
  return methods;
}

const isMember = (node: ts.Node): boolean =>
  (ts.isMethodDeclaration(node) && ts.isObjectLiteralExpression(node.parent)) || ts.isPropertyAssignment(node.parent);

/** The function given to describe() or suite() is a list of tests. */
function isSuite(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^(describe|suite)\b/.test(node.parent.expression.getText());
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name : undefined);
  return named?.getText() ?? 'a function';
}
