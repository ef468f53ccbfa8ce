import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { present } from '#platform/assert';
import { findPostgres, keepPostgres } from '#platform/postgres';
import { atEnd, isRunning, query, temporaryFolder } from './index.ts';

test('a server that is killed is started again, where it was', async (t) => {
  const home = temporaryFolder(t);
  const lines: string[] = [];
  const kept = await keepPostgres({ home, mode: 'safe', log: (line) => lines.push(line) });
  atEnd(t, () => kept.stop());
  await query(kept.connection, 'create table kept (line text)');
  const { pid } = present(findPostgres(home), 'it runs');
  process.kill(pid, 'SIGKILL');
  while ((findPostgres(home)?.pid ?? pid) === pid) await wait(20);
  assert.deepEqual(await query(kept.connection, 'select * from kept'), []);
  assert.match(lines.join('\n'), /ended by itself \(SIGKILL\); it is started again/);
  const again = present(findPostgres(home), 'it runs again').pid;
  await kept.stop();
  assert.equal(isRunning(again), false);
});

test('a stop while a killed server is away leaves no process behind', async (t) => {
  const home = temporaryFolder(t);
  const kept = await keepPostgres({ home, mode: 'test', log: () => {} });
  const { pid } = present(findPostgres(home), 'it runs');
  process.kill(pid, 'SIGKILL');
  while (isRunning(pid)) await wait(5);
  await kept.stop();
  await wait(1_500);
  assert.equal(findPostgres(home), undefined);
});
