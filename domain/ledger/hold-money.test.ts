import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { testDatabase } from '#tests/database';
import { meetOn, ofAccount } from '#tests/meeting';
import { accountWith, move, underLock, usd } from './example-account.ts';
import { dropExpiredHolds, endHold, holdMoney, sweepExpiredHolds } from './hold-money.ts';
import { type AccountKey, available } from './ledger.ts';
import { readAccount } from './lock-account.ts';
import { findUnreconciled } from './reconcile-ledger.ts';

const LIFE_MS = 30 * 60_000;

function hold(tools: Tools, key: AccountKey, minor: bigint, reference: string) {
  const at = tools.clock.business();
  const expiresAt = new Date(tools.clock.transport().getTime() + LIFE_MS);
  return underLock(tools.database, key, async (tx, account) => {
    const fresh = await dropExpiredHolds(tx, account, tools.clock.transport(), at);
    return holdMoney(tx, fresh, { reference, amount: usd(minor), at, expiresAt });
  });
}

function end(tools: Tools, key: AccountKey, reference: string, as: 'settled' | 'released') {
  return underLock(tools.database, key, (tx, account) => endHold(tx, account, { reference, as, at: tools.clock.business() }));
}

test('money that is held cannot be spent or held again, and is there again when it is released (L6)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  assert.equal(await hold(tools, key, 700n, 'one'), undefined);
  assert.equal(available(await readAccount(database, key)).minor, 300n);
  await assert.rejects(
    underLock(database, key, (tx, account) => move(tools, tx, account, -301n, 'over')),
    /available_within_limit/,
  );
  assert.equal((await end(tools, key, 'one', 'released'))?.minor, 700n);
  assert.equal(available(await readAccount(database, key)).minor, 1000n);
  assert.deepEqual(await findUnreconciled(database), []);
});

test('a balance that is short says by exactly how much [PAY-2]', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  const short = await hold(tools, key, 1234n, 'one');
  assert.ok(isRefusal(short));
  assert.deepEqual([short.code, short.values], ['ledger.balance_short', { shortMinor: 234n, currency: 'USD' }]);
  assert.equal((await readAccount(database, key)).heldMinor, 0n);
});

test('a hold ends exactly once, settled or released (L6)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  await hold(tools, key, 700n, 'one');
  assert.equal((await end(tools, key, 'one', 'settled'))?.minor, 700n);
  assert.equal(await end(tools, key, 'one', 'settled'), undefined);
  assert.equal(await end(tools, key, 'one', 'released'), undefined);
  assert.equal(await end(tools, key, 'no such hold', 'released'), undefined);
  assert.equal((await readAccount(database, key)).heldMinor, 0n);
  assert.deepEqual(await findUnreconciled(database), []);
});

test('a reference is held once at a time; after it was released it can be held anew, after it was settled never (L6)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  await hold(tools, key, 700n, 'one');
  await assert.rejects(hold(tools, key, 100n, 'one'), /one hold/);
  await end(tools, key, 'one', 'released');
  await hold(tools, key, 900n, 'one');
  assert.equal((await readAccount(database, key)).heldMinor, 900n);
  await end(tools, key, 'one', 'settled');
  await assert.rejects(hold(tools, key, 100n, 'one'), /one hold/);
  assert.deepEqual(await findUnreconciled(database), []);
});

test('a hold past its deadline counts for nothing to the next who locks, at once (L7)', async (t) => {
  const { tools, clock, database } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  await hold(tools, key, 700n, 'one');
  clock.advance(LIFE_MS - 1);
  assert.ok(isRefusal(await hold(tools, key, 700n, 'two')));
  clock.advance(1);
  assert.equal(await hold(tools, key, 1000n, 'two'), undefined);
  assert.equal((await readAccount(database, key)).heldMinor, 1000n);
  assert.deepEqual(await findUnreconciled(database), []);
});

test('holds past their deadline of accounts that nobody touches are released by the sweep (L7)', async (t) => {
  const { tools, clock, database } = await testDatabase(t);
  const keys = [await accountWith(tools, 1000n, 3), await accountWith(tools, 1000n, 4)];
  for (const key of keys) await hold(tools, key, 700n, 'one');
  assert.equal(await sweepExpiredHolds(database, clock.transport(), clock.business()), 0);
  clock.advance(LIFE_MS);
  assert.equal(await sweepExpiredHolds(database, clock.transport(), clock.business()), 2);
  assert.equal(await sweepExpiredHolds(database, clock.transport(), clock.business()), 0);
  for (const key of keys) assert.equal((await readAccount(database, key)).heldMinor, 0n);
  assert.deepEqual(await findUnreconciled(database), []);
});

test('two who hold one balance at once: the second is told what is missing after the first [PAY-2]', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  const works = [() => hold(tools, key, 700n, 'one'), () => hold(tools, key, 700n, 'two')] as const;
  const [first, second] = await meetOn(database, ofAccount(key), works);
  assert.equal(first, undefined);
  assert.ok(isRefusal(second));
  assert.equal(second.values['shortMinor'], 400n);
  assert.equal((await readAccount(database, key)).heldMinor, 700n);
});

test('one hold settled and released at once ends once (L6)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  await hold(tools, key, 700n, 'one');
  const works = [() => end(tools, key, 'one', 'settled'), () => end(tools, key, 'one', 'released')] as const;
  const [settled, released] = await meetOn(database, ofAccount(key), works);
  assert.deepEqual([settled?.minor, released], [700n, undefined]);
  assert.equal((await readAccount(database, key)).heldMinor, 0n);
});

test('a sweep and the next who locks release one hold once (L7)', async (t) => {
  const { database, tools, clock } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  await hold(tools, key, 700n, 'one');
  clock.advance(LIFE_MS);
  const works = [() => hold(tools, key, 1000n, 'two'), () => sweepExpiredHolds(database, clock.transport(), clock.business())] as const;
  await meetOn(database, ofAccount(key), works);
  assert.equal((await readAccount(database, key)).heldMinor, 1000n);
  assert.deepEqual(await findUnreconciled(database), []);
});
