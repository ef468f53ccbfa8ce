import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase, createPool, parseStatement } from '#platform/database';
import { addJob, startWorker } from '#platform/jobs';
import { testDatabase } from '#tests/database';
import { COMMIT, cutAnswers, TAKE_JOB } from './cut-answers.ts';

const one = parseStatement('torture.one', 'select 1 as one');

test('a commit that is cut is sent, and its caller is not told how it ended', async (t) => {
  const { connection } = await testDatabase(t);
  let cuts = 0;
  const cutter = cutAnswers(connection, {
    statements: COMMIT,
    chance: () => 0,
    onCut: () => {
      cuts += 1;
      cutter.cutOneIn(0);
    },
  });
  const source = createPool({ connection: cutter.connection, connectionsMax: 2, onIdleError: () => {} });
  t.after(() => source.close());
  let runs = 0;
  const work = () =>
    createDatabase(source).transaction((tx) => {
      runs += 1;
      return tx.query(one, {});
    });
  await work();
  cutter.cutOneIn(1);
  await work();
  assert.deepEqual({ cuts, runs }, { cuts: 1, runs: 3 }, 'the database was asked again by platform/database, as after any lost connection');
});

test('a job that was taken when the connection was lost runs all the same, though its workers live [O1]', async (t) => {
  const test = await testDatabase(t);
  let cuts = 0;
  let run = () => {};
  const ran = new Promise<void>((resolve) => {
    run = resolve;
  });
  const cutter = cutAnswers(test.connection, {
    statements: TAKE_JOB,
    chance: () => 0,
    onCut: () => {
      cuts += 1;
      cutter.cutOneIn(0);
    },
  });
  // One worker: it is the one that asks, and what it takes is the job that waits.
  await addJob(test.database, { task: 'note', payload: {}, jobKey: 'one' });
  cutter.cutOneIn(1);
  const options = { database: test.database, clock: test.clock, crontab: '', concurrency: 1, onTrouble: () => {} };
  const worker = await startWorker({ ...options, connection: cutter.connection, tasks: { note: async () => run() } });
  t.after(() => worker.stop());
  await ran;
  assert.equal(cuts, 1);
});
