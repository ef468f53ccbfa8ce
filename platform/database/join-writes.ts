/**
 * Writes of one transaction that do not touch each other travel as one statement: `with w0 as (insert …), w1 as (update …)
 * insert …`. A statement costs the driver 25 µs and the server 6 before it does anything, and settling a renewal has
 * eight writes (docs/speed.md).
 *
 * All parts of such a statement see the tables as they were before it. So a part that names a table an earlier part
 * writes is never joined with it: `mayJoin`.
 */
import type { PreparedStatement } from './statement.ts';

export type Write = { readonly statement: PreparedStatement; readonly parameters: object };

type Parts = {
  /** Its own `with` list, without the word; empty when it has none. */
  readonly list: string;
  readonly main: string;
  readonly written: ReadonlySet<string>;
  readonly named: ReadonlySet<string>;
};

const partsByStatement = new WeakMap<PreparedStatement, Parts>();
const joinedByNames = new Map<string, PreparedStatement>();

/** Whether `next` may go in one statement with those before it. */
export function mayJoin(before: readonly Write[], next: Write): boolean {
  const { named } = partsOf(next.statement);
  return before.every((write) => [...partsOf(write.statement).written].every((table) => !named.has(table)));
}

/** One write of several that may join. */
export function joinWrites(writes: readonly Write[]): Write {
  const [first] = writes;
  if (writes.length === 1 && first !== undefined) return first;
  const statements = writes.map((write) => write.statement);
  const names = statements.map(({ name }) => name).join('+');
  const statement = joinedByNames.get(names) ?? join(statements);
  joinedByNames.set(names, statement);
  return { statement, parameters: writes.flatMap(valuesOf) };
}

function valuesOf({ statement, parameters }: Write): unknown[] {
  return statement.parameters.map((key) => (parameters as Record<string, unknown>)[key] ?? null);
}

function join(statements: readonly PreparedStatement[]): PreparedStatement {
  const lists: string[] = [];
  const mains: string[] = [];
  let offset = 0;
  for (const statement of statements) {
    const { list, main } = partsOf(statement);
    const moved = (text: string, by: number) => text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + by}`);
    if (list !== '') lists.push(moved(list, offset));
    mains.push(moved(main, offset));
    offset += statement.parameters.length;
  }
  const last = mains.pop() ?? '';
  const list = [...lists, ...mains.map((main, index) => `w${index} as (\n${main}\n)`)].join(',\n');
  // PostgreSQL keeps 63 bytes of a prepared statement's name: the names of eight would meet.
  return {
    name: `joined.${joinedByNames.size}`,
    text: `with ${list}\n${last}`,
    parameters: Array.from({ length: offset }, (_, index) => `${index}`),
  };
}

function partsOf(statement: PreparedStatement): Parts {
  const known = partsByStatement.get(statement);
  if (known !== undefined) return known;
  const { text } = statement;
  const end = /^with\s/i.test(text) ? endOfList(text) : 0;
  const parts = {
    list: text
      .slice(0, end)
      .replace(/^with\s/i, '')
      .trim(),
    main: text.slice(end).trim(),
    written: tables(text, /\b(?:insert\s+into|update|delete\s+from)\s+([a-z_]+\.[a-z_]+)/gi),
    named: tables(text, /\b(?:into|update|from|join|using)\s+([a-z_]+\.[a-z_]+)/gi),
  };
  partsByStatement.set(statement, parts);
  return parts;
}

/** Where the `with` list ends: at the first INSERT, UPDATE or DELETE outside all brackets. */
function endOfList(text: string): number {
  let depth = 0;
  for (const found of text.matchAll(/'(?:[^']|'')*'|[()]|\b(?:insert|update|delete)\b/gi)) {
    if (found[0] === '(') depth += 1;
    else if (found[0] === ')') depth -= 1;
    else if (depth === 0 && !found[0].startsWith("'")) return found.index;
  }
  return 0;
}

function tables(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].map(([, table]) => String(table).toLowerCase()));
}
