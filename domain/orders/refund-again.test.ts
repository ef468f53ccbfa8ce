import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listPaymentTroubles, refundsOfOrder } from '#domain/payments';
import { readEntries } from '#domain/records';
import { DAY_MS, HOUR_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { formatId } from '#platform/ids';
import {
  activeLine,
  allowed,
  buy,
  checkInvariants,
  deliverWebhooks,
  drainOutbox,
  GUEST,
  OPERATOR,
  order,
  orderNow,
  RENEW,
  refusal,
  runJanitor,
  type TestHouse,
  testHouse,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import type { Order } from './order.ts';
import { refundAgain } from './refund-again.ts';
import { refundOrder } from './refund-order.ts';

const readNews = parseStatement(
  'test.operator-news',
  "select kind from outbox.event where kind in ('orders.refund_failed', 'orders.disputed')",
);
const newsOf = async ({ database }: TestHouse) => (await database.query(readNews, {})).map((row) => (row as { kind: string }).kind);

async function troublesOf(test: TestHouse): Promise<string[]> {
  const troubles = await listPaymentTroubles(test.database, test.clock.transport(), 10);
  return troubles.map(({ kind, orderId, amount, detail }) => `${kind} ${formatId('ord', orderId)} ${amount.minor} ${detail}`);
}

async function atBank(test: TestHouse, path: string): Promise<void> {
  const answer = await fetch(`${test.simulator.url}/_simulator/${path}`, { method: 'POST' });
  assert.equal(answer.status, 200, path);
  test.clock.advance(1000);
}

const refund = (test: TestHouse, paid: Order) =>
  refundOrder(test.house, OPERATOR, { order: paid, key: 'r', asked: { kind: 'rest' }, reason: 'asked' });

/** Disputed at the bank before anybody told us: the provider refuses the refund for good. */
async function refusedRefund(test: TestHouse): Promise<Order> {
  const line = await activeLine(test);
  const paid = await buy(test, line, [RENEW]);
  await deliverWebhooks(test);
  await atBank(test, `payments/${test.simulator.state().payments[0]?.id}/dispute`);
  return allowed(await refund(test, paid)).order;
}

test('a refund that the provider will never make is told to the operator at once and listed until it is with the payer [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const refunding = await refusedRefund(test);
  const written = formatId('ord', refunding.orderId);
  assert.equal(refunding.state, 'refunding');
  assert.deepEqual(await troublesOf(test), [`refund_failed ${written} 1751 charge_disputed`]);
  assert.deepEqual(await newsOf(test), ['orders.refund_failed']);
  await deliverWebhooks(test);
  assert.deepEqual(await troublesOf(test), [`refund_failed ${written} 1751 charge_disputed`, `dispute_open ${written} 1751 fraudulent`]);
  assert.deepEqual((await newsOf(test)).sort(), ['orders.disputed', 'orders.refund_failed']);
  assert.equal(refusal(await refundAgain(test.house, OPERATOR, refunding, 'too early')), 'payments.refund_exceeds_captured');
  await atBank(test, `disputes/${test.simulator.state().disputes[0]?.id}/won`);
  await deliverWebhooks(test);
  assert.deepEqual(await troublesOf(test), [`refund_failed ${written} 1751 charge_disputed`]);
  assert.equal(allowed(await refundAgain(test.house, OPERATOR, refunding, 'the dispute was won')).state, 'refunded');
  assert.deepEqual(await troublesOf(test), []);
  assert.deepEqual(
    (await refundsOfOrder(test.database, refunding)).map((one) => one.state),
    ['failed', 'succeeded'],
  );
  const entry = (await readEntries(test.database, refunding)).find((one) => one.action === 'orders.refund_again');
  assert.deepEqual([entry?.actor, entry?.reason, entry?.subject], ['operator:test', 'the dispute was won', written]);
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
});

test('a refund that came back from the bank after it was paid is listed, and sent again as often as it takes [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paid = await buy(test, line, [RENEW], { card: 'refund_fails' });
  assert.equal(allowed(await refund(test, paid)).order.state, 'refunded');
  await deliverWebhooks(test);
  assert.equal((await orderNow(test, paid)).state, 'refunding');
  for (const turn of [1, 2]) {
    assert.equal((await troublesOf(test)).length, 1, `turn ${turn}`);
    assert.equal(allowed(await refundAgain(test.house, OPERATOR, paid, 'the bank says so')).state, 'refunded');
    assert.deepEqual(await troublesOf(test), []);
    await deliverWebhooks(test);
  }
  assert.deepEqual(await newsOf(test), ['orders.refund_failed', 'orders.refund_failed', 'orders.refund_failed']);
  await drainOutbox(test);
  await checkInvariants(test, { owed: { USD: 1751n } });
});

test('two who send a failed refund again at once send it once (P3)', async (t) => {
  const test = await testHouse(t);
  const refunding = await refusedRefund(test);
  await atBank(test, `disputes/${test.simulator.state().disputes[0]?.id}/won`);
  await deliverWebhooks(test);
  const again = () => refundAgain(test.house, OPERATOR, refunding, 'once');
  const both = await meetOn(test.database, ofAccount(refunding), [again, again]);
  assert.deepEqual(both.map((one) => ('code' in one ? one.code : one.state)).sort(), ['orders.not_refundable', 'refunded']);
  assert.equal(test.simulator.state().refunds.length, 1);
});

test('nothing is sent again where nothing failed, nor by whoever may not refund', async (t) => {
  const test = await testHouse(t);
  const paid = await buy(test, await activeLine(test), [RENEW]);
  assert.equal(refusal(await refundAgain(test.house, OPERATOR, paid, 'why not')), 'orders.not_refundable');
  assert.equal(refusal(await refundAgain(test.house, GUEST, paid, 'why not')), 'access.not_allowed');
});

test('what has no answer for a day is listed: payments and refunds alike (P2) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paid = await buy(test, line, [RENEW]);
  test.simulator.setFaults([{ on: '', kind: 'error_500_before', times: 1000 }]);
  allowed(await refund(test, paid));
  const { order: unknown } = await order(test, line, [RENEW]);
  test.clock.advance(DAY_MS - HOUR_MS);
  assert.deepEqual(await troublesOf(test), []);
  test.clock.advance(HOUR_MS);
  assert.deepEqual(
    (await troublesOf(test)).sort(),
    [`payment_waits ${formatId('ord', unknown.orderId)} 1751 null`, `refund_waits ${formatId('ord', paid.orderId)} 1751 null`].sort(),
  );
  test.simulator.setFaults([]);
  await runJanitor(test);
  assert.deepEqual(await troublesOf(test), []);
});
