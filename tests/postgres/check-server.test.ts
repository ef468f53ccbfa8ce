import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import { migrate, readMigrations } from '#platform/migrate';
import { assertMoneySafe, checkServer } from '#platform/postgres';
import { emptyDatabase } from '#tests/database';
import { atEnd, DEBIAN_15, foreignServer, NO_DEBIAN_15, query, started, temporaryFolder } from './index.ts';

async function wrong(connection: pg.ClientConfig, nowMs?: () => number): Promise<string[]> {
  const checks = await checkServer(connection, nowMs === undefined ? {} : { nowMs });
  for (const check of checks.filter(({ ok }) => !ok)) assert.match(check.whatToDo, /^[A-Z].*\.$/);
  return checks.filter(({ ok }) => !ok).map(({ name, value }) => `${name}: ${value}`);
}

for (const [version, options] of [
  ['the embedded PostgreSQL', {}],
  ['PostgreSQL 15 of Debian', { bin: DEBIAN_15 }],
] as const) {
  describe(`checks on ${version}`, { skip: 'bin' in options && NO_DEBIAN_15 }, () => {
    let connection: pg.ClientConfig = {};
    const ending = { after };
    atEnd(ending, () => {});
    before(async () => {
      const server = await started(ending, { home: temporaryFolder(ending), mode: 'safe', ...options });
      connection = server.connection;
    });

    test('a new database is told to be migrated, a migrated one is safe', async () => {
      assert.deepEqual(await wrong(connection), ['schema: empty: nothing was migrated yet', 'roles: one user']);
      await migrate(connection);
      assert.deepEqual(await wrong(connection), []);
      assert.equal((await assertMoneySafe(connection)).length, 9);
    });

    test('a setting of this user or database that gives up durability is seen', async () => {
      await query(connection, 'alter role everline set synchronous_commit = off');
      assert.deepEqual(await wrong(connection), ['synchronous_commit: off']);
      await query(connection, 'alter role everline reset synchronous_commit');
    });

    test('a database that may only be read is refused', async () => {
      assert.deepEqual(await wrong({ ...connection, options: '-c default_transaction_read_only=on' }), ['primary: read only']);
    });

    test('a node whose clock is more than two seconds off is refused, in either direction', async () => {
      assert.deepEqual(await wrong(connection, () => Date.now() + 1_500), []);
      assert.match(String(await wrong(connection, () => Date.now() + 3_000)), /^clock: (3|2\.9\d*) s ahead of the database$/);
      assert.match(String(await wrong(connection, () => Date.now() - 3_000)), /^clock: (3|3\.0\d*) s behind the database$/);
    });

    test('an older, newer or edited schema is told apart', async () => {
      const newest = readMigrations().at(-1);
      await query(connection, `create table public.kept as select * from public.migration`);
      await query(connection, `delete from public.migration where number = ${newest?.number}`);
      assert.deepEqual(await wrong(connection), [`schema: older: without ${newest?.name}`]);
      await query(connection, `truncate public.migration; insert into public.migration select * from public.kept`);
      await query(connection, `insert into public.migration values (9999, '9999-later', 'x', '2026-11-02T17:00:00Z')`);
      assert.deepEqual(await wrong(connection), ['schema: newer: 9999-later']);
      await query(connection, `delete from public.migration where number = 9999; update public.migration set hash = 'x' where number = 1`);
      assert.deepEqual(await wrong(connection), ['schema: changed: 0001-platform']);
      await query(connection, `truncate public.migration; insert into public.migration select * from public.kept`);
    });
  });
}

test('a server without fsync is refused, with what to do', async (t) => {
  const { connection } = await started(t, { home: temporaryFolder(t), mode: 'test' });
  await migrate(connection);
  assert.deepEqual(await wrong(connection), ['fsync: off', 'full_page_writes: off', 'synchronous_commit: off']);
  await assert.rejects(assertMoneySafe(connection), {
    code: 'server_unsafe',
    message: /does not keep money in this database: fsync is off; full_page_writes is off; .* Set fsync = on in postgresql\.conf/,
  });
});

test('a database of another encoding is refused', async (t) => {
  const { connection } = await started(t, { home: temporaryFolder(t), mode: 'safe' });
  await query(connection, `create database latin encoding 'LATIN1' locale_provider libc locale 'C' template template0`);
  assert.ok((await wrong({ ...connection, database: 'latin' })).includes('encoding: LATIN1'));
});

test('a database where one user does everything is told, not refused', async (t) => {
  const { connection } = await emptyDatabase(t, { owner: 'plain' });
  await migrate(connection);
  const roles = (await checkServer(connection)).find(({ name }) => name === 'roles');
  assert.deepEqual([roles?.ok, roles?.refuse, roles?.value], [false, false, 'one user']);
});

test('a replica is refused', async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home, mode: 'safe' });
  await migrate(first.connection);
  await first.stop();
  writeFileSync(join(first.where, 'standby.signal'), '');
  await foreignServer(t, home);
  assert.ok((await wrong({ ...first.connection, host: first.where })).includes('primary: a replica'));
});
