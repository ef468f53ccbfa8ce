import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockAccount } from '#domain/ledger';
import type { LineKey, NumberClaim } from '#domain/lines';
import { type Database, parseStatement, type Transaction } from '#platform/database';
import {
  activeLine,
  allowed,
  BALANCE,
  buy,
  checkInvariants,
  drainOutbox,
  fillBalance,
  newLine,
  OPERATOR,
  PACK,
  place,
  quote,
  RENEW,
  stateOf,
  type TestHouse,
  testHouse,
} from '#tests/house';
import { meetOn } from '#tests/meeting';
import { readDocuments } from './issue-document.ts';
import type { Order } from './order.ts';
import { payOrder } from './pay-order.ts';
import { refundOrder } from './refund-order.ts';

const lockCounter = parseStatement('test.lock-counter', 'select 1 from orders.document_counter where slot = :slot for update');

async function numberOf({ database }: { readonly database: Database }, order: Order): Promise<string | undefined> {
  return (await readDocuments(database, order)).find((one) => one.kind === 'receipt')?.documentNumber;
}

/** Active lines, each on an account of its own, all of one slot. */
async function neighbours(test: TestHouse, count: number): Promise<NumberClaim[]> {
  const lines: NumberClaim[] = [];
  const slot = 77;
  for (let index = 0; index < count; index += 1) {
    const account = { slot, accountId: test.house.mintId(slot) };
    await test.database.query(
      parseStatement(
        'test.open',
        "insert into ledger.account (slot, account_id, currency, touched_at) values (:slot, :account_id, 'USD', :at)",
      ),
      { ...account, at: test.clock.business() },
    );
    lines.push(await newLine(test, { account }));
  }
  return lines;
}

test('receipts are numbered per market and slot, from 1, without a gap [FX-1]', async (t) => {
  const test = await testHouse(t);
  const [one, two] = await neighbours(test, 2);
  assert.ok(one && two);
  const numbers = [];
  for (const line of [one, two, one]) numbers.push(await numberOf(test, await buy(test, line, [RENEW])));
  assert.deepEqual(numbers, ['US-77-000001', 'US-77-000002', 'US-77-000003']);
  const elsewhere = await activeLine(test);
  assert.equal(await numberOf(test, await buy(test, elsewhere, [RENEW])), `US-${elsewhere.slot}-000002`);
  await drainOutbox(test);
  await checkInvariants(test);
});

test('credit notes have a series of their own [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const [line] = await neighbours(test, 1);
  assert.ok(line);
  const done = await buy(test, line, [RENEW]);
  const refunded = allowed(await refundOrder(test.house, OPERATOR, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'test' }));
  assert.deepEqual([await numberOf(test, done), refunded.creditNoteNumber], ['US-77-000001', 'US-77-C-000001']);
  await drainOutbox(test);
  await checkInvariants(test);
});

test('an order that comes to nothing takes no number: what was drawn is given back with it [FX-1]', async (t) => {
  const test = await testHouse(t);
  const [line] = await neighbours(test, 1);
  assert.ok(line);
  const first = await buy(test, line, [RENEW]);
  await fillBalance(test, line, 5000n);
  const placed = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  const failing = { ...test.house, mintId: failAfter(test.house.mintId, 3) };
  await assert.rejects(payOrder(failing, placed), /no more ids/);
  const second = await payOrder(test.house, placed);
  assert.deepEqual([await numberOf(test, first), await numberOf(test, second.order)], ['US-77-000001', 'US-77-000003']);
  await drainOutbox(test);
  await checkInvariants(test);
});

/** Fails in the middle of the transaction that settles. */
function failAfter(mintId: (slot: number) => bigint, times: number): (slot: number) => bigint {
  let left = times;
  return (slot) => {
    left -= 1;
    if (left < 0) throw new Error('no more ids');
    return mintId(slot);
  };
}

test('two renewals in one slot at once draw two numbers, one after the other [FX-1]', async (t) => {
  const test = await testHouse(t);
  const [one, two] = await neighbours(test, 2);
  assert.ok(one && two);
  const lines = [one, two] as const;
  for (const line of lines) await buy(test, line, [RENEW]);
  for (const line of lines) await fillBalance(test, line, 5000n);
  const placed = [];
  for (const line of lines) placed.push(allowed(await place(test, { quote: await quote(test, line, [PACK]), way: BALANCE })));
  const [first, second] = placed;
  assert.ok(first && second);
  const lock = (tx: Transaction) => tx.query(lockCounter, { slot: 77 });
  const done = await meetOn(test.database, lock, [() => payOrder(test.house, first), () => payOrder(test.house, second)]);
  const numbers = await Promise.all(done.map((one) => numberOf(test, one.order)));
  assert.deepEqual(numbers, ['US-77-000005', 'US-77-000006']);
  await drainOutbox(test);
  await checkInvariants(test);
});

test('renewals in different slots share no counter: one goes through while the other is held up [FX-1]', async (t) => {
  const test = await testHouse(t);
  const here = await activeLine(test);
  const there = await otherSlot(test, here);
  for (const line of [here, there]) await fillBalance(test, line, 5000n);
  await test.database.transaction(async (tx) => {
    await tx.query(lockCounter, { slot: here.slot });
    assert.equal((await buy(test, there, [RENEW], { way: BALANCE })).state, 'applied');
  });
  assert.equal((await buy(test, here, [RENEW], { way: BALANCE })).state, 'applied');
  await drainOutbox(test);
  await checkInvariants(test);
});

async function otherSlot(test: TestHouse, line: LineKey): Promise<NumberClaim> {
  for (;;) {
    const other = await activeLine(test);
    if (other.slot !== line.slot) return other;
  }
}

test('a receipt says who sold what to which number, how it was paid and taxed, for ever [PAY-3] [FX-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW, PACK]);
  const [receipt] = await readDocuments(test.database, done);
  assert.ok(receipt?.kind === 'receipt');
  const { content } = receipt;
  assert.deepEqual(
    [content.number, content.seller.name, content.tender, content.method?.last4],
    [(await stateOf(test, line)).line.number, 'Northwind Mobile LLC', 'provider', '4242'],
  );
  assert.deepEqual(
    [content.items.map((item) => item.kind), content.sum.total],
    [['renew', 'pack'], { currency: 'USD', minor: done.totalMinor }],
  );
  assert.deepEqual(content.sum, done.content.sums.provider);
  await drainOutbox(test);
  await checkInvariants(test);
});

test('a lock of one account does not keep another of the same slot from being numbered later [FX-1]', async (t) => {
  const test = await testHouse(t);
  const [one, two] = await neighbours(test, 2);
  assert.ok(one && two);
  await buy(test, one, [RENEW]);
  await fillBalance(test, two, 5000n);
  await test.database.transaction(async (tx) => {
    await lockAccount(tx, one);
    assert.equal((await buy(test, two, [RENEW], { way: BALANCE })).state, 'applied');
  });
});
