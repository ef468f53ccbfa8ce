import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import { isUniqueViolation } from './database.ts';
import { parseCopy, parseStatement } from './statement.ts';

const createKept = parseStatement(
  'copy.create',
  `create temporary table kept (
     small smallint, big bigint, bigs bigint[], words text, octets bytea, yes boolean, day date, at timestamptz, parsed json
   ) on commit drop`,
);
const copyKept = parseCopy('copy.kept', 'copy kept (small, big, bigs, words, octets, yes, day, at, parsed) from stdin (format binary)', {
  ...{ small: 'smallint', big: 'bigint', bigs: 'bigint[]', words: 'text', octets: 'bytea', yes: 'boolean', day: 'date' },
  ...{ at: 'timestamptz', parsed: 'text' },
});
const readKept = parseStatement('copy.read', 'select small, big, bigs, words, octets, yes, day, at, parsed from kept');
const copyWorkers = parseCopy('copy.workers', 'copy jobs.worker (worker_id, seen_at) from stdin (format binary)', {
  workerId: 'text',
  seenAt: 'timestamptz',
});
const readWorkers = parseStatement('copy.read-workers', 'select worker_id, seen_at from jobs.worker order by worker_id');
const seenAt = new Date('2026-11-02T17:00:00Z');

const whole = {
  ...{ small: -7, big: 9_223_372_036_854_775_807n, bigs: [-9_223_372_036_854_775_808n, 0n, 1n], words: '流量包 {1,"GB"}\\\n💠' },
  ...{
    octets: Buffer.from([0, 255, 92, 34]),
    yes: true,
    day: '2026-11-21',
    at: new Date('2026-11-21T12:00:00.123Z'),
    parsed: ['a', null, 1.5],
  },
};
const rows = [
  whole,
  { ...whole, bigs: [], words: '', octets: Buffer.alloc(0), yes: false, day: '1999-12-31', at: new Date('1987-06-05T04:03:02.001Z') },
  { ...whole, small: null, big: null, bigs: null, words: null, octets: null, yes: null, day: null, at: null },
  { ...whole, words: '量'.repeat(5000) },
];

test('rows that are copied come back as they were sent: the least and the most, every sign, nothing, and more than was guessed', async (t) => {
  const { database } = await testDatabase(t);
  const kept = await database.transaction(async (tx) => {
    await tx.query(createKept, {});
    const copied = tx.query(copyKept, { rows: rows.map((row) => ({ ...row, parsed: JSON.stringify(row.parsed) })) });
    const [read] = await Promise.all([tx.query(readKept, {}), copied]);
    return read;
  });
  assert.deepEqual(kept, rows);
});

test('rows that cannot be copied fail the transaction with what was wrong, and the connection serves on', async (t) => {
  const { database } = await testDatabase(t, { connectionsMax: 1 });
  const copying = (names: string[]) =>
    database.transaction(async (tx) => {
      tx.withCommit(tx.query(copyWorkers, { rows: names.map((workerId) => ({ workerId, seenAt })) }));
    });
  await copying(['a']);
  await assert.rejects(copying(['b', 'a', 'c']), (error) => isUniqueViolation(error));
  await assert.rejects(copying(['d', 'e\0']), /invalid byte sequence/);
  assert.deepEqual(await database.query(readWorkers, {}), [{ workerId: 'a', seenAt }]);
});

test('a number that no column could keep, or an instant or a day that is none, is refused and not cut', async (t) => {
  const { database } = await testDatabase(t);
  const copying = (change: object) =>
    database.transaction(async (tx) => {
      await tx.query(createKept, {});
      await tx.query(copyKept, { rows: [{ ...whole, parsed: '[]', ...change }] });
    });
  for (const change of [{ small: 40_000 }, { big: 1n << 63n }, { bigs: [1n << 64n] }, { at: new Date(Number.NaN) }, { day: 'today' }])
    await assert.rejects(copying(change), RangeError);
});

test('a COPY is of columns that each have a type', () => {
  const types = { workerId: 'text', seenAt: 'timestamptz' } as const;
  assert.throws(() => parseCopy('one', 'copy jobs.worker (worker_id) from stdin (format binary)', types), /no others/);
  assert.throws(() => parseCopy('two', 'copy jobs.worker (worker_id, seen) from stdin (format binary)', types), /seen has a type/);
  assert.throws(() => parseCopy('three', 'copy jobs.worker (worker_id, seen_at) from stdin', types), /is a binary COPY/);
});
