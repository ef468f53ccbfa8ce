import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { emptyDatabase } from '#tests/database';
import { MIGRATION_LOCK, type Migration, migrate, programConnection, readMigrations } from './index.ts';

const migration = (number: number, sql: string): Migration => ({ number, name: `000${number}-test`, sql, hash: sql });
const first = migration(1, 'create table public.first (); grant select on public.first to everline_app;');
const second = migration(2, 'create table public.second ();');

test('every migration of the program is applied once, as everline_owner', async (t) => {
  const { connection, ask } = await emptyDatabase(t);
  const all = readMigrations().map(({ name }) => name);
  assert.deepEqual(await migrate(connection), { applied: all, rolesSeparate: true });
  assert.deepEqual(await migrate(connection), { applied: [], rolesSeparate: true });
  const owners =
    await ask(`select distinct relnamespace::regnamespace = 'graphile_worker'::regnamespace as jobs, pg_get_userbyid(relowner) as owner
    from pg_class where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace) order by 1`);
  assert.deepEqual(owners, [
    { jobs: false, owner: 'everline_owner' },
    { jobs: true, owner: 'everline_app' },
  ]);
});

test('the program connects as everline_app, whatever options its address has', async (t) => {
  const { connection } = await emptyDatabase(t);
  await migrate(connection);
  const address = `postgres://${connection.user}@/${connection.database}?host=${encodeURIComponent(String(connection.host))}&options=-c%20jit%3Don`;
  for (const given of [connection, address]) {
    const program = await programConnection(given);
    assert.equal(program.rolesSeparate, true);
    const client = new pg.Client(program.connection);
    await client.connect();
    const { rows } = await client.query(`select current_user as role, current_setting('jit') as jit`);
    await client.end();
    assert.deepEqual(rows, [{ role: 'everline_app', jit: given === address ? 'on' : 'off' }]);
  }
});

test('a migration that was changed after it was applied is refused in words', async (t) => {
  const { connection } = await emptyDatabase(t);
  await migrate(connection, [first]);
  await assert.rejects(migrate(connection, [{ ...first, hash: 'other' }]), {
    code: 'migration_changed',
    message: /^migrations\/0001-test\.sql was changed after it had been applied to this database\. Put it back/,
  });
});

test('a database of a newer program is refused in words', async (t) => {
  const { connection } = await emptyDatabase(t);
  await migrate(connection, [first, second]);
  await assert.rejects(migrate(connection, [first]), { code: 'schema_newer', message: /newer Everline \(0002-test\)/ });
});

test('a migration that fails names its file and line, and leaves nothing of itself', async (t) => {
  const { connection, ask } = await emptyDatabase(t);
  const broken = migration(2, 'create table public.half ();\n\nselect nothing from nowhere;\n');
  await assert.rejects(migrate(connection, [first, broken]), {
    code: 'migration_failed',
    message: /^migrations\/0002-test\.sql line 3 failed: .*nowhere/,
  });
  assert.deepEqual(await ask(`select to_regclass('public.half') as half, (select count(*)::integer from public.migration) as applied`), [
    { half: null, applied: 1 },
  ]);
});

test('two programs that migrate at once wait for one another, and each migration is applied by one of them', async (t) => {
  const { connection, ask } = await emptyDatabase(t);
  const holder = new pg.Client(connection);
  await holder.connect();
  await holder.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  const both = [migrate(connection), migrate(connection)];
  for (;;) {
    const [row] = await ask(
      `select count(*)::integer as waiting from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
    );
    if (row?.['waiting'] === 2) break;
  }
  assert.deepEqual(await ask(`select to_regclass('public.migration') as register`), [{ register: null }]);
  await holder.end();
  const applied = (await Promise.all(both)).flatMap((report) => report.applied);
  assert.deepEqual(
    applied.sort(),
    readMigrations().map(({ name }) => name),
  );
});

test('databases of one server can be migrated at once, although roles belong to all of them', async (t) => {
  const databases = await Promise.all([1, 2, 3, 4].map(() => emptyDatabase(t)));
  const reports = await Promise.all(databases.map(({ connection }) => migrate(connection, [first])));
  assert.deepEqual(reports, Array(4).fill({ applied: ['0001-test'], rolesSeparate: true }));
});

test('a user who may not create roles gets the same tables, and is told that the roles are not separate', async (t) => {
  const { connection, ask } = await emptyDatabase(t, { owner: 'plain' });
  const roles = await ask(`select rolname from pg_roles where rolname like 'everline\\_%'`);
  const report = await migrate(connection);
  assert.equal(report.rolesSeparate, false);
  assert.equal(report.applied.length, readMigrations().length);
  assert.deepEqual(await ask(`select rolname from pg_roles where rolname like 'everline\\_%'`), roles, 'no roles were made');
  assert.deepEqual(await programConnection(connection), { connection, rolesSeparate: false });
  await ask(
    `insert into outbox.event (slot, account_id, event_id, kind, payload, at) values (1, 1, 1, 'test', '{}', '2026-11-02T17:00:00Z')`,
  );
  assert.deepEqual(await ask('select event_id from outbox.event'), [{ event_id: '1' }]);
  assert.deepEqual(await migrate(connection), { applied: [], rolesSeparate: false });
});

test('roles that were made for another database are not used by a user who is no member of them, nor later when he becomes one', async (t) => {
  const other = await emptyDatabase(t);
  await migrate(other.connection, [first]);
  const { connection, admin } = await emptyDatabase(t, { owner: 'plain' });
  assert.deepEqual(await migrate(connection, [first]), { applied: ['0001-test'], rolesSeparate: false });
  await admin(`grant everline_owner, everline_app to ${connection.user}`);
  assert.deepEqual(await migrate(connection, [first, second]), { applied: ['0002-test'], rolesSeparate: false }, 'one database, one owner');
});

test('a plain user whom a superuser made a member of both roles keeps them separate', async (t) => {
  await migrate((await emptyDatabase(t)).connection, [first]);
  const { connection, admin } = await emptyDatabase(t, { owner: 'plain' });
  await admin(`grant everline_owner, everline_app to ${connection.user}`);
  assert.deepEqual(await migrate(connection), { applied: readMigrations().map(({ name }) => name), rolesSeparate: true });
});

test('a user who owns his database and may create roles gets separate roles', async (t) => {
  const { connection } = await emptyDatabase(t, { owner: 'createrole' });
  const { rolesSeparate } = await migrate(connection);
  // On a server where another superuser made the roles first, CREATEROLE alone is not enough since PostgreSQL 16.
  const program = await programConnection(connection);
  assert.equal(program.rolesSeparate, rolesSeparate);
});

test('another user than the one who migrated is told whom to ask', async (t) => {
  const { connection, connectionOf } = await emptyDatabase(t, { owner: 'plain' });
  await migrate(connection, [first]);
  await assert.rejects(migrate(await connectionOf('plain'), [first, second]), {
    code: 'not_permitted',
    message: /belong to .* may not act as/,
  });
});

test('a user who may not create tables is told to ask for the database', async (t) => {
  const { connectionOf } = await emptyDatabase(t);
  await assert.rejects(migrate(await connectionOf('plain'), [first]), {
    code: 'not_permitted',
    message: /alter database <name> owner to <user>/,
  });
});

test('two files of one number, and a file without a number, are named', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'everline-migrations-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of ['0001-one', '0001-two']) writeFileSync(join(folder, `${name}.sql`), '');
  assert.throws(() => readMigrations(folder), { code: 'migration_misnamed', message: /number 1: 0001-one and 0001-two/ });
  rmSync(join(folder, '0001-two.sql'));
  writeFileSync(join(folder, 'later.sql'), '');
  assert.throws(() => readMigrations(folder), { message: /migrations\/later\.sql is not named like/ });
});

test('role names stand in migrations only where a role is meant: one user may have to stand for both', () => {
  for (const { name, sql } of readMigrations()) {
    assert.doesNotMatch(sql.replaceAll(/--[^\n]*/g, ''), /'[^'\n]*everline_(app|owner)|"everline_(app|owner)"/, name);
  }
});
