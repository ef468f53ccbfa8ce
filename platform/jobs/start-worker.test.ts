import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
import { type TestDatabase, testDatabase } from '#tests/database';
import { addJob } from './add-job.ts';
import { type JobWorker, keepAlive, startWorker, type Task } from './start-worker.ts';

const readWorkers = parseStatement('test.workers', 'select worker_id from jobs.worker order by worker_id');
const readJobs = parseStatement('test.jobs', 'select key, locked_by, attempts from graphile_worker.jobs order by key');
const lockJobs = parseStatement('test.lock-jobs', 'update graphile_worker._private_jobs set locked_by = :worker_id, locked_at = :at');

type Job = { key: string; lockedBy: string | null; attempts: number };
const jobsOf = async ({ database }: TestDatabase) => (await database.query(readJobs, {})) as Job[];
const workersOf = async ({ database }: TestDatabase) =>
  ((await database.query(readWorkers, {})) as { workerId: string }[]).map((row) => row.workerId);

function start({ connection, database, clock }: TestDatabase, tasks: Record<string, Task>): Promise<JobWorker> {
  return startWorker({ connection, database, clock, tasks, crontab: '', concurrency: 2, onTrouble: () => {} });
}

const add = ({ database }: TestDatabase, jobKey: string) => addJob(database, { task: 'note', payload: { jobKey }, jobKey });

test('a job is done once it is committed, and is not there when its transaction came to nothing', async (t) => {
  const test = await testDatabase(t);
  const done: unknown[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const worker = await start(test, {
    note: async (payload) => {
      done.push(payload);
      finish();
    },
  });
  t.after(() => worker.stop());
  await assert.rejects(
    test.database.transaction(async (tx) => {
      await addJob(tx, { task: 'note', payload: { jobKey: 'lost' }, jobKey: 'lost' });
      throw new Error('rolled back');
    }),
  );
  await add(test, 'kept');
  await finished;
  assert.deepEqual(done, [{ jobKey: 'kept' }]);
});

test('a second job under the same key takes the place of the first while it waits', async (t) => {
  const test = await testDatabase(t);
  await add(test, 'one');
  await add(test, 'one');
  assert.equal((await jobsOf(test)).length, 1);
});

test('a pool of workers is known to be alive, by the id its jobs are locked by, before it does anything', async (t) => {
  const test = await testDatabase(t);
  const worker = await start(test, { note: async () => {} });
  t.after(() => worker.stop());
  assert.equal((await workersOf(test)).length, 1);
});

test("a dead worker's jobs are unlocked by any that lives, within a minute, and the living keep theirs", async (t) => {
  const test = await testDatabase(t);
  await add(test, 'one');
  await test.database.query(lockJobs, { workerId: 'dead', at: test.clock.transport() });
  await keepAlive(test, ['dead']);
  test.clock.advance(40_000);
  assert.deepEqual(await keepAlive(test, ['living']), []);
  assert.equal((await jobsOf(test))[0]?.lockedBy, 'dead');
  test.clock.advance(20_000);
  assert.deepEqual(await keepAlive(test, ['living']), ['dead']);
  assert.equal((await jobsOf(test))[0]?.lockedBy, null);
  assert.deepEqual(await workersOf(test), ['living']);
});

test('a worker that was killed before it was known leaves no job locked for longer either', async (t) => {
  const test = await testDatabase(t);
  await add(test, 'one');
  await test.database.query(lockJobs, { workerId: 'never seen', at: test.clock.transport() });
  assert.deepEqual(await keepAlive(test, ['living']), []);
  test.clock.advance(60_000);
  assert.deepEqual(await keepAlive(test, ['living']), ['never seen']);
  assert.equal((await jobsOf(test))[0]?.lockedBy, null);
});

test('a worker that stops leaves nothing locked', async (t) => {
  const test = await testDatabase(t);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const worker = await start(test, {
    note: async () => {
      begin();
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  await add(test, 'one');
  await begun;
  await worker.stop();
  assert.deepEqual(
    (await jobsOf(test)).filter((job) => job.lockedBy !== null),
    [],
  );
});
