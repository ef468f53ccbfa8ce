import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import { consume } from './consume-allowances.ts';
import { daysFromNow, exampleAccount, examplePart, LINE, OTHER_LINE } from './example-allowances.ts';
import { forfeitEnded } from './forfeit-ended.ts';
import { meetOnALock } from './meet-on-a-lock.ts';
import { readOrderAllowances } from './read-allowances.ts';
import { reconcileAllowances } from './reconcile-allowances.ts';

test('what is left of an allowance at its end is forfeited once, as of its end [LIFE-2]', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const { tools, key, locked, report } = account;
  const [ended] = await account.grant({ validUntil: daysFromNow(1) });
  await account.grant({ validUntil: daysFromNow(9) });
  await locked((tx) => consume(tools, tx, report({ quantity: 300n })));
  const at = daysFromNow(2);
  const forfeits = await locked((tx) => forfeitEnded(tools, tx, { ...key, at }));
  assert.deepEqual(
    forfeits.map(({ allowanceId, lineId, quantity, effectiveAt }) => ({ allowanceId, lineId, quantity, effectiveAt })),
    [{ allowanceId: ended?.allowanceId, lineId: LINE, quantity: 700n, effectiveAt: daysFromNow(1) }],
  );
  assert.deepEqual(await locked((tx) => forfeitEnded(tools, tx, { ...key, at })), []);
  assert.deepEqual(await reconcileAllowances(account.database, key), []);
});

test('nothing is forfeited in the millisecond before the end, and everything at it [LIFE-2]', async (t) => {
  const { tools, key, locked, grant } = await exampleAccount(await testDatabase(t));
  await grant({ validUntil: daysFromNow(1) });
  const before = new Date(daysFromNow(1).getTime() - 1);
  assert.equal((await locked((tx) => forfeitEnded(tools, tx, { ...key, at: before }))).length, 0);
  assert.equal((await locked((tx) => forfeitEnded(tools, tx, { ...key, at: daysFromNow(1) }))).length, 1);
});

test('what charging sessions hold is forfeited only after they gave it back', async (t) => {
  const { tools, key, locked, grant, setReserved } = await exampleAccount(await testDatabase(t));
  const [held] = await grant({ validUntil: daysFromNow(1) });
  const allowanceId = held?.allowanceId as bigint;
  await setReserved(allowanceId, 400n);
  const quantities = async () =>
    (await locked((tx) => forfeitEnded(tools, tx, { ...key, at: daysFromNow(2) }))).map(({ quantity }) => quantity);
  assert.deepEqual(await quantities(), [600n]);
  assert.deepEqual(await quantities(), []);
  await setReserved(allowanceId, 0n);
  assert.deepEqual(await quantities(), [400n]);
});

test('for one line, its own and the shared are forfeited, another line keeps its own until its turn', async (t) => {
  const { tools, key, locked, grant } = await exampleAccount(await testDatabase(t));
  const validUntil = daysFromNow(1);
  await grant({ validUntil, parts: [examplePart(), examplePart({ shared: true })] });
  await grant({ validUntil, lineId: OTHER_LINE });
  const of = async (lineId: bigint) =>
    (await locked((tx) => forfeitEnded(tools, tx, { ...key, lineId, at: validUntil }))).map((one) => one.lineId);
  assert.deepEqual(await of(LINE), [LINE, null]);
  assert.deepEqual(await of(OTHER_LINE), [OTHER_LINE]);
});

test('unlimited allowances end without a forfeit: there is no quantity to lose', async (t) => {
  const { tools, key, locked, grant } = await exampleAccount(await testDatabase(t));
  await grant({ parts: [examplePart({ quantity: null })], validUntil: daysFromNow(1) });
  assert.deepEqual(await locked((tx) => forfeitEnded(tools, tx, { ...key, at: daysFromNow(1) })), []);
});

test('two forfeitures that meet forfeit once', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const [ended] = await account.grant({ validUntil: daysFromNow(1) });
  const forfeit = (tx: Parameters<typeof forfeitEnded>[1]) => forfeitEnded(account.tools, tx, { ...account.key, at: daysFromNow(1) });
  const [first, second] = await meetOnALock(account, forfeit, forfeit);
  assert.deepEqual(
    first.map(({ quantity }) => quantity),
    [1000n],
  );
  assert.deepEqual(second, []);
  const item = { ...account.key, orderId: ended?.orderId as bigint, itemNo: 0 };
  assert.deepEqual(
    (await readOrderAllowances(account.database, item)).map(({ forfeited }) => forfeited),
    [1000n],
  );
});
