import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { parseStatement } from '#platform/database';
import { type TestDatabase, testDatabase } from '#tests/database';
import { addJob } from './add-job.ts';
import { startWorker } from './start-worker.ts';

const readHolders = parseStatement(
  'test.holders',
  'select job.locked_by, worker.worker_id from graphile_worker.jobs job left join jobs.worker worker on worker.worker_id = job.locked_by',
);

/** As superuser, beside the database: what its administrator does. */
async function administer({ adminConnection }: TestDatabase, ...commands: readonly string[]): Promise<void> {
  const client = new pg.Client({ ...adminConnection, database: 'postgres' });
  await client.connect();
  try {
    for (const command of commands) await client.query(command);
  } finally {
    await client.end();
  }
}

test('a database that is away while jobs end takes down neither the program nor its workers [O1]', async (t) => {
  const test = await testDatabase(t);
  const name = `${test.adminConnection.database}`;
  const away = [
    `alter database ${name} with allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  ];
  const troubles: string[] = [];
  const done: string[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let letCut = () => {};
  const mayCut = new Promise<void>((resolve) => {
    letCut = resolve;
  });
  let cutOff = () => {};
  const isCutOff = new Promise<void>((resolve) => {
    cutOff = resolve;
  });
  const worker = await startWorker({
    ...test,
    crontab: '',
    // One after the other, so that several ends cannot be written down: graphile-worker alone would then wait for ever to end.
    concurrency: 4,
    onTrouble: (what) => troubles.push(what),
    tasks: {
      end_later: async (payload) => {
        await isCutOff;
        await wait((payload as { ms: number }).ms);
      },
      cut_off: async () => {
        // Whoever adds it is to hear that it is there.
        await mayCut;
        await administer(test, ...away);
        cutOff();
      },
      go_on: async () => {
        done.push('go_on');
        finish();
      },
    },
  });
  t.after(() => worker.stop());
  for (const ms of [150, 300, 600]) await addJob(test.database, { task: 'end_later', payload: { ms }, jobKey: `later ${ms}` });
  await addJob(test.database, { task: 'cut_off', payload: {}, jobKey: 'one' });
  letCut();
  // Long enough for workers that end to be replaced; where what was lost is sent again by those that are there, none ends.
  const isReplaced = () => troubles.some((what) => what.includes('another takes its place'));
  for (let turns = 0; turns < 500 && !isReplaced(); turns += 1) await wait(20);
  await administer(test, `alter database ${name} with allow_connections true`);
  await addJob(test.database, { task: 'go_on', payload: {}, jobKey: 'two' });
  await finished;
  assert.deepEqual(done, ['go_on']);
});

test('who holds a job is known by its heartbeat under the name the job is locked by', async (t) => {
  const test = await testDatabase(t);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const nap = () => {
    begin();
    return released;
  };
  const worker = await startWorker({ ...test, crontab: '', concurrency: 1, onTrouble: () => {}, tasks: { nap } });
  t.after(() => worker.stop());
  await addJob(test.database, { task: 'nap', payload: {}, jobKey: 'one' });
  await begun;
  const holders = (await test.database.query(readHolders, {})) as { lockedBy: string; workerId: string | null }[];
  release();
  assert.equal(holders.length, 1);
  assert.equal(holders[0]?.workerId, holders[0]?.lockedBy);
});
