import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '#platform/clock';
import {
  activeLine,
  allowed,
  buy,
  checkInvariants,
  deliverWebhooks,
  drainOutbox,
  OPERATOR,
  orderNow,
  RENEW,
  runJanitor,
  type TestHouse,
  testHouse,
} from '#tests/house';
import type { Order } from './order.ts';
import { type RefundRequest, refundOrder } from './refund-order.ts';

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

const ask = (test: TestHouse, done: Order, over: Partial<RefundRequest> = {}) =>
  refundOrder(test.house, OPERATOR, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'test', ...over });

test('a refund that takes a while is under way until the provider says so, and the order with it [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW], { card: 'refund_pending' });
  await deliverWebhooks(test);
  assert.equal(allowed(await ask(test, done)).order.state, 'refunding');
  await checkInvariants(test, { underWay: true });
  await deliverWebhooks(test);
  assert.equal((await orderNow(test, done)).state, 'refunded');
  await end(test);
});

test('a refund that fails after it was made is owed again: in the books, and on the order (L8) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW], { card: 'refund_fails' });
  await deliverWebhooks(test);
  assert.equal(allowed(await ask(test, done)).order.state, 'refunded');
  await deliverWebhooks(test);
  assert.equal((await orderNow(test, done)).state, 'refunding');
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test, { owed: { USD: 1751n } });
});

test('a refund whose answer is lost is made once and found out by asking (P2, P3) [PAY-5]', async (t) => {
  for (const kind of ['lost_before', 'lost', 'error_500_before', 'error_500', 'garbage', 'rate_limit', 'slow'] as const) {
    const test = await testHouse(t);
    const line = await activeLine(test);
    const done = await buy(test, line, [RENEW]);
    test.simulator.setFaults([{ on: 'POST /v1/refunds', kind, times: 2 }]);
    allowed(await ask(test, done));
    test.simulator.setFaults([]);
    for (let hour = 0; hour < 50; hour += 1) {
      test.clock.advance(HOUR_MS);
      await runJanitor(test);
    }
    assert.equal((await orderNow(test, done)).state, 'refunded', kind);
    assert.deepEqual(test.simulator.state().payments[0]?.refunded, 1751, kind);
    await end(test);
  }
});

test('captured above the total and refunded whole: all of it has gone back (P3) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW], { card: 'captures_more' });
  allowed(await ask(test, done, { key: 'excess' }));
  const [payment] = test.simulator.state().payments;
  assert.equal(payment?.refunded, payment?.received);
  await end(test);
});
