import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import {
  activeLine,
  actOnPage,
  allowed,
  attemptsNow,
  BALANCE,
  balanceOf,
  buy,
  checkInvariants,
  comeBack,
  deliverWebhooks,
  drainOutbox,
  fillBalance,
  order,
  orderNow,
  PACK,
  personWithCard,
  place,
  quote,
  RENEW,
  runJanitor,
  stateOf,
  type TestHouse,
  testHouse,
  topUp,
  visitPage,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { cancelOrder } from './cancel-order.ts';
import { payAgain, payOrder } from './pay-order.ts';
import { askAttempt } from './settle-order.ts';

const readKinds = parseStatement('test.event-kinds', 'select kind from outbox.event order by event_id');

async function eventsOf({ database }: Pick<TestHouse, 'database'>, kind: string): Promise<number> {
  const rows = (await database.query(readKinds, {})) as { kind: string }[];
  return rows.filter((row) => row.kind === kind).length;
}

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

test('paid means applied: plan, end, receipt and news change in the same commit [FX-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const before = await stateOf(test, line);
  const paying = await order(test, line, [RENEW]);
  assert.equal(paying.order.state, 'placed');
  assert.deepEqual(await stateOf(test, line), before);
  await visitPage(paying);
  const applied = await comeBack(test, paying);
  assert.equal(applied.state, 'applied');
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, new Date('2027-01-03T05:00:00Z'));
  assert.equal(await eventsOf(test, 'orders.applied'), 2);
  await end(test);
});

test('the order knows when it began, was paid, took effect and was delivered [FX-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  const began = test.clock.transport();
  await visitPage(paying);
  test.clock.advance(7000);
  const applied = await comeBack(test, paying);
  test.clock.advance(1000);
  await drainOutbox(test);
  const delivered = await orderNow(test, applied);
  const seconds = [delivered.beganAt, delivered.paidAt, delivered.appliedAt, delivered.deliveredAt].map(
    (at) => ((at?.getTime() ?? 0) - began.getTime()) / 1000,
  );
  assert.deepEqual([delivered.state, seconds], ['delivered', [0, 7, 7, 8]]);
  await end(test);
});

test('declined, then paid on the same page: one order, one effect, and the reason is known meanwhile [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying, 'insufficient_funds');
  assert.equal((await comeBack(test, paying)).state, 'placed');
  const [attempt] = await attemptsNow(test, paying.order);
  assert.deepEqual([attempt?.state, attempt?.declineReason], ['pending', 'insufficient_funds']);
  await visitPage(paying);
  assert.equal((await comeBack(test, paying)).state, 'applied');
  await end(test);
});

test('a saved card that is declined ends the attempt with its reason, tells once, and the order stays open [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { person, method } = await personWithCard(test, line, 'saved_then_declined');
  const paying = await order(test, line, [RENEW], { asker: person, way: { kind: 'saved', savedMethodId: method.savedMethodId } });
  assert.deepEqual([paying.order.state, paying.attempt?.state, paying.attempt?.declineReason], ['placed', 'declined', 'generic']);
  await deliverWebhooks(test);
  assert.ok(paying.attempt);
  await askAttempt(test.house, paying.attempt);
  assert.equal(await eventsOf(test, 'orders.payment_failed'), 1);
  test.clock.advance(HOUR_MS);
  await end(test);
  assert.equal((await orderNow(test, paying.order)).state, 'cancelled');
});

test('who cancelled or paid in another way is not told that the payment they left came to nothing [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const cancelled = await order(test, line, [RENEW]);
  await visitPage(cancelled, 'declined');
  await cancelOrder(test.house, { kind: 'operator', name: 'test' }, cancelled.order);
  const paidOtherwise = await order(test, line, [RENEW]);
  await visitPage(paidOtherwise, 'declined');
  await payAgain(test.house, { kind: 'operator', name: 'test' }, { order: paidOtherwise.order, key: 'k', way: BALANCE });
  assert.deepEqual(
    (await attemptsNow(test, paidOtherwise.order)).map((attempt) => attempt.state),
    ['declined'],
  );
  assert.equal(await eventsOf(test, 'orders.payment_failed'), 0);
  await end(test);
});

test('two who hear of one decline at once tell the customer once (O1) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { person, method } = await personWithCard(test, line, 'saved_then_declined');
  const quoted = await quote(test, line, [RENEW], person);
  const placed = allowed(await place(test, { quote: quoted, asker: person, way: { kind: 'saved', savedMethodId: method.savedMethodId } }));
  const works = [() => payOrder(test.house, placed), () => payOrder(test.house, placed)] as const;
  await meetOn(test.database, ofAccount(line), works);
  assert.equal(await eventsOf(test, 'orders.payment_failed'), 1);
  await checkInvariants(test, { underWay: true });
});

test('the bank asks (3-D Secure): yes pays, no leaves the page open to try again [PAY-1] [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying, 'challenge', 'fail');
  assert.equal((await comeBack(test, paying)).state, 'placed');
  await visitPage(paying, 'challenge', 'approve');
  assert.equal((await comeBack(test, paying)).state, 'applied');
  await end(test);
});

test('a saved card whose bank asks leads to a page, and paying there settles the same order [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { person, method } = await personWithCard(test, line, 'challenge_always');
  const paying = await order(test, line, [RENEW], { asker: person, way: { kind: 'saved', savedMethodId: method.savedMethodId } });
  assert.equal(paying.attempt?.state, 'pending');
  await visitPage(paying, 'challenge_always', 'approve');
  assert.equal((await comeBack(test, paying)).state, 'applied');
  await end(test);
});

for (const choice of ['paypal', 'alipay', 'wechat_pay'] as const)
  test(`a page can be paid by ${choice} where the market takes it [PAY-1]`, async (t) => {
    const test = await testHouse(t);
    const line = await activeLine(test);
    const paying = await order(test, line, [RENEW], { way: { kind: 'page', choice, saveMethod: false } });
    await actOnPage(paying, { choice, bank: 'approve' });
    assert.equal((await comeBack(test, paying)).state, 'applied');
    const [attempt] = await attemptsNow(test, paying.order);
    assert.equal(attempt?.method?.kind, choice);
    await end(test);
  });

test('captured below the total: given back and not delivered [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const before = await stateOf(test, line);
  const done = await buy(test, line, [RENEW], { card: 'captures_less' });
  assert.equal(done.reason, 'captured_short');
  assert.equal((await orderNow(test, done)).state, 'refunded');
  assert.deepEqual(await stateOf(test, line), before);
  await end(test);
});

test('captured above the total: in effect, and the excess is given back [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW], { card: 'captures_more' });
  assert.equal(done.state, 'applied');
  const { payments } = test.simulator.state();
  const paid = payments.find((payment) => payment.received > payment.amount);
  assert.equal((paid?.received ?? 0) - (paid?.refunded ?? 0), Number(done.totalMinor));
  await deliverWebhooks(test);
  await end(test);
});

test('paid, but the line lost its number meanwhile: given back (P5) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying);
  test.clock.moveBusinessTo('2027-06-01T00:00:00Z');
  const done = await comeBack(test, paying);
  assert.deepEqual([done.reason, (await stateOf(test, line)).line.state], ['cannot_take_effect', 'active']);
  assert.equal((await orderNow(test, done)).state, 'refunded');
  await end(test);
});

test('an order of which one item can take no effect any more is given back whole, not stuck (P1) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [topUp(1000n), PACK]);
  await visitPage(paying);
  test.clock.moveBusinessTo('2026-12-10T00:00:00Z');
  const done = await comeBack(test, paying);
  assert.equal(done.reason, 'cannot_take_effect');
  assert.deepEqual(await balanceOf(test, line), { balance: 0n, held: 0n });
  await end(test);
});

test('settled twice at once, by the return and by a webhook, it takes effect once (P1, P7) [FX-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying);
  const { attempt } = paying;
  assert.ok(attempt);
  const works = [
    () => askAttempt(test.house, attempt),
    () => askAttempt(test.house, attempt, { provider: 'stripe', eventId: 'evt_1' }),
  ] as const;
  const [first, second] = await meetOn(test.database, ofAccount(line), works);
  assert.deepEqual([first.order.state, second.order.state], ['applied', 'applied']);
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, new Date('2027-01-03T05:00:00Z'));
  await end(test);
});

for (const [turn, states] of [
  ['cancelled first', ['cancelled', 'refunded']],
  ['settled first', ['applied', 'delivered']],
] as const)
  test(`settled and cancelled at once, ${turn}: one end, and the money with it (P5) [PAY-5]`, async (t) => {
    const test = await testHouse(t);
    const line = await activeLine(test);
    const paying = await order(test, line, [RENEW]);
    await visitPage(paying);
    const { attempt } = paying;
    assert.ok(attempt);
    const settle = () => askAttempt(test.house, attempt);
    const cancel = () => cancelOrder(test.house, { kind: 'operator', name: 'test' }, paying.order);
    const [one, two] = turn === 'settled first' ? [settle, cancel] : [cancel, settle];
    await meetOn<readonly [unknown, unknown]>(test.database, ofAccount(line), [one, two]);
    await runJanitor(test);
    await drainOutbox(test);
    assert.equal((await orderNow(test, paying.order)).state, states[1]);
    await end(test);
  });
