import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPostgres } from '#platform/postgres';
import { atEnd, DEBIAN_15, IS_ROOT, isRunning, NO_DEBIAN_15, query, started, temporaryFolder } from './index.ts';

test('a new home gets a database, and a stop leaves no process behind', async (t) => {
  const home = temporaryFolder(t);
  const server = await started(t, { home });
  const [row] = await query<{ name: string }>(server.connection, 'select current_database() as name');
  assert.equal(row?.name, 'everline');
  assert.equal(server.unsafe, true);
  await server.stop();
  assert.deepEqual(await server.ended, { exitCode: 0, signal: null, trouble: undefined });
  assert.equal(isRunning(server.pid), false);
  assert.equal(existsSync(join(server.where, 'postmaster.pid')), false);
});

test('what was written is there after a stop and a start', async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home });
  await query(first.connection, 'create table kept (line text)');
  await first.stop();
  const second = await started(t, { home });
  assert.deepEqual(await query(second.connection, 'select * from kept'), []);
  assert.deepEqual(second.lines, [], 'an ordinary start has nothing to tell');
});

test('in safe mode the settings that protect money are on, whatever postgresql.conf says', async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home, mode: 'safe' });
  await query(first.connection, 'alter system set fsync = off');
  await first.stop();
  const second = await started(t, { home, mode: 'safe' });
  assert.equal(second.unsafe, false);
  const settings = `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit`;
  assert.deepEqual(await query(second.connection, settings), [{ fsync: 'on', pages: 'on', commit: 'on' }]);
});

test('text sorts by code point, in the same way on every machine (trap: the locale of the machine)', async (t) => {
  const { connection } = await started(t, { home: temporaryFolder(t) });
  const locale = `select datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'everline'`;
  assert.deepEqual(await query(connection, locale), [{ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' }]);
});

test('nothing listens on the network, and only the socket folder lets anybody in', async (t) => {
  const { connection } = await started(t, { home: temporaryFolder(t) });
  assert.deepEqual(await query(connection, `select current_setting('listen_addresses') as addresses`), [{ addresses: '' }]);
  assert.equal(statSync(String(connection.host)).mode & 0o777, 0o700);
});

test('the server runs as another user when we are root (trap: PostgreSQL refuses root)', { skip: !IS_ROOT && 'not root' }, async (t) => {
  const server = await started(t, { home: temporaryFolder(t) });
  assert.notEqual(statSync(`/proc/${server.pid}`).uid, 0);
  assert.equal(statSync(server.where).uid, statSync(`/proc/${server.pid}`).uid);
});

test('our own working folder may be one that the server cannot enter (trap: cwd)', async (t) => {
  const home = temporaryFolder(t);
  const closed = temporaryFolder(t, 0o700);
  const before = process.cwd();
  process.chdir(closed);
  atEnd(t, () => process.chdir(before));
  const server = await started(t, { home });
  assert.deepEqual(await query(server.connection, 'select 1 as one'), [{ one: 1 }]);
});

test('a running server is found by whoever knows its home', async (t) => {
  const home = temporaryFolder(t);
  assert.equal(findPostgres(join(home, 'nowhere')), undefined);
  const server = await started(t, { home });
  const found = findPostgres(home);
  assert.deepEqual(found, { connection: server.connection, pid: server.pid, parentPid: process.pid });
  assert.match(readFileSync(join(home, 'where'), 'utf8'), new RegExp(`^data: ${server.where}$`, 'm'));
  await server.stop();
  assert.equal(findPostgres(home), undefined);
});

test('a log that has grown large is put aside', async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home });
  await first.stop();
  truncateSync(join(home, 'postgres.log'), 11 * 1024 * 1024);
  await started(t, { home });
  assert.ok(statSync(join(home, 'postgres.log')).size < 100_000);
  assert.ok(existsSync(join(home, 'postgres.log.1')));
});

test('PostgreSQL 15 of Debian can be started in its place', { skip: NO_DEBIAN_15 }, async (t) => {
  const { connection } = await started(t, { home: temporaryFolder(t), bin: DEBIAN_15 });
  const [row] = await query<{ version: number }>(connection, `select current_setting('server_version_num')::integer / 10000 as version`);
  assert.equal(row?.version, 15);
});
