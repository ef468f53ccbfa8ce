import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
import { startWorker } from '#platform/jobs';
import { type TestDatabase, testDatabase } from '#tests/database';
import { meetOn } from '#tests/meeting';
import {
  APPLY_EVENT,
  applyOnce,
  applyWaiting,
  type Consumer,
  countWaiting,
  type EventKey,
  readJobPayload,
  relayEvents,
} from './relay-events.ts';
import { writeEvents } from './write-events.ts';

const note = parseStatement('test.note', 'insert into access.look_up (budget, window_started_at, spent) values (:budget, :at, 1)');
const readNotes = parseStatement('test.notes', 'select budget from access.look_up order by budget');
const readJobs = parseStatement('test.relayed-jobs', 'select count(*) as count from graphile_worker.jobs');
const lockEvents = parseStatement('test.lock-events', 'select 1 from outbox.event for update');

/** Leaves a note for each event it applies: twice the same note is a fault. */
function consumer(name: string, kinds: Consumer['kinds']): Consumer {
  return {
    name,
    kinds,
    apply: async (tx, event) =>
      void (await tx.query(note, { budget: `${name} ${event.kind} ${(event.payload as { minor: bigint }).minor}`, at: event.at })),
  };
}

const CONSUMERS = [consumer('first', ['sold', 'ended']), consumer('second', 'all')];
const notesOf = async ({ database }: TestDatabase) =>
  ((await database.query(readNotes, {})) as { budget: string }[]).map((row) => row.budget);
const jobsOf = async ({ database }: TestDatabase) => ((await database.query(readJobs, {})) as { count: bigint }[])[0]?.count;

async function write({ database, tools, clock }: TestDatabase, kind: string, minor = 5n): Promise<EventKey> {
  const key = { slot: 7, accountId: tools.mintId(7), eventId: tools.mintId(7) };
  await database.transaction(async (tx) => writeEvents(tx, [{ ...key, kind, payload: { minor }, at: clock.business() }]));
  return key;
}

test('an event is committed with its cause, or not at all (O1)', async (t) => {
  const test = await testDatabase(t);
  await write(test, 'sold');
  const key = { slot: 7, accountId: test.tools.mintId(7), eventId: test.tools.mintId(7) };
  const failing = test.database.transaction(async (tx) => {
    writeEvents(tx, [{ ...key, kind: 'sold', payload: {}, at: test.clock.business() }]);
    throw new Error('the cause failed');
  });
  await assert.rejects(failing, /the cause failed/);
  assert.equal(await countWaiting(test.database), 1n);
});

test('no events are written without a word to the database', async (t) => {
  const test = await testDatabase(t);
  await test.database.transaction(async (tx) => writeEvents(tx, []));
  assert.equal(await countWaiting(test.database), 0n);
});

test('relayed, each event is one job for each consumer that wants it, once (O1)', async (t) => {
  const test = await testDatabase(t);
  for (const kind of ['sold', 'other']) await write(test, kind);
  assert.equal(await relayEvents(test.database, CONSUMERS, test.clock.transport()), 2);
  assert.equal(await relayEvents(test.database, CONSUMERS, test.clock.transport()), 0);
  assert.deepEqual([await jobsOf(test), await countWaiting(test.database)], [3n, 0n]);
});

test('two relays at once skip what the other has in hand: nothing waits and nothing is relayed twice (O1)', async (t) => {
  const test = await testDatabase(t);
  for (let count = 0; count < 20; count += 1) await write(test, 'sold', BigInt(count));
  const relayed = await Promise.all([1, 2, 3].map(() => relayEvents(test.database, CONSUMERS, test.clock.transport())));
  assert.equal(
    relayed.reduce((sum, one) => sum + one, 0),
    20,
  );
  assert.equal(await jobsOf(test), 40n);
  await write(test, 'sold');
  const held = await test.database.transaction(async (tx) => {
    await tx.query(lockEvents, {});
    return relayEvents(test.database, CONSUMERS, test.clock.transport());
  });
  assert.equal(held, 0);
});

test('each consumer applies an event once, however often and by however many it is asked (O1)', async (t) => {
  const test = await testDatabase(t);
  const key = await write(test, 'sold');
  const [first] = CONSUMERS;
  assert.ok(first);
  const asked = await Promise.all([1, 2, 3].map(() => applyOnce(test.tools, first, key)));
  assert.deepEqual(asked.toSorted(), [false, false, true]);
  assert.equal(await applyOnce(test.tools, first, key), false);
  assert.deepEqual(await notesOf(test), ['first sold 5']);
});

test('one that waits for another that is applying the event knows afterwards that it was done (O1)', async (t) => {
  const test = await testDatabase(t);
  const key = await write(test, 'sold');
  const [first] = CONSUMERS;
  assert.ok(first);
  const lock = parseStatement('test.lock-notes', 'lock table access.look_up in share row exclusive mode');
  const works = [() => applyOnce(test.tools, first, key), () => applyOnce(test.tools, first, key)] as const;
  assert.deepEqual(await meetOn(test.database, (tx) => tx.query(lock, {}), works), [true, false]);
  assert.deepEqual(await notesOf(test), ['first sold 5']);
});

test('a consumer that fails leaves its event to be applied again, and the others alone (O1)', async (t) => {
  const test = await testDatabase(t);
  const key = await write(test, 'sold');
  const failing: Consumer = { name: 'failing', kinds: 'all', apply: () => Promise.reject(new Error('not now')) };
  await assert.rejects(applyOnce(test.tools, failing, key), /not now/);
  const mended: Consumer = { ...consumer('failing', 'all') };
  assert.equal(await applyOnce(test.tools, mended, key), true);
  assert.deepEqual(await notesOf(test), ['failing sold 5']);
});

test('what waits is applied in this process and marked afterwards; a relay that came in between does no harm (O1)', async (t) => {
  const test = await testDatabase(t);
  for (const kind of ['sold', 'other']) await write(test, kind);
  assert.equal(await applyWaiting(test.tools, CONSUMERS), 2);
  assert.equal(await applyWaiting(test.tools, CONSUMERS), 0);
  assert.deepEqual(await notesOf(test), ['first sold 5', 'second other 5', 'second sold 5']);
});

test('from cause to effect through the job worker: each applied once, payloads as they were (O1)', async (t) => {
  const test = await testDatabase(t);
  for (let count = 0; count < 10; count += 1) await write(test, 'sold', BigInt(count));
  let left = 20;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const apply = async (payload: unknown) => {
    const job = readJobPayload(payload);
    const wanted = CONSUMERS.find((one) => one.name === job.consumer);
    assert.ok(wanted);
    await applyOnce(test.tools, wanted, job);
    left -= 1;
    if (left === 0) finish();
  };
  const { connection, database, clock } = test;
  const worker = await startWorker({
    connection,
    database,
    clock,
    tasks: { [APPLY_EVENT]: apply },
    crontab: '',
    concurrency: 2,
    onTrouble: () => {},
  });
  t.after(() => worker.stop());
  await relayEvents(test.database, CONSUMERS, test.clock.transport());
  await finished;
  assert.equal((await notesOf(test)).length, 20);
});
