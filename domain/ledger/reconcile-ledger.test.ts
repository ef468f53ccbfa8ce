import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { testDatabase } from '#tests/database';
import { meetOn } from '#tests/meeting';
import { accountWith, move, rollUpAll, underLock } from './example-account.ts';
import { readAccount } from './lock-account.ts';
import { findUnreconciled, readHouseTotals, rollUpHouse } from './reconcile-ledger.ts';

test('a running balance that differs from its postings is found, and so is a held sum without its hold (L4)', async (t) => {
  const { database, tools, adminConnection } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  const other = await accountWith(tools, 1000n);
  assert.deepEqual(await findUnreconciled(database), []);
  const admin = new pg.Client(adminConnection);
  t.after(() => admin.end());
  await admin.connect();
  await admin.query('update ledger.account set balance_minor = balance_minor + 1 where account_id = $1', [key.accountId]);
  await admin.query('update ledger.account set held_minor = 7 where account_id = $1', [other.accountId]);
  const found = (await findUnreconciled(database)).toSorted((left, right) => Number(left.heldMinor - right.heldMinor));
  assert.deepEqual(
    found.map((row) => [row.accountId, row.balanceMinor, row.postedMinor, row.heldMinor, row.holdsMinor]),
    [
      [key.accountId, 1001n, 1000n, 0n, 0n],
      [other.accountId, 1000n, 1000n, 7n, 0n],
    ],
  );
});

test('what house accounts hold, with all balances, is nothing (L8)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const keys = [await accountWith(tools, 1000n, 1), await accountWith(tools, 250n, 2), await accountWith(tools, 0n, 1)];
  await rollUpAll(database);
  const balances = await Promise.all(keys.map(async (key) => (await readAccount(database, key)).balanceMinor));
  const [boundary] = await readHouseTotals(database);
  assert.deepEqual(boundary, { name: 'boundary.test', unit: 'USD', amount: -balances.reduce((sum, one) => sum + one, 0n) });
});

test('rolled up again and again, each transaction counts once (L8)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  for (let round = 0; round < 3; round += 1) {
    await rollUpHouse(database);
    await rollUpHouse(database);
    await underLock(database, key, (tx, account) => move(tools, tx, account, -1n, `round ${round}`));
  }
  await rollUpAll(database);
  assert.equal((await readHouseTotals(database))[0]?.amount, -997n);
});

test('a transaction still open when the roll-up runs is counted by a later one, never lost (L8)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const slow = await accountWith(tools, 1000n);
  const quick = await accountWith(tools, 1000n);
  await underLock(database, slow, async (tx, account) => {
    await move(tools, tx, account, -5n, 'slow');
    await underLock(database, quick, (inner, other) => move(tools, inner, other, -7n, 'quick'));
    await rollUpHouse(database);
    assert.ok(((await readHouseTotals(database))[0]?.amount ?? 0n) >= -2000n);
  });
  await rollUpAll(database);
  assert.equal((await readHouseTotals(database))[0]?.amount, -1988n);
});

test('two roll-ups of one slot at once count each transaction once (L8)', async (t) => {
  const { database, tools } = await testDatabase(t);
  await accountWith(tools, 1000n);
  await rollUpHouse(database);
  const key = await accountWith(tools, 500n);
  const lockSlot = async (tx: Parameters<Parameters<typeof database.transaction>[0]>[0]) =>
    tx.query({ name: 'test.lock-slot', text: 'select 1 from ledger.rolled_up for update', parameters: [] }, {});
  await meetOn(database, lockSlot, [() => rollUpHouse(database), () => rollUpHouse(database)]);
  await rollUpAll(database);
  assert.equal((await readHouseTotals(database))[0]?.amount, -1500n);
  assert.equal((await readAccount(database, key)).balanceMinor, 500n);
});
