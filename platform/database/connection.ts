/**
 * Connections: the seam below `Database`. The crash-window harness wraps a ConnectionSource to die before or after
 * any statement or COMMIT; nothing else in production knows of it.
 */
import type { Socket } from 'node:net';
import pg from 'pg';
import { assert } from '#platform/assert';
import { encodeParameter } from './encode-parameter.ts';
import { encodeRows } from './encode-rows.ts';
import { INT8, TIMESTAMPTZ } from './octets.ts';
import { camelCase, type PreparedStatement } from './statement.ts';

export interface Connection {
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  query(statement: PreparedStatement, parameters: object): Promise<object[]>;
  /** `broken` closes it instead of giving it back to the pool. */
  release(broken: boolean): void;
}

export interface ConnectionSource {
  acquire(): Promise<Connection>;
  close(): Promise<void>;
}

export type PoolOptions = {
  /** A libpq URI, or fields as `pg` takes them. */
  readonly connection: string | pg.ClientConfig;
  readonly connectionsMax: number;
  /** Told of errors on idle connections; without a listener node would end the program. */
  readonly onIdleError: (error: Error) => void;
};

const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): never {
    if (oid === INT8) return parseBigInt as never;
    // A calendar day has no instant: it stays text ("2026-11-21").
    if (oid === DATE) return ((text: string) => text) as never;
    if (oid === INT8_ARRAY) return parseBigIntArray as never;
    if (oid === TIMESTAMPTZ) return parseInstant as never;
    return pg.types.getTypeParser(oid, format as 'text') as never;
  },
};
const DATE = 1082;
const INT8_ARRAY = 1016;
const parseAnyInstant = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => Date;
const parseBigInt = (text: string): bigint => BigInt(text);
const parseBigIntArray = (text: string): bigint[] => (text === '{}' ? [] : text.slice(1, -1).split(',').map(BigInt));

/**
 * "2026-11-21 12:00:00.123+00", as a connection in UTC tells it: read by place, a tenth of the time of pg's pattern. Charging
 * reads a dozen instants a request.
 */
function parseInstant(text: string): Date {
  const known = instants.get(text);
  if (known !== undefined) return known;
  if (instants.size >= INSTANTS_MAX) instants.clear();
  const instant = readInstant(text);
  instants.set(text, instant);
  return instant;
}

/**
 * Instants that came lately: what is bought together begins and ends together, and what is equal may be the same. A Date is 112 octets, and a node
 * of the charging system keeps what it knows of 120,000 accounts, most of which would be Dates.
 */
const instants = new Map<string, Date>();
const INSTANTS_MAX = 256;

function readInstant(text: string): Date {
  const { length } = text;
  // Date.UTC takes the years before 100 for ours.
  if (length < 22 || length > 29 || text[0] === '0' || text[4] !== '-' || text[10] !== ' ' || !text.endsWith('+00'))
    return parseAnyInstant(text);
  const digits = (from: number, until: number) => {
    let value = 0;
    for (let place = from; place < until; place += 1) value = value * 10 + text.charCodeAt(place) - 48;
    return value;
  };
  const ms = length === 22 ? 0 : Math.floor(digits(20, length - 3) * 10 ** (3 - (length - 23)));
  return new Date(Date.UTC(digits(0, 4), digits(5, 7) - 1, digits(8, 10), digits(11, 13), digits(14, 16), digits(17, 19), ms));
}

/** Clients are pipelined: statements sent without waiting share a round trip. */
export function createPool(options: PoolOptions): ConnectionSource {
  const config = typeof options.connection === 'string' ? { connectionString: options.connection } : options.connection;
  const pool = new pg.Pool({
    ...config,
    types,
    max: options.connectionsMax,
    pipeline: true,
    options: [config.options, '-c timezone=UTC -c default_transaction_isolation=read\\ committed'].filter(Boolean).join(' '),
  } as pg.PoolConfig);
  pool.on('error', options.onIdleError);
  pool.on('connect', (client) => client.on('error', options.onIdleError));
  return {
    acquire: async () => connectionOver(await pool.connect()),
    close: () => pool.end(),
  };
}

function connectionOver(client: pg.PoolClient): Connection {
  return {
    async begin() {
      writeTogether(client);
      await client.query('begin');
    },
    async commit() {
      // A COMMIT of a failed transaction is answered "ROLLBACK", without an error: it must never pass for a commit.
      writeTogether(client);
      const { command } = await client.query('commit');
      assert(command === 'COMMIT', 'a transaction whose statement failed is not committed');
    },
    rollback: async () => void (await client.query('rollback')),
    query: (statement, parameters) =>
      statement.columns === undefined ? run(client, statement, parameters) : copy(client, statement, parameters as { rows: object[] }),
    release: (broken) => client.release(broken),
  };
}

/**
 * What is asked in one turn of the event loop leaves in one write. pg writes each statement by itself, and a write is a
 * system call that wakes the server: with 46 statements in 21 round trips a renewal, writes were half of the
 * renewal bench's time on two cores (docs/speed.md).
 */
function writeTogether(client: pg.PoolClient): void {
  // `connection` is pg's own, and not in its types.
  const { stream } = (client as pg.PoolClient & { connection: { stream: Socket } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

const configs = new WeakMap<PreparedStatement, Omit<pg.QueryArrayConfig, 'values'>>();

function configOf(statement: PreparedStatement): Omit<pg.QueryArrayConfig, 'values'> {
  const known = configs.get(statement);
  if (known !== undefined) return known;
  const { name, text } = statement;
  const config = { name, text, rowMode: 'array' } as const;
  configs.set(statement, config);
  return config;
}

/** The camel-case keys of a statement's columns: the same for as long as it is prepared. */
const keysByStatement = new WeakMap<PreparedStatement, readonly string[]>();

function keysOf(statement: PreparedStatement, fields: readonly pg.FieldDef[]): readonly string[] {
  const known = keysByStatement.get(statement);
  if (known !== undefined) return known;
  const keys = fields.map((field) => camelCase(field.name));
  keysByStatement.set(statement, keys);
  return keys;
}

async function run(client: pg.PoolClient, statement: PreparedStatement, parameters: object): Promise<object[]> {
  const values = statement.parameters.map((key) => encodeParameter((parameters as Record<string, unknown>)[key]));
  writeTogether(client);
  // pg copies a query's own properties one by one, descriptors and all: what is the same each time it inherits.
  const query: pg.QueryArrayConfig = Object.assign(Object.create(configOf(statement)), { values });
  const result = await client.query<unknown[]>(query);
  if (result.rows.length === 0) return [];
  const keys = keysOf(statement, result.fields);
  return result.rows.map((row) => {
    const object: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index += 1) object[keys[index] as string] = row[index];
    return object;
  });
}

/** The rows leave with the statement, without waiting for the server to ask for them: of a COPY that fails it lets them pass. */
class CopyRows extends pg.Query {
  constructor(text: string, octets: Buffer) {
    super(text);
    this.submit = (connection) => {
      // The two are pg's own, and not in its types.
      const copying = connection as pg.Connection & { sendCopyFromChunk(octets: Buffer): void; endCopyFrom(): void };
      copying.query(text);
      copying.sendCopyFromChunk(octets);
      copying.endCopyFrom();
    };
  }

  /** They are on their way. */
  handleCopyInResponse(): void {}
}

async function copy(client: pg.PoolClient, { text, columns = [] }: PreparedStatement, { rows }: { rows: object[] }): Promise<object[]> {
  const octets = encodeRows(columns, rows);
  writeTogether(client);
  await new Promise<void>((resolve, reject) => {
    const copying = Object.assign(new CopyRows(text, octets), { callback: (error: Error | null) => (error ? reject(error) : resolve()) });
    client.query(copying);
  });
  return [];
}
