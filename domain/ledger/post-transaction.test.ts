import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { isUniqueViolation, parseStatement } from '#platform/database';
import { testDatabase } from '#tests/database';
import { meetOn, ofAccount } from '#tests/meeting';
import { accountWith, move, underLock, usd } from './example-account.ts';
import { instantUnder } from './ledger.ts';
import { openAccount, readAccount } from './lock-account.ts';
import { postTransaction, readPostings } from './post-transaction.ts';

test('a posting moves the running balance by what its legs say, in the same transaction (L4)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  await underLock(database, key, (tx, account) => move(tools, tx, account, -400n, 'spent'));
  assert.equal((await readAccount(database, key)).balanceMinor, 600n);
  const postings = await readPostings(database, key);
  assert.deepEqual(
    postings.map((posting) => [posting.reference, posting.legs[0]?.amount.minor]),
    [
      ['opening', 1000n],
      ['spent', -400n],
    ],
  );
});

test('a posting whose legs do not sum to zero in every unit is a fault and leaves nothing behind (L1)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  const at = tools.clock.business();
  const posted = (...amounts: ReturnType<typeof usd>[]) =>
    underLock(database, key, async (tx, account) => {
      const legs = amounts.map((amount, index) => ({ name: index === 0 ? 'balance' : 'house.sales', amount }));
      postTransaction(tx, account, {
        transactionId: tools.mintId(5),
        kind: 'bad',
        reference: 'x',
        legs,
        effectiveAt: at,
        recordedAt: at,
      });
    });
  await assert.rejects(posted(usd(5n), usd(-4n)), /sum to zero/);
  await assert.rejects(posted(usd(5n), money('EUR', -5n)), /sum to zero/);
  await assert.rejects(posted(money('EUR', 5n), money('EUR', -5n)), /one currency/);
  assert.equal((await readAccount(database, key)).balanceMinor, 1000n);
  assert.equal((await readPostings(database, key)).length, 1);
});

test('the table itself refuses legs that do not sum to zero, whoever writes them (L1)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 0n);
  const at = tools.clock.business();
  const raw = parseStatement(
    'test.raw-posting',
    `insert into ledger.transaction (slot, account_id, transaction_id, kind, reference, leg_accounts, leg_units, leg_amounts, effective_at, recorded_at)
     values (:slot, :account_id, 1, 'raw', 'raw', :names, :units, :amounts, :at, :at)`,
  );
  const write = (units: string[], amounts: (bigint | null)[]) =>
    database.query(raw, { ...key, names: units.map(() => 'balance'), units, amounts, at });
  await assert.rejects(write(['USD', 'USD'], [5n, -4n]), /legs_sum_to_zero/);
  await assert.rejects(write(['USD', 'EUR'], [5n, -5n]), /legs_sum_to_zero/);
  await assert.rejects(write(['USD', 'USD', 'USD'], [5n, -5n, null]), /legs_sum_to_zero/);
  await assert.rejects(write(['USD'], [0n]), /check constraint/);
});

test('postings never change: the program may neither update nor delete them (L2)', async (t) => {
  const { database, tools } = await testDatabase(t);
  await accountWith(tools, 1000n);
  for (const sql of ['update ledger.transaction set kind = kind', 'delete from ledger.transaction', 'truncate ledger.transaction'])
    await assert.rejects(database.query(parseStatement(`test.${sql.slice(0, 6)}`, sql), {}), /permission denied/, sql);
});

test('a kind and reference are posted once: one intent, one effect (L3)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  const again = underLock(database, key, (tx, account) => move(tools, tx, account, 1000n, 'opening'));
  await assert.rejects(again, (error) => isUniqueViolation(error, 'one_effect'));
  assert.equal((await readAccount(database, key)).balanceMinor, 1000n);
});

test('a balance never goes below its credit limit, whoever posts (L5)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  await assert.rejects(
    underLock(database, key, (tx, account) => move(tools, tx, account, -1001n, 'too much')),
    /available_within_limit/,
  );
  assert.equal((await readAccount(database, key)).balanceMinor, 1000n);
});

test('two who spend one balance at once take turns: the second decides on what the first left (L5)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  const spend = (reference: string) => () =>
    underLock(database, key, async (tx, account) => {
      const takes = account.balanceMinor < 700n ? account.balanceMinor : 700n;
      await move(tools, tx, account, -takes, reference);
      return takes;
    });
  const [first, second] = await meetOn(database, ofAccount(key), [spend('one'), spend('two')]);
  assert.deepEqual([first, second], [700n, 300n]);
  assert.equal((await readAccount(database, key)).balanceMinor, 0n);
});

test('opening an account that is there does nothing, also when two open it at once', async (t) => {
  const { database, tools } = await testDatabase(t);
  const key = { slot: 9, accountId: tools.mintId(9) };
  const at = tools.clock.business();
  const open = (currency: string) => database.transaction((tx) => openAccount(tx, { ...key, currency, at }));
  await Promise.all([open('USD'), open('USD')]);
  await open('EUR');
  assert.equal((await readAccount(database, key)).currency, 'USD');
});

test('an account lives in the slot its id names', async (t) => {
  const { database, tools } = await testDatabase(t);
  const at = tools.clock.business();
  await assert.rejects(
    database.transaction((tx) => openAccount(tx, { slot: 8, accountId: tools.mintId(9), currency: 'USD', at })),
    /check constraint/,
  );
});

test('under the lock, time never goes behind what the account has seen', async (t) => {
  const { database, tools, clock } = await testDatabase(t);
  const key = await accountWith(tools, 1000n);
  const before = clock.business();
  clock.advance(60_000);
  await underLock(database, key, (tx, account) => move(tools, tx, account, -1n, 'later'));
  const account = await readAccount(database, key);
  assert.deepEqual(account.touchedAt, clock.business());
  assert.deepEqual(instantUnder(account, before), clock.business());
  clock.advance(1);
  assert.deepEqual(instantUnder(account, clock.business()), clock.business());
});
