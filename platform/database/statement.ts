/**
 * One SQL statement a file, in the `sql/` folder of whoever owns the tables it names, prepared under its name.
 * Parameters are written `:account_id` and given as `{ accountId }`; columns come back in camel case.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assert } from '#platform/assert';

export type PreparedStatement = {
  /** Unique in the program: `<folder>.<file>`; also the name it is prepared under. */
  readonly name: string;
  /** With `$1` placeholders. */
  readonly text: string;
  /** Camel-case keys of the parameter object, in `$n` order. */
  readonly parameters: readonly string[];
};

/** A prepared statement that knows what it takes and what a row of its answer is. */
export type Statement<Parameters extends object, Row extends object> = PreparedStatement & {
  readonly shape?: (parameters: Parameters) => Row;
};

const known = new Map<string, PreparedStatement>();

/** `directory` is the caller's `import.meta.dirname`; reads `<directory>/sql/<file>.sql` once, at load time. */
export function statement<Parameters extends object, Row extends object = object>(
  directory: string,
  file: string,
): Statement<Parameters, Row> {
  const name = `${basename(directory)}.${file}`;
  assert(!known.has(name), `a statement is loaded in one place only: ${name}`);
  const parsed = parseStatement(name, readFileSync(join(directory, 'sql', `${file}.sql`), 'utf8'));
  known.set(name, parsed);
  return parsed;
}

/** Every statement loaded so far: a test prepares them all against the migrated schema. */
export function knownStatements(): readonly PreparedStatement[] {
  return [...known.values()];
}

/** Turns `:names` into `$n`, leaving `::casts`, quoted text and comments alone. */
export function parseStatement(name: string, source: string): PreparedStatement {
  const parameters: string[] = [];
  const text = source.replace(/--[^\n]*|'(?:[^']|'')*'|::\w+|:([a-z][a-z0-9_]*)/g, (found, parameter: string | undefined) => {
    if (found.startsWith('--')) return '';
    if (parameter === undefined) return found;
    const key = camelCase(parameter);
    if (!parameters.includes(key)) parameters.push(key);
    return `$${parameters.indexOf(key) + 1}`;
  });
  return { name, text: text.trim(), parameters };
}

export function camelCase(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
