import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { parseStatement } from '#platform/database';
import { activeLine, allowed, buy, checkInvariants, drainOutbox, OPERATOR, orderNow, RENEW, testHouse } from '#tests/house';
import { meetOn } from '#tests/meeting';
import { deliverOrder } from './deliver-order.ts';
import { ORDER_LIFECYCLE } from './order.ts';
import { refundOrder } from './refund-order.ts';

test('what took effect is delivered by the outbox, once, however often it is told (O1) [FX-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  await drainOutbox(test);
  const delivered = await orderNow(test, done);
  assert.equal(delivered.state, 'delivered');
  test.clock.advance(1000);
  await deliverOrder(test.house, test.database, done);
  await drainOutbox(test);
  assert.deepEqual(await orderNow(test, done), delivered);
  await checkInvariants(test);
});

test('refunded before it was delivered, it stays refunded (P5) [FX-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  allowed(await refundOrder(test.house, OPERATOR, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'test' }));
  await drainOutbox(test);
  assert.equal((await orderNow(test, done)).state, 'refunded');
  await checkInvariants(test);
});

const lockOrder = parseStatement(
  'test.lock-order',
  'select 1 from orders.order where slot = :slot and account_id = :account_id and order_id = :order_id for update',
);

test('delivered by two at once, it is delivered once (O1) [FX-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  const deliver = () => test.database.transaction((tx) => deliverOrder(test.house, tx, done));
  await meetOn(test.database, (tx) => tx.query(lockOrder, done), [deliver, deliver] as const);
  const delivered = await orderNow(test, done);
  assert.equal(delivered.state, ORDER_LIFECYCLE.applied.deliver);
  test.clock.advance(1000);
  await drainOutbox(test);
  assert.deepEqual(await orderNow(test, done), delivered);
  await checkInvariants(test);
});

test('a refund in part leaves the order’s row alone: what is delivered beside it stays delivered (P5) [FX-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  const asked = { kind: 'amount', amount: money('USD', 100n) } as const;
  // The delivery waits for the order's row; a refund that wrote that row would wait too, and never end here.
  await test.database.transaction(async (tx) => {
    await tx.query(lockOrder, done);
    allowed(await refundOrder(test.house, OPERATOR, { order: done, key: 'r', asked, reason: 'test' }));
  });
  await drainOutbox(test);
  assert.equal((await orderNow(test, done)).state, 'delivered');
  await checkInvariants(test);
});
