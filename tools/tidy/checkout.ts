/** The project's files, read and parsed once for all rules. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const LEFT_OUT = new Set(['node_modules', 'build', '.git', '.everline', '.svelte-kit']);

export type Checkout = {
  /** All of them, sorted, with `/`. */
  readonly paths: readonly string[];
  text(path: string): string;
  /** Whether there is a file of that path. */
  has(path: string): boolean;
  /** Folders directly below `folder`. */
  folders(folder: string): readonly string[];
  /** Of a .ts or .mjs file, or of what stands between a page's script tags, on its own lines. */
  syntax(path: string): ts.SourceFile;
};

export function openCheckout(root: string): Checkout {
  return checkoutOver(walk(root, ''), (path) => readFileSync(join(root, path), 'utf8'));
}

export function checkoutOver(files: readonly string[], read: (path: string) => string): Checkout {
  const paths = files.toSorted();
  const texts = new Map<string, string>();
  const trees = new Map<string, ts.SourceFile>();
  const text = (path: string): string => remember(texts, path, () => read(path));
  return {
    paths,
    text,
    has: (path) => paths.includes(path),
    folders(folder) {
      const below = paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1).split('/'));
      return [...new Set(below.filter((parts) => parts.length > 1).map(([first = '']) => first))];
    },
    syntax: (path) =>
      remember(trees, path, () => {
        const source = path.endsWith('.svelte') ? scriptsOf(text(path)) : text(path);
        return ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, path.endsWith('.mjs') ? ts.ScriptKind.JS : ts.ScriptKind.TS);
      }),
  };
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return walk(root, path);
    return entry.isFile() ? [path] : [];
  });
}

function remember<T>(known: Map<string, T>, path: string, make: () => T): T {
  const value = known.get(path) ?? make();
  known.set(path, value);
  return value;
}

/** Everything but the scripts made blank, so that line numbers stay. */
function scriptsOf(page: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
  let rest = 0;
  let scripts = '';
  for (const match of page.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const [, opening = '', body = ''] = match;
    const start = match.index + opening.length;
    scripts += blank(page.slice(rest, start)) + body;
    rest = start + body.length;
  }
  return scripts + blank(page.slice(rest));
}

export const isTest = (path: string): boolean => path.endsWith('.test.ts');
export const isCode = (path: string): boolean => /\.(ts|mjs|svelte)$/.test(path) && !path.endsWith('.d.ts');
export const isSql = (path: string): boolean => path.endsWith('.sql');

/** Calls `visit` for every node of the file. */
export function eachNode(root: ts.Node, visit: (node: ts.Node) => void): void {
  const walkNode = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walkNode);
  };
  walkNode(root);
}

export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Comments and quoted text made blank, lengths and lines kept: what is left is what PostgreSQL executes. */
export function bareSql(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (found) => found.replace(/[^\n]/g, ' '));
}
