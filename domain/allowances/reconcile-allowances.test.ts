import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import { consume } from './consume-allowances.ts';
import { daysFromNow, exampleAccount } from './example-allowances.ts';
import { forfeitEnded } from './forfeit-ended.ts';
import { reconcileAllowances } from './reconcile-allowances.ts';

test('running columns that equal their postings reconcile, and any difference is found with its allowance', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const { database, tools, key, locked, report, run } = account;
  const [first] = await account.grant({ validUntil: daysFromNow(1) });
  await account.grant({ validUntil: daysFromNow(2) });
  await locked((tx) => consume(tools, tx, report({ quantity: 1200n })));
  await locked((tx) => forfeitEnded(tools, tx, { ...key, at: daysFromNow(3) }));
  assert.deepEqual(await reconcileAllowances(database, { slot: key.slot }), []);

  await run('update allowances.allowance set used = used - 1 where allowance_id = :allowance_id', { allowanceId: first?.allowanceId });
  assert.deepEqual(await reconcileAllowances(database, { slot: key.slot }), [
    { ...key, allowanceId: first?.allowanceId, used: 999n, postedUse: 1000n, forfeited: 0n, postedForfeits: 0n },
  ]);
  assert.deepEqual(await reconcileAllowances(database, { slot: key.slot, accountId: key.accountId + 1024n }), []);
});

test('more used, reserved and forfeited than was granted cannot be written', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  await account.grant();
  await assert.rejects(account.run('update allowances.allowance set used = 600, reserved = 300, forfeited = 101'), /within_granted/);
});
