/** The numbered stream of plain SQL files in `migrations/`, in order. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrationTrouble } from './trouble.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');

export type Migration = { readonly number: number; readonly name: string; readonly sql: string; readonly hash: string };

/** Throws MigrationTrouble `migration_misnamed`. */
export function readMigrations(directory: string = MIGRATIONS): Migration[] {
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  const migrations = files.map((file) => {
    const sql = readFileSync(join(directory, file), 'utf8');
    return { number: Number(file.slice(0, 4)), name: file.slice(0, -4), sql, hash: createHash('sha256').update(sql).digest('hex') };
  });
  for (const [index, { name, number }] of migrations.entries()) {
    if (!/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw misnamed(`migrations/${name}.sql is not named like 0042-what-it-does.sql.`);
    if (migrations[index - 1]?.number === number)
      throw misnamed(`Two migrations have the number ${number}: ${migrations[index - 1]?.name} and ${name}.`);
  }
  return migrations;
}

function misnamed(matter: string): MigrationTrouble {
  return new MigrationTrouble('migration_misnamed', matter, 'Give it the next free number.');
}

/** The PostgreSQL schemas that the migrations make: all of Everline's tables but `public.migration`. */
export function everlineSchemas(): string[] {
  return namesIn(/^\s*create\s+schema\s+(?:if\s+not\s+exists\s+)?([a-z_]+)/gim);
}

/** `schema.table` of those that migrations write rows into: a database that nobody has used holds these rows. */
export function filledByMigrations(): string[] {
  return namesIn(/^\s*insert\s+into\s+([a-z_]+\.[a-z_]+)/gim);
}

function namesIn(pattern: RegExp): string[] {
  return [...new Set(readMigrations().flatMap(({ sql }) => [...sql.matchAll(pattern)].map((match) => match[1] as string)))].sort();
}
