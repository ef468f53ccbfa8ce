/** Every SQL statement there is: one a file, so the list is the whole of what the program asks of its database. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseStatement } from '#platform/database';
import { code, page, table } from './markdown.ts';

const ROOT = join(import.meta.dirname, '../..');

export async function listStatements(): Promise<string> {
  const blocks = ['domain', 'platform'].flatMap((area) => foldersWithSql(area).flatMap((folder) => listFolder(`${area}/${folder}`)));
  return page('Statements', 'One statement a file, in the `sql` folder of whoever owns the tables it names.', ...blocks);
}

function foldersWithSql(area: string): string[] {
  return readdirSync(join(ROOT, area))
    .filter((folder) => sqlFiles(join(area, folder)).length > 0)
    .sort();
}

function sqlFiles(folder: string): string[] {
  try {
    return readdirSync(join(ROOT, folder, 'sql')).sort();
  } catch {
    return [];
  }
}

function listFolder(folder: string): string[] {
  const rows = sqlFiles(folder).map((file) => {
    const name = file.replace(/\.sql$/, '');
    const { text, parameters } = parseStatement(name, readFileSync(join(ROOT, folder, 'sql', file), 'utf8'));
    const does = doesWhat(text);
    const takes = does === 'copy' ? ['rows'] : parameters;
    return [`[${name}](../../${folder}/sql/${file})`, does, touches(text), takes.map(code).join(', ')];
  });
  return [`## ${folder}`, table(['statement', 'does', 'tables', 'takes'], rows)];
}

export function doesWhat(sql: string): string {
  if (/^copy\s/i.test(sql)) return 'copy';
  const words = ['insert', 'update', 'delete'].filter((word) => new RegExp(`(^|[(\\s])${word}\\s+(into|from|[a-z_]+\\.)`, 'i').test(sql));
  if (words.length > 0) return words.join(', ');
  return /\bfor (no key )?update\b/i.test(sql) ? 'locks' : 'reads';
}

export function touches(sql: string): string {
  // A name before a bracket is a function, except after `into` and `copy`, where the bracket holds the columns.
  const found = sql.matchAll(/\b(?:(?:into|copy)\s+([a-z_]+\.[a-z_]+)|(?:from|join|update)\s+([a-z_]+\.[a-z_]+)\b(?!\s*\())/gi);
  const tables = [...found].map(([, filled, read]) => filled ?? read ?? '');
  return [...new Set(tables)].sort().join(', ');
}
