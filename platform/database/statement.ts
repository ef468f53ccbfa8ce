/**
 * One SQL statement a file, in the `sql/` folder of whoever owns the tables it names, prepared under its name.
 * Parameters are written `:account_id` and given as `{ accountId }`; columns come back in camel case.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assert, present } from '#platform/assert';
import type { ColumnType, ColumnTypes } from './encode-rows.ts';

export type PreparedStatement = {
  /** Unique in the program: `<folder>.<file>`; also the name it is prepared under. */
  readonly name: string;
  /** With `$1` placeholders. */
  readonly text: string;
  /** Camel-case keys of the parameter object, in `$n` order. */
  readonly parameters: readonly string[];
  /** Of a COPY: keys and types of a row's columns, in their order; its one parameter is `rows`. */
  readonly columns?: readonly (readonly [key: string, type: ColumnType])[];
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
  return load(directory, file, parseStatement);
}

/** `copy <table> (<columns>) from stdin (format binary)`, which takes `{ rows }`; `types` says how each column is sent. */
export function copyStatement<Row extends object>(
  directory: string,
  file: string,
  types: { readonly [Key in keyof Row]: ColumnType },
): Statement<{ rows: readonly Row[] }, object> {
  return load(directory, file, (name, source) => parseCopy(name, source, types));
}

function load(directory: string, file: string, parse: (name: string, source: string) => PreparedStatement): PreparedStatement {
  const name = `${basename(directory)}.${file}`;
  assert(!known.has(name), `a statement is loaded in one place only: ${name}`);
  const loaded = parse(name, readFileSync(join(directory, 'sql', `${file}.sql`), 'utf8'));
  known.set(name, loaded);
  return loaded;
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

export function parseCopy(name: string, source: string, types: ColumnTypes): PreparedStatement {
  const text = source.trim();
  const [, list = ''] = present(/^copy [\w.]+ \(([^)]*)\) from stdin \(format binary\)$/.exec(text), `${name} is a binary COPY`);
  const keys = list.split(',').map((column) => camelCase(column.trim()));
  assert(keys.length === Object.keys(types).length, `${name} copies the columns that have a type, and no others`);
  return {
    name,
    text,
    parameters: ['rows'],
    columns: keys.map((key) => [key, present(types[key], `${name}: ${key} has a type`)] as const),
  };
}

export function camelCase(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
