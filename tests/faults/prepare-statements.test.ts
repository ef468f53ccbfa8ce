/**
 * Every SQL statement of the house is prepared against the migrated schema: a column that was renamed, a type that does
 * not fit, SQL that PostgreSQL 15 does not know fail here, not at the first customer who needs it.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { type ColumnType, knownStatements, type PreparedStatement } from '#platform/database';
import { testDatabase } from '#tests/database';
import { startTestServer } from '../database/test-server.ts';

const ROOT = join(import.meta.dirname, '../..');
const POSTGRES_15 = '/usr/lib/postgresql/15/bin';

/** Every folder that may own statements, entered by its front door. */
async function loadAll(): Promise<string[]> {
  const folders = ['domain', 'platform'].flatMap((layer) => readdirSync(join(ROOT, layer)).map((name) => join(ROOT, layer, name)));
  for (const folder of folders) if (existsSync(join(folder, 'index.ts'))) await import(join(folder, 'index.ts'));
  return folders.flatMap((folder) =>
    existsSync(join(folder, 'sql')) ? readdirSync(join(folder, 'sql')).map((file) => join(folder, 'sql', file)) : [],
  );
}

async function prepareAll(connection: pg.ClientConfig): Promise<string[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const failures: string[] = [];
    for (const statement of knownStatements()) {
      const failed = await (statement.columns === undefined ? prepare(client, statement) : copyNothing(client, statement));
      if (failed !== undefined) failures.push(`${statement.name}: ${failed}`);
    }
    return failures;
  } finally {
    await client.end();
  }
}

async function prepare(client: pg.Client, { name, text }: PreparedStatement): Promise<string | undefined> {
  return client.query(`prepare "${name}" as ${text}`).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** How the types of the house's columns are sent: two of eight octets would be taken for each other. */
const SENT_AS: Record<string, ColumnType> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  _int8: 'bigint[]',
  bool: 'boolean',
  json: 'text',
};

/** A COPY is not prepared: the server is asked for it, and hears from pg that there is nothing to copy. */
async function copyNothing(client: pg.Client, { text, columns = [] }: PreparedStatement): Promise<string | undefined> {
  const [, table, list = ''] = /^copy ([\w.]+) \(([^)]*)\)/.exec(text) ?? [];
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, case when typtype = 'e' then 'text' else typname end as type
     from pg_attribute join pg_type on pg_type.oid = atttypid where attrelid = $1::regclass`,
    [table],
  );
  const types = new Map(rows.map(({ name, type }) => [name, SENT_AS[type] ?? type]));
  const expected = list.split(',').map((column) => types.get(column.trim()));
  const given = columns.map(([, type]) => type);
  if (given.join() !== expected.join()) return `sends ${given.join()} for columns of ${expected.join()}`;
  return client.query(text).then(
    () => 'took nothing for rows',
    (error: Error) => (error.message.includes('No source stream defined') ? undefined : error.message),
  );
}

describe('statements', () => {
  let files: string[] = [];
  before(async () => {
    files = await loadAll();
  });

  test('every SQL file is loaded by what its folder gives', () => {
    const loaded = new Set(knownStatements().map((statement) => statement.name));
    const missing = files.map((file) => file.split('/').slice(-3)).map(([folder, , file]) => `${folder}.${file?.replace(/\.sql$/, '')}`);
    assert.deepEqual(
      missing.filter((name) => !loaded.has(name)),
      [],
    );
  });

  test('every SQL statement of the house prepares against the migrated schema', async (t) => {
    const { connection } = await testDatabase(t);
    assert.deepEqual(await prepareAll(connection), []);
    assert.ok(knownStatements().length > 100);
  });
});

const skip = existsSync(join(POSTGRES_15, 'postgres')) ? false : 'PostgreSQL 15 of Debian is not on this machine';

describe('statements on PostgreSQL 15', { skip }, () => {
  let server: Awaited<ReturnType<typeof startTestServer>> | undefined;
  before(async () => {
    await loadAll();
    server = await startTestServer(POSTGRES_15);
  });
  after(() => server?.stop());

  test('every SQL statement of the house prepares there too', async () => {
    assert.ok(server);
    assert.deepEqual(await prepareAll({ ...server.admin, database: server.template, options: '-c role=everline_app' }), []);
  });
});
