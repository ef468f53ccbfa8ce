import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { atEnd, foreignServer, isRunning, otherEverline, query, started, temporaryFolder } from './index.ts';

test('a second start in the same program is told that Everline already runs, and as which process', async (t) => {
  const home = temporaryFolder(t);
  await started(t, { home });
  await assert.rejects(started(t, { home }), {
    code: 'already_running',
    message: new RegExp(`already runs .*\\(process ${process.pid}\\)`),
  });
});

test('of two programs that start at the same moment on a new home one runs, and the other is told so', async (t) => {
  const home = temporaryFolder(t);
  const both = await Promise.allSettled([otherEverline(t, home), otherEverline(t, home)]);
  const running = both.filter((one) => one.status === 'fulfilled').map((one) => one.value);
  const refused = both.filter((one) => one.status === 'rejected').map((one) => one.reason as Error & { code: string });
  assert.deepEqual([running.length, refused.map((one) => one.code)], [1, ['already_running']]);
  assert.match(String(refused[0]?.message), new RegExp(`process ${running[0]?.pid}\\b`));
  assert.deepEqual(await query(running[0]?.connection ?? {}, 'select 1 as one'), [{ one: 1 }]);
});

test('the server that a killed Everline left behind is stopped in order, and nothing is lost (trap: orphan)', async (t) => {
  const home = temporaryFolder(t);
  const killed = await otherEverline(t, home);
  await query(killed.connection, `create table kept as select 'line' as line`);
  killed.process.kill('SIGKILL');
  await killed.ended;
  assert.equal(isRunning(killed.serverPid), true, 'the server outlives its parent');
  const next = await started(t, { home });
  assert.match(next.lines.join(), new RegExp(`Stopping the database server \\(process ${killed.serverPid}\\)`));
  assert.deepEqual(await query(next.connection, 'select * from kept'), [{ line: 'line' }]);
});

test('Ctrl-C reaches the program and not its database, which is stopped last (trap: detached)', async (t) => {
  const home = temporaryFolder(t);
  const other = await otherEverline(t, home);
  // What a terminal does: the signal goes to the whole process group of the program.
  process.kill(-other.pid, 'SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(await query(other.connection, 'select 1 as one'), [{ one: 1 }], 'work that is under way can still finish');
  await other.ended;
  assert.equal(isRunning(other.serverPid), false);
  assert.match(readFileSync(join(home, 'postgres.log'), 'utf8'), /database system is shut down\n$/);
});

test('a database killed with -9 is started again at once and has what was confirmed', async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home, mode: 'safe' });
  await query(first.connection, `create table kept as select 'line' as line`);
  process.kill(first.pid, 'SIGKILL');
  const ended = await first.ended;
  assert.deepEqual([ended.signal, ended.trouble?.code], ['SIGKILL', 'start_failed'], 'whoever started it learns that nobody stopped it');
  const second = await started(t, { home, mode: 'safe' });
  assert.match(second.lines.join(), /not stopped in order/);
  assert.deepEqual(await query(second.connection, 'select * from kept'), [{ line: 'line' }]);
});

test('a pid file whose process is gone, or is now an unrelated program, does not prevent a start (trap: stale pid file)', async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home });
  const pidFile = readFileSync(join(first.where, 'postmaster.pid'), 'utf8');
  await first.stop();
  const unrelated = spawn('sleep', ['60']);
  atEnd(t, () => unrelated.kill());
  for (const pid of [first.pid, unrelated.pid, process.pid]) {
    writeFileSync(join(first.where, 'postmaster.pid'), pidFile.replace(/^\d+/, String(pid)));
    const next = await started(t, { home });
    assert.deepEqual(await query(next.connection, 'select 1 as one'), [{ one: 1 }]);
    await next.stop();
  }
  assert.equal(isRunning(unrelated.pid ?? 0), true, 'and is not harmed');
});

test('a server that somebody else started on the data is left alone', async (t) => {
  const home = temporaryFolder(t);
  const first = await started(t, { home });
  await first.stop();
  const foreignPid = await foreignServer(t, home);
  await assert.rejects(started(t, { home }), { code: 'already_running', message: new RegExp(`did not start.*process ${foreignPid}`) });
  assert.equal(isRunning(foreignPid), true);
});
