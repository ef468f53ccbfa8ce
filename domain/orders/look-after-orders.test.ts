import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#platform/clock';
import { formatLink } from '#platform/ids';
import { isRefusal } from '#platform/refusals';
import {
  activeLine,
  allowed,
  attemptsNow,
  BALANCE,
  balanceOf,
  checkInvariants,
  deliverWebhooks,
  drainOutbox,
  fillBalance,
  order,
  orderNow,
  personWithCard,
  place,
  quote,
  RENEW,
  runJanitor,
  stateOf,
  testHouse,
  visitPage,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { lookAfterOrders } from './look-after-orders.ts';
import { openQuote } from './read-order.ts';

test('paid, and nobody came back nor was told: the janitor finds it a minute later (P1) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying, 'webhook_never');
  assert.equal((await orderNow(test, paying.order)).state, 'placed');
  await runJanitor(test);
  assert.equal((await orderNow(test, paying.order)).state, 'placed');
  test.clock.advance(MINUTE_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, paying.order)).state, 'applied');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('an order nobody pays is cancelled when its page is long over, and the page cannot be paid then [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  for (let minute = 0; minute < 44; minute += 4) {
    test.clock.advance(4 * MINUTE_MS);
    await runJanitor(test);
    assert.equal((await orderNow(test, paying.order)).state, 'placed', `${minute}`);
  }
  test.clock.advance(MINUTE_MS);
  await runJanitor(test);
  const ended = await orderNow(test, paying.order);
  assert.deepEqual([ended.state, ended.reason], ['cancelled', 'not_paid']);
  assert.equal((await visitPage(paying)).status, 410);
  await drainOutbox(test);
  await checkInvariants(test);
});

test('paid in the last minute of the page and found by nobody else: in effect, not cancelled (P1) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  test.clock.advance(30 * MINUTE_MS);
  await visitPage(paying);
  test.clock.advance(15 * MINUTE_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, paying.order)).state, 'applied');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('placed and never sent, because we died: asked about until it is sure, then cancelled (P2) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { order: placed } = allowed(await place(test, { quote: await quote(test, line, [RENEW]) }));
  test.clock.advance(45 * MINUTE_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, placed)).state, 'placed');
  test.clock.advance(2 * HOUR_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, placed)).state, 'cancelled');
  assert.equal((await attemptsNow(test, placed))[0]?.state, 'not_attempted');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('held and never settled, because we died: settled by the janitor a minute later [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 2000n);
  const { order: placed } = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  test.clock.advance(MINUTE_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, placed)).state, 'applied');
  assert.deepEqual(await balanceOf(test, line), { balance: 500n, held: 0n });
  await drainOutbox(test);
  await checkInvariants(test);
});

test('two janitors at once do each thing once (P1) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying, 'webhook_never');
  test.clock.advance(MINUTE_MS);
  const works = [() => lookAfterOrders(test.house), () => lookAfterOrders(test.house)] as const;
  await meetOn(test.database, ofAccount(line), works);
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, new Date('2027-01-03T05:00:00Z'));
  await drainOutbox(test);
  await checkInvariants(test);
});

test('what fails does not keep the janitor from the rest, and is told at the end [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const lines = [await activeLine(test), await activeLine(test)];
  const paying = await Promise.all(lines.map((line) => order(test, line, [RENEW])));
  for (const one of paying) await visitPage(one, 'webhook_never');
  test.clock.advance(MINUTE_MS);
  let asked = 0;
  const { provider } = test;
  const failing = {
    ...provider,
    lookUp: (...args: Parameters<typeof provider.lookUp>) =>
      asked++ === 0 ? Promise.reject(new Error('a bug')) : provider.lookUp(...args),
  };
  const house = { ...test.house, providers: { stripe: failing } };
  await assert.rejects(lookAfterOrders(house), AggregateError);
  const states = await Promise.all(paying.map(async (one) => (await orderNow(test, one.order)).state));
  assert.deepEqual(states.toSorted(), ['applied', 'placed']);
  await lookAfterOrders(test.house);
  await drainOutbox(test);
  await checkInvariants(test);
});

test('asked after one minute, five minutes, an hour, then daily, until it ends (P2) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { person, method } = await personWithCard(test, line);
  test.simulator.setFaults([
    { on: 'POST /v1/payment_intents', kind: 'error_500', times: 1 },
    { on: 'GET /v1/', kind: 'error_500_before', times: 1_000_000 },
  ]);
  const { order: placed } = await order(test, line, [RENEW], {
    asker: person,
    way: { kind: 'saved', savedMethodId: method.savedMethodId },
  });
  const began = test.clock.transport().getTime();
  const minutes: number[] = [];
  for (let minute = 0; minute < 3 * 24 * 60; minute += 20) {
    test.clock.advance((minute < 20 ? 1 : 20) * MINUTE_MS);
    if (minute < 20) minute -= 19;
    const [before] = await attemptsNow(test, placed);
    if ((before?.askAt?.getTime() ?? 0) > test.clock.transport().getTime()) continue;
    minutes.push(((before?.askAt?.getTime() ?? 0) - began) / MINUTE_MS);
    await lookAfterOrders(test.house);
  }
  assert.deepEqual(minutes.slice(0, 5), [1, 5, 60, 1440, 2880]);
  test.simulator.setFaults([]);
  test.clock.advance(DAY_MS);
  await runJanitor(test);
  assert.equal((await orderNow(test, placed)).state, 'applied');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('prices nobody took are forgotten after they expired', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const made = await quote(test, line, [RENEW]);
  const link = formatLink({ id: made.quoteId, accountId: made.accountId, token: made.token });
  test.clock.advance(HOUR_MS);
  await lookAfterOrders(test.house);
  assert.ok(!isRefusal(await openQuote(test.database, link)));
  test.clock.advance(HOUR_MS);
  await lookAfterOrders(test.house);
  assert.ok(isRefusal(await openQuote(test.database, link)));
  await deliverWebhooks(test);
});
