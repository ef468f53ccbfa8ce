import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import type { ConnectionSource } from './connection.ts';
import { createDatabase } from './database.ts';
import { isUniqueViolation, parseStatement, type Statement } from './index.ts';
import { joinWrites, mayJoin } from './join-writes.ts';

type Parameters = Record<string, unknown>;
const parse = (name: string, sql: string): Statement<Parameters, Parameters> => parseStatement(`join.${name}`, sql);
const insertWorker = parse('worker', 'insert into jobs.worker (worker_id, seen_at) values (:worker_id, :at)');
const seeWorker = parse('see', 'update jobs.worker set seen_at = :at where worker_id = :worker_id');
const offset = parse('offset', 'update clock.business set offset_ms = :offset_ms');
const counted = parse(
  'counted',
  `with moved as (update clock.business set offset_ms = offset_ms + :by returning offset_ms)
   insert into jobs.worker (worker_id, seen_at) select :worker_id::text || moved.offset_ms, :at::timestamptz from moved`,
);
const workers = parse('workers', 'select worker_id, seen_at from jobs.worker order by worker_id');
const at = new Date('2026-11-02T17:00:00Z');
const later = new Date('2026-11-02T18:00:00Z');

/** Tells of each statement that is sent. */
function listening(source: ConnectionSource, sent: string[]): ConnectionSource {
  return {
    ...source,
    acquire: async () => {
      const connection = await source.acquire();
      return {
        ...connection,
        query: (statement, parameters) => {
          sent.push(statement.text);
          return connection.query(statement, parameters);
        },
      };
    },
  };
}

test('writes to different tables are one statement, sent with the COMMIT', async (t) => {
  const { source } = await testDatabase(t);
  const sent: string[] = [];
  await createDatabase(listening(source, sent)).transaction(async (tx) => {
    tx.write(insertWorker, { workerId: 'a', at });
    tx.write(offset, { offsetMs: 5 });
  });
  assert.equal(sent.length, 1);
  assert.match(String(sent[0]), /^with w0 as \(\ninsert into jobs\.worker[\s\S]*\)\nupdate clock\.business set offset_ms = \$3$/);
});

test('writes that meet in a table happen in the order in which they were asked for', async (t) => {
  const { database } = await testDatabase(t);
  await database.transaction(async (tx) => {
    tx.write(insertWorker, { workerId: 'a', at });
    tx.write(offset, { offsetMs: 5 });
    tx.write(seeWorker, { workerId: 'a', at: later });
    tx.write(counted, { workerId: 'b', by: 2, at });
  });
  assert.deepEqual(await database.query(workers, {}), [
    { workerId: 'a', seenAt: later },
    { workerId: 'b7', seenAt: at },
  ]);
});

test('a question sees what was written before it', async (t) => {
  const { database } = await testDatabase(t);
  const seen = await database.transaction(async (tx) => {
    tx.write(insertWorker, { workerId: 'a', at });
    return tx.query(workers, {});
  });
  assert.deepEqual(seen, [{ workerId: 'a', seenAt: at }]);
});

test('the same writes are joined once, whatever their values', () => {
  const join = (workerId: string) =>
    joinWrites([
      { statement: insertWorker, parameters: { workerId, at } },
      { statement: offset, parameters: { offsetMs: 1 } },
    ]);
  const [first, second] = [join('a'), join('b')];
  assert.equal(first.statement, second.statement);
  assert.deepEqual(Object.values(second.parameters), ['b', at, 1]);
});

test('what a write only looks at keeps it apart too, once it was written', () => {
  const copy = parse('copy', "insert into installation.kind (kind) select 'own' from jobs.worker");
  assert.equal(mayJoin([{ statement: insertWorker, parameters: {} }], { statement: copy, parameters: {} }), false);
  assert.equal(mayJoin([{ statement: copy, parameters: {} }], { statement: insertWorker, parameters: {} }), true);
});

test('one that fails leaves none of them behind, and says why', async (t) => {
  const { database } = await testDatabase(t);
  await database.query(insertWorker, { workerId: 'a', at });
  const failing = database.transaction(async (tx) => {
    tx.write(offset, { offsetMs: 5 });
    tx.write(insertWorker, { workerId: 'a', at });
  });
  await assert.rejects(failing, (error) => isUniqueViolation(error, 'worker_pkey'));
  const clock = parse('clock', 'select offset_ms from clock.business');
  assert.deepEqual(await database.query(clock, {}), [{ offsetMs: 0n }]);
});

test('a row that is looked for or written outside its account’s slot is a fault', async (t) => {
  const { database, tools } = await testDatabase(t);
  const ofAccount = parse('account', 'select slot from ledger.account where slot = :slot and account_id = :account_id');
  const accountId = tools.mintId(5);
  assert.deepEqual(await database.query(ofAccount, { slot: 5, accountId }), []);
  assert.throws(() => database.query(ofAccount, { slot: 6, accountId }), /in the slot of its account/);
  await assert.rejects(
    database.transaction(async (tx) => tx.write(ofAccount, { slot: 6, accountId })),
    /in the slot of its account/,
  );
});
