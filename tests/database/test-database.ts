/**
 * A database of its own for each caller, cloned from the migrated template and dropped afterwards. Statements run as
 * role everline_app, as in production: a test that updates an append-only table fails here, not at a customer's.
 */
import type pg from 'pg';
import { ManualClock } from '#platform/clock';
import { type ConnectionSource, createDatabase, createPool, type Database } from '#platform/database';
import { createIdMint } from '#platform/ids';
import type { Tools } from '#platform/tools';
import { ensureTemplate, withClient } from './template.ts';
import { startTestServer } from './test-server.ts';

export type TestDatabase = {
  readonly database: Database;
  readonly tools: Tools;
  /** Stands at 2026-11-02T17:00:00Z until moved. */
  readonly clock: ManualClock;
  /** For a connection of one's own, as the program: role everline_app. */
  readonly connection: pg.ClientConfig;
  /** The same database as its superuser, for what the program may not do. */
  readonly adminConnection: pg.ClientConfig;
  /** What `database` takes its connections from: wrap it to fail on purpose. */
  readonly source: ConnectionSource;
};

export type TestDatabaseOptions = { readonly connectionsMax?: number; readonly startAt?: string };

const START = '2026-11-02T17:00:00Z';
let count = 0;

/** Of a database or user that no other test process uses. */
export function newName(): string {
  count += 1;
  return `everline_test_${process.pid}_${count}`;
}

/** `t` is a test's or suite's context, or anything that runs what it is given at the end. */
export async function testDatabase(t: { after(end: () => Promise<void>): void }, options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { admin, template } = await server();
  const name = newName();
  // 15 ms; by WAL, which is the default, 30.
  await withClient(admin, (client) => client.query(`create database ${name} template ${template} strategy file_copy`));
  const adminConnection = { ...admin, database: name };
  const connection = { ...adminConnection, options: '-c role=everline_app' };
  const source = createPool({ connection, connectionsMax: options.connectionsMax ?? 10, onIdleError: () => {} });
  t.after(async () => {
    await source.close();
    await dropUnused(admin, name);
  });
  const clock = new ManualClock(options.startAt ?? START);
  const database = createDatabase(source);
  const tools = { database, clock, mintId: createIdMint(() => clock.transport().getTime(), 0) };
  return { database, tools, clock, connection, adminConnection, source };
}

/** Databases of tests that had ended while connections of theirs were open: node runs `after` hooks in order of coming. */
const stillUsed = new Set<string>();

/** Dropping under somebody's feet would end his test with "terminating connection": those go at the process's end. */
export async function dropUnused(admin: pg.ClientConfig, name: string): Promise<void> {
  await withClient(admin, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_stat_activity where datname = $1', [name]);
    if (rowCount === 0) return void (await client.query(`drop database if exists ${name} with (force)`));
    if (stillUsed.size === 0) process.once('beforeExit', () => dropStillUsed(admin));
    stillUsed.add(name);
  });
}

async function dropStillUsed(admin: pg.ClientConfig): Promise<void> {
  await withClient(admin, async (client) => {
    for (const name of stillUsed) await client.query(`drop database if exists ${name} with (force)`);
  });
  stillUsed.clear();
}

type Server = { readonly admin: pg.ClientConfig; readonly template: string };
let started: Promise<Server> | undefined;

/** One per test process: the runner's when it gave one, else our own. */
export function server(): Promise<Server> {
  started ??= givenServer() ?? ownServer();
  return started;
}

function givenServer(): Promise<Server> | undefined {
  const given = process.env['EVERLINE_TEST_POSTGRES'];
  if (given === undefined || given === '') return undefined;
  const admin = { database: 'postgres', ...(JSON.parse(given) as pg.ClientConfig) };
  const template = process.env['EVERLINE_TEST_TEMPLATE'];
  return template === undefined || template === ''
    ? ensureTemplate(admin).then((made) => ({ admin, template: made }))
    : Promise.resolve({ admin, template });
}

async function ownServer(): Promise<Server> {
  const own = await startTestServer();
  // Nothing of it keeps the process alive; when the tests are through, or the process is told to end, it goes along.
  process.once('exit', own.kill);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  return own;
}
