import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activeLine, allowed, buy, checkInvariants, drainOutbox, OPERATOR, orderNow, RENEW, testHouse } from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
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
  await deliverOrder(test.house, done);
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

test('delivered by two at once, it is delivered once (O1) [FX-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  const works = [() => deliverOrder(test.house, done), () => deliverOrder(test.house, done)] as const;
  await meetOn(test.database, ofAccount(line), works);
  const delivered = await orderNow(test, done);
  assert.equal(delivered.state, ORDER_LIFECYCLE.applied.deliver);
  test.clock.advance(1000);
  await drainOutbox(test);
  assert.deepEqual(await orderNow(test, done), delivered);
  await checkInvariants(test);
});
