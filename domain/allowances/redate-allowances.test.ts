import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import type { Starts } from './allowance.ts';
import { type Consumed, consume } from './consume-allowances.ts';
import { daysFromNow, exampleAccount, examplePart, NOW } from './example-allowances.ts';
import { readOrderAllowances } from './read-allowances.ts';
import { redateAllowances, startEarly } from './redate-allowances.ts';

async function queued(t: Parameters<typeof testDatabase>[0], starts: Starts) {
  const account = await exampleAccount(await testDatabase(t));
  const item = { ...account.key, orderId: account.tools.mintId(5), itemNo: 0 };
  const parts = [examplePart(), examplePart({ service: 'voice', quantity: 60n })];
  await account.grant({ ...item, parts, validFrom: daysFromNow(30), validUntil: daysFromNow(60), starts });
  const dates = async () => (await readOrderAllowances(account.database, item)).map(({ validFrom, validUntil }) => [validFrom, validUntil]);
  return { account, item, dates };
}

test('a plan queued from exhaustion becomes usable at once, whole, with the end it is given [BUY-3]', async (t) => {
  const { account, item, dates } = await queued(t, 'on_exhaustion');
  const start = { ...item, at: NOW, validUntil: daysFromNow(28) };
  assert.equal(await account.locked((tx) => startEarly(tx, start)), 2);
  assert.deepEqual(await dates(), [
    [NOW, daysFromNow(28)],
    [NOW, daysFromNow(28)],
  ]);
  const consumed = (await account.locked((tx) => consume(account.tools, tx, account.report({ quantity: 1000n })))) as Consumed;
  assert.equal(consumed.uncovered, 0n);
});

test('starting early twice changes nothing the second time', async (t) => {
  const { account, item, dates } = await queued(t, 'on_exhaustion');
  await account.locked((tx) => startEarly(tx, { ...item, at: NOW, validUntil: daysFromNow(28) }));
  assert.equal(await account.locked((tx) => startEarly(tx, { ...item, at: daysFromNow(1), validUntil: daysFromNow(29) })), 0);
  assert.deepEqual((await dates())[0], [NOW, daysFromNow(28)]);
});

test('a plan queued from a date does not start at exhaustion', async (t) => {
  const { account, item, dates } = await queued(t, 'at_date');
  assert.equal(await account.locked((tx) => startEarly(tx, { ...item, at: NOW, validUntil: daysFromNow(28) })), 0);
  assert.deepEqual((await dates())[0], [daysFromNow(30), daysFromNow(60)]);
});

test('a queued plan follows the end it waits for when a renewal moves that [BUY-3]', async (t) => {
  const { account, item, dates } = await queued(t, 'at_date');
  const redate = { ...item, at: NOW, validFrom: daysFromNow(61), validUntil: daysFromNow(91) };
  assert.equal(await account.locked((tx) => redateAllowances(tx, redate)), 2);
  assert.equal(await account.locked((tx) => redateAllowances(tx, redate)), 0);
  assert.deepEqual((await dates())[0], [daysFromNow(61), daysFromNow(91)]);
});

test('what has begun keeps its dates', async (t) => {
  const { account, item, dates } = await queued(t, 'at_date');
  const redate = { ...item, at: daysFromNow(30), validFrom: daysFromNow(61), validUntil: daysFromNow(91) };
  assert.equal(await account.locked((tx) => redateAllowances(tx, redate)), 0);
  assert.deepEqual((await dates())[0], [daysFromNow(30), daysFromNow(60)]);
});
