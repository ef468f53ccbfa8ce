import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { parseStatement } from '#platform/database';
import { testDatabase } from '#tests/database';
import { readEntries, writeEntry } from './write-entry.ts';
import { readHouseEntries, writeHouseEntry } from './write-house-entry.ts';

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
  for (const table of ['entry', 'house_entry'])
    for (const sql of [`update records.${table} set actor = actor`, `delete from records.${table}`, `truncate records.${table}`])
      await assert.rejects(database.query(parseStatement(`test.${sql.slice(0, 6)}-${table}`, sql), {}), /permission denied/);
});

test('entries about the house are listed newest first, page by page, as they were written (S4)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const at = tools.clock.business();
  const entries = [1, 2, 3].map((number) => ({
    ...{ entryId: tools.mintId(0), actor: 'operator:ana', action: 'catalog.apply', subject: 'catalog', reason: `change ${number}`, at },
    before: { revision: BigInt(number) },
    after: number === 2 ? undefined : { prices: [money('JPY', 9_007_199_254_740_993n)] },
  }));
  for (const entry of entries) await database.transaction(async (tx) => writeHouseEntry(tx, entry));
  const first = await readHouseEntries(database, { limitRows: 2 });
  assert.deepEqual(first, [entries[2], entries[1]]);
  assert.deepEqual(await readHouseEntries(database, { limitRows: 2, beforeEntryId: first.at(-1)?.entryId ?? null }), [entries[0]]);
});
