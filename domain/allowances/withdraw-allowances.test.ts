import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import { type Consumed, consume } from './consume-allowances.ts';
import { daysFromNow, type ExampleAccount, exampleAccount, examplePart, NOW } from './example-allowances.ts';
import { meetOnALock } from './meet-on-a-lock.ts';
import { readOrderAllowances } from './read-allowances.ts';
import { reconcileAllowances } from './reconcile-allowances.ts';
import { type Withdrawal, withdrawAllowances } from './withdraw-allowances.ts';

const WHOLE = { part: 1n, of: 1n };

async function bought(t: Parameters<typeof testDatabase>[0], parts = [examplePart()]) {
  const account = await exampleAccount(await testDatabase(t));
  const orderId = account.tools.mintId(5);
  await account.grant({ orderId, parts });
  const item = { ...account.key, orderId, itemNo: 0 };
  const withdrawal = (over: Partial<Withdrawal> = {}): Withdrawal => ({ ...item, refundId: 1n, share: WHOLE, at: NOW, ...over });
  const withdraw = async (over?: Partial<Withdrawal>) => {
    const withdrawn = await account.locked((tx) => withdrawAllowances(account.tools, tx, withdrawal(over)));
    return withdrawn.map(({ used, taken }) => ({ used, taken }));
  };
  return { account, item, withdrawal, withdraw };
}

const useOf = (account: ExampleAccount, quantity: bigint) =>
  account.locked((tx) => consume(account.tools, tx, account.report({ quantity }))) as Promise<Consumed>;

test('a cancelled item gives back what is unused, tells what was used, and covers nothing any more', async (t) => {
  const { account, withdraw } = await bought(t);
  await useOf(account, 300n);
  assert.deepEqual(await withdraw(), [{ used: 300n, taken: 700n }]);
  assert.equal((await useOf(account, 100n)).uncovered, 100n);
  assert.deepEqual(await account.owned(), []);
  assert.deepEqual(await reconcileAllowances(account.database, account.key), []);
});

test('the same refund takes back once', async (t) => {
  const { withdraw } = await bought(t);
  assert.deepEqual(await withdraw({ share: { part: 1n, of: 4n } }), [{ used: 0n, taken: 250n }]);
  assert.deepEqual(await withdraw({ share: { part: 1n, of: 4n } }), [{ used: 0n, taken: 0n }]);
  assert.deepEqual(await withdraw({ share: { part: 1n, of: 4n }, refundId: 2n }), [{ used: 0n, taken: 250n }]);
});

test('partial refunds take their share of what was granted, rounded down, never more than is unused; the whole takes the rest', async (t) => {
  const { account, withdraw } = await bought(t);
  await useOf(account, 500n);
  assert.deepEqual(await withdraw({ share: { part: 1n, of: 3n } }), [{ used: 500n, taken: 333n }]);
  assert.deepEqual(await withdraw({ share: { part: 1n, of: 3n }, refundId: 2n }), [{ used: 500n, taken: 167n }]);
  assert.deepEqual(await withdraw({ refundId: 3n }), [{ used: 500n, taken: 0n }]);
  assert.deepEqual(await reconcileAllowances(account.database, account.key), []);
});

test('a partial refund leaves what is unlimited alone, the whole ends it', async (t) => {
  const { account, withdraw } = await bought(t, [examplePart({ quantity: null })]);
  assert.deepEqual(await withdraw({ share: { part: 1n, of: 2n } }), [{ used: 0n, taken: 0n }]);
  assert.equal((await useOf(account, 100n)).uncovered, 0n);
  assert.deepEqual(await withdraw({ refundId: 2n }), [{ used: 100n, taken: 0n }]);
  assert.equal((await useOf(account, 100n)).uncovered, 100n);
});

test('what charging sessions hold is left to them', async (t) => {
  const { account, item, withdraw } = await bought(t);
  const [held] = await readOrderAllowances(account.database, item);
  await account.setReserved(held?.allowanceId as bigint, 400n);
  assert.deepEqual(await withdraw(), [{ used: 0n, taken: 600n }]);
});

test('a queued plan can be cancelled before it begins [BUY-3]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const orderId = account.tools.mintId(5);
  await account.grant({ orderId, validFrom: daysFromNow(30), validUntil: daysFromNow(60) });
  const item = { ...account.key, orderId, itemNo: 0, refundId: 1n, share: WHOLE, at: NOW };
  const [withdrawn] = await account.locked((tx) => withdrawAllowances(account.tools, tx, item));
  assert.equal(withdrawn?.taken, 1000n);
  assert.deepEqual(await account.owned(), []);
});

test('a use that meets a cancellation takes nothing that was given back', async (t) => {
  const { account, withdrawal } = await bought(t);
  // Without the account's lock on purpose: the locks on the allowances alone must do.
  const [withdrawn, consumed] = await meetOnALock(
    account,
    (tx) => withdrawAllowances(account.tools, tx, withdrawal()),
    (tx) => consume(account.tools, tx, account.report({ quantity: 600n })) as Promise<Consumed>,
  );
  assert.deepEqual([withdrawn[0]?.taken, consumed.uncovered], [1000n, 600n]);
});

test('a cancellation that meets a use gives back only what that left', async (t) => {
  const { account, withdrawal } = await bought(t);
  const [, withdrawn] = await meetOnALock(
    account,
    (tx) => consume(account.tools, tx, account.report({ quantity: 600n })),
    (tx) => withdrawAllowances(account.tools, tx, withdrawal()),
  );
  assert.deepEqual([withdrawn[0]?.used, withdrawn[0]?.taken], [600n, 400n]);
  assert.deepEqual(await reconcileAllowances(account.database, account.key), []);
});

test('a share of nothing, or of more than the whole, is a fault', async (t) => {
  const { withdraw } = await bought(t);
  await assert.rejects(withdraw({ share: { part: 0n, of: 1n } }), /share/);
  await assert.rejects(withdraw({ share: { part: 2n, of: 1n } }), /share/);
});
