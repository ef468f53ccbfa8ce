import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLive } from '#domain/payments';
import { HOUR_MS } from '#platform/clock';
import { payOnPage } from '#simulators/payment-provider';
import {
  activeLine,
  allowed,
  attemptsNow,
  BALANCE,
  balanceOf,
  buy,
  cardNumber,
  checkInvariants,
  comeBack,
  drainOutbox,
  fillBalance,
  GUEST,
  newPerson,
  OPERATOR,
  order,
  orderNow,
  PAGE,
  personWithCard,
  place,
  quote,
  RENEW,
  refusal,
  runJanitor,
  type TestHouse,
  testHouse,
  visitPage,
  type Way,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import type { Order } from './order.ts';
import { type PayResult, payAgain, payOrder } from './pay-order.ts';
import { refundOrder } from './refund-order.ts';
import { resolveAttempt } from './settle-order.ts';

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

const again = (test: TestHouse, order: Order, way: Way = PAGE, key = 'again') => payAgain(test.house, OPERATOR, { order, key, way });

test('paid again on a new page: the first page is closed, and one of them pays [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const first = await order(test, line, [RENEW]);
  const second = allowed(await again(test, first.order));
  assert.notEqual(second.page, first.page);
  const late = await visitPage(first);
  assert.equal(late.status, 410);
  await visitPage(second);
  assert.equal((await comeBack(test, second)).state, 'applied');
  const attempts = await attemptsNow(test, first.order);
  assert.deepEqual(
    attempts.map((attempt) => [attempt.state, attempt.supersededAt !== null]),
    [
      ['not_attempted', true],
      ['succeeded', false],
    ],
  );
  await end(test);
});

test("a superseded payment's late success is refunded, before the new one pays and after it [PAY-5]", async (t) => {
  for (const turn of ['late first', 'late last'] as const) {
    const test = await testHouse(t);
    const line = await activeLine(test);
    const first = await order(test, line, [RENEW]);
    // The provider does not answer while the page is to be closed, so it stays open and can be paid.
    test.simulator.setFaults([
      { on: 'POST /v1/checkout/sessions/', kind: 'error_500_before', times: 1 },
      { on: 'GET /v1/checkout/sessions', kind: 'error_500_before', times: 1 },
    ]);
    const second = allowed(await again(test, first.order));
    test.simulator.setFaults([]);
    const late = async () => {
      await visitPage(first);
      await comeBack(test, first);
    };
    if (turn === 'late first') await late();
    await visitPage(second);
    assert.equal((await comeBack(test, second)).state, 'applied');
    if (turn === 'late last') await late();
    assert.equal((await orderNow(test, first.order)).state, 'applied');
    assert.deepEqual(
      (await attemptsNow(test, first.order)).map((attempt) => attempt.refundingMinor > 0n),
      [true, false],
      turn,
    );
    await end(test);
  }
});

test('the page was paid at the moment of paying again from the balance: one of them pays, the other goes back [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const first = await order(test, line, [RENEW]);
  await visitPage(first);
  const second = allowed(await again(test, first.order, BALANCE));
  assert.deepEqual([second.order.state, second.order.tender, second.order.totalMinor], ['applied', 'balance', 1500n]);
  assert.deepEqual(await balanceOf(test, line), { balance: 3500n, held: 0n });
  assert.equal((await attemptsNow(test, first.order))[0]?.refundingMinor, 1751n);
  await end(test);
});

test('paid from the balance after a decline, and refunded to the balance [PAY-2] [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const first = await order(test, line, [RENEW]);
  await visitPage(first, 'declined');
  const second = allowed(await again(test, first.order, BALANCE));
  assert.equal(second.order.state, 'applied');
  await drainOutbox(test);
  allowed(await refundOrder(test.house, OPERATOR, { order: second.order, key: 'r', asked: { kind: 'rest' }, reason: 'test' }));
  assert.deepEqual(await balanceOf(test, line), { balance: 5000n, held: 0n });
  await end(test);
});

test('held on the balance, died before it settled, and paid by card instead: what was held is free at once (L6) [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const { order: held } = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  assert.equal((await balanceOf(test, line)).held, 1500n);
  const paying = allowed(await again(test, held));
  assert.deepEqual(await balanceOf(test, line), { balance: 5000n, held: 0n });
  await visitPage(paying);
  const done = await comeBack(test, paying);
  assert.deepEqual([done.state, done.tender, done.totalMinor], ['applied', 'provider', 1751n]);
  await end(test);
});

test('changed back and forth between page and balance, the last way pays (L6) [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const { order: held } = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  allowed(await again(test, held, PAGE, 'one'));
  allowed(await again(test, held, PAGE, 'two'));
  assert.equal(allowed(await again(test, held, BALANCE)).order.state, 'applied');
  assert.deepEqual(await balanceOf(test, line), { balance: 3500n, held: 0n });
  assert.ok((await attemptsNow(test, held)).every((attempt) => !isLive(attempt)));
  await end(test);
});

test('held twice: the same order asked for from the balance again holds once (L6) [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 2000n);
  const { order: held } = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  assert.equal(allowed(await again(test, held, BALANCE)).order.state, 'applied');
  assert.deepEqual(await balanceOf(test, line), { balance: 500n, held: 0n });
  await end(test);
});

test('the same key again is the same attempt, also when the order has been paid by it; balance likewise [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const { person, method } = await personWithCard(test, line);
  const way = { kind: 'saved', savedMethodId: method.savedMethodId } as const;
  const open = async (asker = OPERATOR) => (await order(test, line, [RENEW], { asker })).order;
  const payTwice = async (paid: Order, by: Way, asker = OPERATOR): Promise<PayResult[]> => [
    allowed(await payAgain(test.house, asker, { order: paid, key: 'k', way: by })),
    allowed(await payAgain(test.house, asker, { order: paid, key: 'k', way: by })),
  ];
  const byCard = await payTwice(await open(person), way, person);
  assert.deepEqual(
    byCard.map((one) => one.order.state),
    ['applied', 'applied'],
  );
  assert.equal(byCard[0]?.attempt?.attemptId, byCard[1]?.attempt?.attemptId);
  const byBalance = await payTwice(await open(), BALANCE);
  assert.deepEqual(
    byBalance.map((one) => one.order.state),
    ['applied', 'applied'],
  );
  const byPage = await payTwice(await open(), PAGE);
  assert.equal(byPage[0]?.page, byPage[1]?.page);
  test.clock.advance(2 * HOUR_MS);
  await end(test);
});

test('an order that is paid, cancelled or refunded is not paid again [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const done = await buy(test, line, [RENEW]);
  for (const way of [PAGE, BALANCE]) assert.equal(refusal(await again(test, done, way)), 'orders.not_open');
  await end(test);
});

test('a guest pays their order again by page, and never from the balance [ID-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const first = await order(test, line, [RENEW], { asker: GUEST });
  assert.equal(refusal(await payAgain(test.house, GUEST, { order: first.order, key: 'k', way: BALANCE })), 'access.not_allowed');
  const owner = await newPerson(test, line);
  assert.equal(
    refusal(await payAgain(test.house, owner, { order: first.order, key: 'k', way: { kind: 'page', saveMethod: true } })),
    'orders.tender_not_offered',
  );
  const second = allowed(await payAgain(test.house, GUEST, { order: first.order, key: 'k', way: PAGE }));
  await visitPage(second);
  assert.equal((await comeBack(test, second)).state, 'applied');
  await end(test);
});

test('paying again and settling meet: whichever comes first, one payment counts (P2) [PAY-5]', async (t) => {
  for (const turn of ['settle first', 'again first'] as const) {
    const test = await testHouse(t);
    const line = await activeLine(test);
    const first = await order(test, line, [RENEW]);
    await visitPage(first);
    const settle = () => comeBack(test, first);
    const retry = () => again(test, first.order);
    const [one, two] = turn === 'settle first' ? [settle, retry] : [retry, settle];
    await meetOn<readonly [unknown, unknown]>(test.database, ofAccount(line), [one, two]);
    const [paid, second] = await attemptsNow(test, first.order);
    assert.equal(paid?.state, 'succeeded');
    assert.equal(second === undefined, turn === 'settle first');
    test.clock.advance(HOUR_MS);
    await end(test);
    assert.equal((await orderNow(test, first.order)).state, turn === 'settle first' ? 'delivered' : 'cancelled');
  }
});

test('a card number never comes to us: the page is the provider’s, and what is kept is its last four [PAY-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const paying = await order(test, line, [RENEW]);
  assert.ok(paying.page?.startsWith(test.simulator.url));
  await payOnPage(paying.page ?? '', { card: cardNumber('good_mastercard') });
  await comeBack(test, paying);
  const [attempt] = await attemptsNow(test, paying.order);
  assert.deepEqual(attempt?.method, { kind: 'card', brand: 'mastercard', last4: '4444', expires: '2044-12' });
  await end(test);
});

test('an attempt without its page address is sent again as it was, to the same page [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const placed = allowed(await place(test, { quote: await quote(test, line, [RENEW]) }));
  const one = await payOrder(test.house, placed);
  const two = await payOrder(test.house, placed);
  assert.equal(one.page, two.page);
  assert.ok(two.attempt);
  const closed = await resolveAttempt(test.house, two.attempt, { kind: 'unknown', cause: 'a look that found nothing out' });
  assert.equal(closed.attempt.state, 'pending');
});
