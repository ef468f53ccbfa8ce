/**
 * Every SQL statement of the house is prepared against the migrated schema: a column that was renamed, a type that does
 * not fit, SQL that PostgreSQL 15 does not know fail here, not at the first customer who needs it.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { knownStatements } from '#platform/database';
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
    for (const { name, text } of knownStatements()) {
      const failed = await client.query(`prepare "${name}" as ${text}`).then(
        () => undefined,
        (error: Error) => `${name}: ${error.message}`,
      );
      if (failed !== undefined) failures.push(failed);
    }
    return failures;
  } finally {
    await client.end();
  }
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
