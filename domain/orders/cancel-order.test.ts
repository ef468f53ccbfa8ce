import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLive } from '#domain/payments';
import { readEntries } from '#domain/records';
import {
  activeLine,
  allowed,
  attemptsNow,
  BALANCE,
  balanceOf,
  buy,
  checkInvariants,
  comeBack,
  drainOutbox,
  fillBalance,
  OPERATOR,
  order,
  orderNow,
  place,
  quote,
  RENEW,
  refusal,
  runJanitor,
  type TestHouse,
  testHouse,
  visitPage,
} from '#tests/house';
import { cancelOrder } from './cancel-order.ts';

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

test('cancelled, an order nobody paid is over and its page is closed [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  const cancelled = allowed(await cancelOrder(test.house, OPERATOR, paying.order));
  assert.deepEqual([cancelled.state, cancelled.reason], ['cancelled', 'asked']);
  assert.equal((await visitPage(paying)).status, 410);
  assert.ok((await attemptsNow(test, paying.order)).every((attempt) => !isLive(attempt)));
  assert.equal((await readEntries(test.database, line)).filter((entry) => entry.action === 'orders.cancel').length, 1);
  await end(test);
});

test('cancelled again, it is the same cancelled order, told once [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { order: placed } = await order(test, line, [RENEW]);
  const first = allowed(await cancelOrder(test.house, OPERATOR, placed));
  test.clock.advance(1000);
  assert.deepEqual(allowed(await cancelOrder(test.house, OPERATOR, placed)), first);
  assert.equal((await readEntries(test.database, line)).filter((entry) => entry.action === 'orders.cancel').length, 1);
  await end(test);
});

test('cancelled just after it was paid: the payment goes back (P5) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying);
  const cancelled = allowed(await cancelOrder(test.house, OPERATOR, paying.order));
  assert.equal(cancelled.reason, 'cancelled_before');
  assert.equal((await orderNow(test, paying.order)).state, 'refunded');
  await end(test);
});

test('cancelled while the provider did not answer, and paid all the same later: the payment goes back (P5) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  test.simulator.setFaults([
    { on: 'GET /v1/', kind: 'error_500_before', times: 5 },
    { on: 'POST /v1/', kind: 'error_500_before', times: 5 },
  ]);
  assert.equal(allowed(await cancelOrder(test.house, OPERATOR, paying.order)).state, 'cancelled');
  test.simulator.setFaults([]);
  await visitPage(paying);
  await comeBack(test, paying);
  assert.equal((await orderNow(test, paying.order)).state, 'refunded');
  assert.equal(test.simulator.state().payments[0]?.refunded, 1751);
  await end(test);
});

test('cancelled, what was held on the balance is free again (L6) [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 2000n);
  const { order: placed } = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  assert.equal((await balanceOf(test, line)).held, 1500n);
  allowed(await cancelOrder(test.house, OPERATOR, placed));
  assert.deepEqual(await balanceOf(test, line), { balance: 2000n, held: 0n });
  await end(test);
});

test('what took effect is not cancelled but refunded [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  assert.equal(refusal(await cancelOrder(test.house, OPERATOR, done)), 'orders.not_open');
  await end(test);
  assert.equal(refusal(await cancelOrder(test.house, OPERATOR, done)), 'orders.not_open');
});
