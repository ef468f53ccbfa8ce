import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type PostgresTrouble, startPostgres } from '#platform/postgres';
import { folderIn, IS_ROOT, query, started, temporaryFolder } from './index.ts';

const NOT_ROOT = !IS_ROOT && 'not root: the server runs as ourselves and reaches what we reach';

test('a home that the server cannot reach has its data in a readable place, named in `where` (trap: 0700 parents)', {
  skip: NOT_ROOT,
}, async (t) => {
  const closed = temporaryFolder(t, 0o700);
  const readablePlace = temporaryFolder(t);
  const home = join(closed, 'home');
  const first = await started(t, { home, readablePlace });
  assert.ok(first.where.startsWith(readablePlace));
  assert.match(readFileSync(join(home, 'where'), 'utf8'), new RegExp(`^data: ${first.where}$`, 'm'));
  assert.match(first.lines.join(), new RegExp(`is kept in ${readablePlace}`));
  await query(first.connection, 'create table kept (line text)');
  await first.stop();
  // The home becomes reachable: the data must still be found where it is.
  chmodSync(closed, 0o755);
  const second = await started(t, { home, readablePlace });
  assert.equal(second.where, first.where);
  assert.deepEqual(await query(second.connection, 'select * from kept'), []);
});

test('a home that was moved keeps its data; a copy of it is not given the data of the original', { skip: NOT_ROOT }, async (t) => {
  const closed = temporaryFolder(t, 0o700);
  const readablePlace = temporaryFolder(t);
  const first = await started(t, { home: join(closed, 'home'), readablePlace });
  await first.stop();
  cpSync(join(closed, 'home'), join(closed, 'copy'), { recursive: true });
  await assert.rejects(start(join(closed, 'copy'), readablePlace), { code: 'home_copied' });
  renameSync(join(closed, 'home'), join(closed, 'moved'));
  const moved = await started(t, { home: join(closed, 'moved'), readablePlace });
  assert.equal(moved.where, first.where);
});

test('data that has become unreachable is not replaced by an empty database', { skip: NOT_ROOT }, async (t) => {
  const parent = temporaryFolder(t);
  const first = await started(t, { home: join(parent, 'home') });
  await first.stop();
  chmodSync(parent, 0o700);
  await assert.rejects(start(join(parent, 'home'), temporaryFolder(t)), (trouble: PostgresTrouble) => {
    assert.equal(trouble.code, 'not_permitted');
    return trouble.message.includes('chmod o+x');
  });
});

test('a path longer than a socket allows gets a socket in a short folder (trap: 107 bytes)', async (t) => {
  const home = folderIn(temporaryFolder(t), 'a-folder-with-a-long-name'.repeat(2), 'another-folder-with-a-long-name'.repeat(2));
  const first = await started(t, { home });
  assert.ok(first.where.startsWith(home));
  assert.ok(String(first.connection.host).length < 40);
  assert.deepEqual(await query(first.connection, 'select 1 as one'), [{ one: 1 }]);
  await first.stop();
  const second = await started(t, { home });
  assert.equal(second.connection.host, first.connection.host);
});

test('blanks, commas, quotes and Chinese in the path are part of it', async (t) => {
  const home = folderIn(temporaryFolder(t), `Wáng's "new" lines, 续费`);
  const { connection } = await started(t, { home });
  assert.deepEqual(await query(connection, 'select 1 as one'), [{ one: 1 }]);
  assert.ok(existsSync(join(home, 'socket', '.s.PGSQL.5432')));
});

function start(home: string, readablePlace: string) {
  return startPostgres({ home, readablePlace, mode: 'test', log: () => {} });
}
