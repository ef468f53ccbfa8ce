import assert from 'node:assert/strict';
import { chownSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderIn, IS_ROOT, otherEverline, query, started, temporaryFolder } from './index.ts';

const NOBODY = { uid: 65534, gid: 65534 };
const NOT_ROOT = !IS_ROOT && 'not root: every other test here runs as a plain user already';

test('an ordinary user runs everything as himself', { skip: NOT_ROOT }, async (t) => {
  const home = folderIn(temporaryFolder(t), 'home');
  chownSync(home, NOBODY.uid, NOBODY.gid);
  const other = await otherEverline(t, home, NOBODY);
  assert.equal(statSync(`/proc/${other.serverPid}`).uid, NOBODY.uid);
  assert.deepEqual(await query(other.connection, 'select 1 as one'), [{ one: 1 }]);
});

test('data that root made, and then a user starts on, is told in plain words', { skip: NOT_ROOT }, async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home });
  await first.stop();
  chownSync(home, NOBODY.uid, NOBODY.gid);
  chownSync(join(home, 'where'), NOBODY.uid, NOBODY.gid);
  if (statSync(first.where).uid === NOBODY.uid) return t.skip('the server runs as nobody here, so nobody may');
  await assert.rejects(otherEverline(t, home, NOBODY), { code: 'not_permitted' });
});

test('what a user made, root can start, as that user', { skip: NOT_ROOT }, async (t) => {
  const home = folderIn(temporaryFolder(t), 'home');
  chownSync(home, NOBODY.uid, NOBODY.gid);
  const other = await otherEverline(t, home, NOBODY);
  other.process.kill('SIGTERM');
  await other.ended;
  const server = await started(t, { home });
  assert.equal(statSync(`/proc/${server.pid}`).uid, NOBODY.uid);
});
