import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startPostgres } from '#platform/postgres';
import { folderIn, IS_ROOT, query, smallDisk, started, temporaryFolder } from './index.ts';

test('a data folder of a newer or older PostgreSQL, or of something else, is left alone', async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home });
  await first.stop();
  const versionFile = join(first.where, 'PG_VERSION');
  const version = readFileSync(versionFile, 'utf8');
  writeFileSync(versionFile, '99\n');
  await assert.rejects(started(t, { home }), {
    code: 'data_newer',
    message: /made by PostgreSQL 99; this Everline brings PostgreSQL \d+\. Start it with the newer/,
  });
  writeFileSync(versionFile, '12\n');
  await assert.rejects(started(t, { home }), { code: 'data_older', message: /everline backup/ });
  rmSync(versionFile);
  await assert.rejects(started(t, { home }), { code: 'data_unusable' });
  writeFileSync(versionFile, version);
  await started(t, { home });
});

test('a database whose making was cut short is made anew, and nothing of it stays', async (t) => {
  const home = temporaryFolder(t);
  mkdirSync(join(home, 'postgres.new-999999999/base'), { recursive: true });
  await started(t, { home });
  assert.deepEqual(
    readdirSync(home).filter((name) => name.includes('.new-')),
    [],
  );
});

test('a full disk is told in plain words, when the database is made and when it is started (trap: disk full)', async (t) => {
  const disk = smallDisk(t, 120);
  if (disk === undefined) return t.skip('a small disk can only be mounted by root, where mounting is allowed');
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(90 * 1024 * 1024));
  const home = folderIn(disk, 'home');
  const full = { code: 'disk_full', message: /The disk that holds the database \(.*home\) is full\. Free some space/ };
  await assert.rejects(start(home), full);
  assert.deepEqual(
    readdirSync(home).filter((name) => name.startsWith('postgres')),
    [],
    'half a database does not stay',
  );
  rmSync(filler);
  const first = await started(t, { home, mode: 'safe' });
  await query(first.connection, `create table kept as select 'line' as line`);
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  fillUp(filler);
  await assert.rejects(start(home), full);
  rmSync(filler);
  const second = await started(t, { home });
  assert.deepEqual(await query(second.connection, 'select * from kept'), [{ line: 'line' }], 'with room again, everything is there');
});

test('a home that may not be written is told in plain words', { skip: IS_ROOT && 'root may write everywhere' }, async (t) => {
  const home = temporaryFolder(t, 0o500);
  await assert.rejects(start(home), { code: 'not_permitted' });
});

function start(home: string) {
  return startPostgres({ home, mode: 'test', log: () => {} });
}

function fillUp(file: string): void {
  for (let octets = 128 * 1024 * 1024; octets >= 4096; octets /= 2) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(octets), { flag: 'a' });
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
  }
  assert.ok(existsSync(file));
}
