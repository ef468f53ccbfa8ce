import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
import { testDatabase } from '#tests/database';
import { readEntries, writeEntry } from './write-entry.ts';

test('an entry says who changed what, why, when, and what it was before and after (S4)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = { slot: 6, accountId: tools.mintId(6) };
  const entry = {
    ...{ ...key, entryId: tools.mintId(6), actor: 'operator:ana', action: 'orders.refund', subject: 'ord_1', reason: 'asked' },
    ...{ before: { amount: 5n }, after: { amount: 0n, at: tools.clock.business() }, at: tools.clock.business() },
  };
  await database.transaction(async (tx) => writeEntry(tx, entry));
  const plain = { ...entry, entryId: tools.mintId(6), reason: undefined, before: undefined, after: undefined };
  await database.transaction(async (tx) => writeEntry(tx, plain));
  assert.deepEqual(await readEntries(database, key), [entry, plain]);
  assert.deepEqual(await readEntries(database, { slot: 6, accountId: tools.mintId(6) }), []);
});

test('an entry stands or falls with the change it records (S4)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = { slot: 6, accountId: tools.mintId(6) };
  const entry = { ...key, entryId: tools.mintId(6), actor: 'guest', action: 'orders.place', subject: 'ord_1', at: tools.clock.business() };
  await assert.rejects(
    database.transaction(async (tx) => {
      writeEntry(tx, entry);
      throw new Error('the change failed');
    }),
    /the change failed/,
  );
  assert.deepEqual(await readEntries(database, key), []);
});

test('the program may neither change nor remove an entry (S4)', async (t) => {
  const { database } = await testDatabase(t);
  for (const sql of ['update records.entry set actor = actor', 'delete from records.entry', 'truncate records.entry'])
    await assert.rejects(database.query(parseStatement(`test.${sql.slice(0, 6)}-entry`, sql), {}), /permission denied/);
});
