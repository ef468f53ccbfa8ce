/** Uses, their repeats and renewals that meet on one account or one allowance: two connections wait for the same lock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockAccount } from '#domain/ledger';
import type { Transaction } from '#platform/database';
import { testDatabase } from '#tests/database';
import { type Consumed, consume } from './consume-allowances.ts';
import { exampleAccount } from './example-allowances.ts';
import { grantAllowances } from './grant-allowances.ts';
import { meetOnALock } from './meet-on-a-lock.ts';
import { reconcileAllowances } from './reconcile-allowances.ts';

test('two uses that meet on one allowance never take the same octet', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  // Without the account's lock on purpose: the lock on the allowance alone must do.
  const report = () => account.report({ quantity: 600n });
  const [first, second] = await meetOnALock(
    account,
    (tx) => consume(account.tools, tx, report()) as Promise<Consumed>,
    (tx) => consume(account.tools, tx, report()) as Promise<Consumed>,
  );
  assert.deepEqual([first.fullSpeed, first.uncovered], [600n, 0n]);
  assert.deepEqual([second.before.left, second.fullSpeed, second.uncovered], [400n, 400n, 200n]);
  assert.deepEqual(await reconcileAllowances(account.database, account.key), []);
});

test('a report that meets its own retransmission is debited once', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  const report = account.report({ quantity: 600n });
  const send = async (tx: Transaction) => {
    await lockAccount(tx, account.key);
    return (await consume(account.tools, tx, report)) as Consumed;
  };
  const [first, second] = await meetOnALock(account, send, send);
  assert.deepEqual(second, { ...first, duplicate: true });
  assert.deepEqual(
    (await account.owned()).map((allowance) => allowance.used),
    [600n],
  );
});

test('a use that meets a renewal is covered by it', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const [, consumed] = await meetOnALock(
    account,
    async (tx) => {
      await lockAccount(tx, account.key);
      return grantAllowances(account.tools, tx, account.grantOf());
    },
    async (tx) => {
      await lockAccount(tx, account.key);
      return (await consume(account.tools, tx, account.report({ quantity: 600n }))) as Consumed;
    },
  );
  assert.deepEqual([consumed.before.left, consumed.fullSpeed, consumed.uncovered], [1000n, 600n, 0n]);
});

test('a renewal that meets a use loses nothing of either', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  await meetOnALock(
    account,
    async (tx) => {
      await lockAccount(tx, account.key);
      return consume(account.tools, tx, account.report({ quantity: 600n }));
    },
    async (tx) => {
      await lockAccount(tx, account.key);
      return grantAllowances(account.tools, tx, account.grantOf());
    },
  );
  assert.deepEqual(
    (await account.owned()).map((allowance) => allowance.used),
    [600n, 0n],
  );
  assert.deepEqual(await reconcileAllowances(account.database, account.key), []);
});
