import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEntries } from '#domain/records';
import { DAY_MS, MINUTE_MS } from '#platform/clock';
import { isRefusal } from '#platform/refusals';
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
  GUEST,
  moveNumber,
  newPerson,
  OPERATOR,
  orderNow,
  PACK,
  PAGE,
  personWithCard,
  place,
  quote,
  RENEW,
  refusal,
  stateOf,
  testHouse,
  topUp,
  visitPage,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { payOrder } from './pay-order.ts';
import { placeOrder } from './place-order.ts';

test('a double click is one order, one attempt, one page [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const quoted = await quote(test, line, [RENEW]);
  const works = [() => place(test, { quote: quoted }), () => place(test, { quote: quoted })] as const;
  const [first, second] = await meetOn(test.database, ofAccount(line), works);
  assert.deepEqual([allowed(first).repeated, allowed(second).repeated], [false, true]);
  const one = await payOrder(test.house, allowed(first));
  const two = await payOrder(test.house, allowed(second));
  assert.equal(one.page, two.page);
  assert.equal((await attemptsNow(test, one.order)).length, 1);
  assert.equal(test.simulator.state().sessions.filter((session) => session.status === 'open').length, 1);
});

test('two clicks that both send at once open one page [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const quoted = await quote(test, line, [RENEW]);
  const click = async () => payOrder(test.house, allowed(await place(test, { quote: quoted })));
  const results = await Promise.all([click(), click(), click()]);
  assert.equal(test.simulator.state().sessions.filter((session) => session.status === 'open').length, 1);
  const pages = new Set(results.map((one) => one.page).filter((page) => page !== undefined));
  assert.equal(pages.size, 1);
  const [paying] = results.filter((one) => one.page !== undefined);
  assert.ok(paying);
  await visitPage(paying);
  assert.equal((await comeBack(test, paying)).state, 'applied');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('two tabs that each ask for a price and pay are two renewals, and both count [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const before = (await stateOf(test, line)).line.paidUntil;
  const quotes = [await quote(test, line, [RENEW]), await quote(test, line, [RENEW])];
  for (const one of quotes) await payOrder(test.house, allowed(await place(test, { quote: one, way: BALANCE })));
  const { paidUntil } = (await stateOf(test, line)).line;
  assert.deepEqual([before?.toISOString(), paidUntil?.toISOString()], ['2026-12-03T05:00:00.000Z', '2027-02-03T05:00:00.000Z']);
  await drainOutbox(test);
  await checkInvariants(test);
});

test('the app killed after paying and retried the next day with the same key gets the order that is there [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const quoted = await quote(test, line, [RENEW]);
  const paying = await payOrder(test.house, allowed(await place(test, { quote: quoted, key: 'app' })));
  await visitPage(paying);
  test.clock.advance(DAY_MS);
  const again = allowed(await place(test, { quote: quoted, key: 'app' }));
  assert.deepEqual([again.repeated, again.order.orderId], [true, paying.order.orderId]);
  const { attempt } = await payOrder(test.house, again);
  assert.equal(attempt?.attemptId, paying.attempt?.attemptId);
  assert.equal((await comeBack(test, paying)).state, 'applied');
  assert.equal((await payOrder(test.house, allowed(await place(test, { quote: quoted, key: 'app' })))).order.state, 'applied');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('the same key with other content is refused, and so is another order of a quote that is used [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const [one, two] = [await quote(test, line, [RENEW]), await quote(test, line, [RENEW])];
  allowed(await place(test, { quote: one, key: 'k' }));
  assert.equal(refusal(await place(test, { quote: two, key: 'k' })), 'orders.key_reused');
  assert.equal(refusal(await place(test, { quote: one, key: 'k', way: BALANCE })), 'orders.key_reused');
  assert.equal(refusal(await place(test, { quote: one, key: 'other', way: BALANCE })), 'orders.quote_used');
  assert.equal(allowed(await place(test, { quote: one, key: 'other' })).repeated, true);
});

test("a key is the caller's own: another caller's same key is another order [PAY-5]", async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const owner = await newPerson(test, line);
  const orders = new Set<bigint>();
  for (const asker of [GUEST, GUEST, owner, OPERATOR])
    orders.add(allowed(await place(test, { quote: await quote(test, line, [RENEW], asker), key: 'k', asker })).order.orderId);
  assert.equal(orders.size, 4);
});

test('a guest never spends the balance nor uses or keeps a saved method [ID-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const { method } = await personWithCard(test, line);
  const quoted = await quote(test, line, [RENEW], GUEST);
  for (const way of [BALANCE, { kind: 'saved', savedMethodId: method.savedMethodId }, { kind: 'page', saveMethod: true }] as const)
    assert.equal(refusal(await place(test, { quote: quoted, way, asker: GUEST })), 'access.not_allowed');
  allowed(await place(test, { quote: quoted, asker: GUEST }));
});

test("a person pays with their own saved method only, also on a line that is another's [ID-6]", async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { method } = await personWithCard(test, line);
  const other = await newPerson(test, line, 'payer');
  const way = { kind: 'saved', savedMethodId: method.savedMethodId } as const;
  assert.equal(
    refusal(await place(test, { quote: await quote(test, line, [RENEW], other), way, asker: other })),
    'payments.saved_method_unknown',
  );
});

test('a balance that is short says by how much, and a top-up of exactly that cures it [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 1000n);
  const quoted = await quote(test, line, [RENEW]);
  const short = await place(test, { quote: quoted, way: BALANCE });
  assert.ok(isRefusal(short));
  assert.deepEqual([short.code, short.values], ['ledger.balance_short', { shortMinor: 500n, currency: 'USD' }]);
  await fillBalance(test, line, 500n);
  const { order } = await payOrder(test.house, allowed(await place(test, { quote: quoted, way: BALANCE })));
  assert.equal(order.state, 'applied');
  assert.deepEqual(await balanceOf(test, line), { balance: 0n, held: 0n });
  await drainOutbox(test);
  await checkInvariants(test);
});

test('a few cents that are missing can be topped up though the market asks for more [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 1480n);
  const owner = await newPerson(test, line);
  assert.equal((await buy(test, line, [topUp(20n)], { asker: owner })).state, 'applied');
  assert.equal((await buy(test, line, [RENEW], { way: BALANCE, asker: owner })).state, 'applied');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('two orders that want one balance at once: the second is told what is missing [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 2000n);
  const quotes = [await quote(test, line, [RENEW]), await quote(test, line, [RENEW])] as const;
  const works = [() => place(test, { quote: quotes[0], way: BALANCE }), () => place(test, { quote: quotes[1], way: BALANCE })] as const;
  const [first, second] = await meetOn(test.database, ofAccount(line), works);
  assert.equal((await payOrder(test.house, allowed(first))).order.state, 'applied');
  assert.ok(isRefusal(second));
  assert.equal(second.values['shortMinor'], 1000n);
  assert.deepEqual(await balanceOf(test, line), { balance: 500n, held: 0n });
  await drainOutbox(test);
  await checkInvariants(test);
});

test('what the balance pays is held from placing to settling, and counts for nobody else meanwhile [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 2000n);
  const placed = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  assert.deepEqual(await balanceOf(test, line), { balance: 2000n, held: 1500n });
  assert.equal(refusal(await place(test, { quote: await quote(test, line, [PACK, PACK]), way: BALANCE })), 'ledger.balance_short');
  await payOrder(test.house, placed);
  assert.deepEqual(await balanceOf(test, line), { balance: 500n, held: 0n });
  await drainOutbox(test);
  await checkInvariants(test);
});

test('money is not topped up from the balance it goes to [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  assert.equal(refusal(await place(test, { quote: await quote(test, line, [topUp(1000n)]), way: BALANCE })), 'orders.tender_not_offered');
});

test('what costs nothing is not paid outside: a change to pay as you go takes effect from the balance [BUY-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const quoted = await quote(test, line, [{ kind: 'change', product: 'payg' }]);
  assert.equal(refusal(await place(test, { quote: quoted })), 'orders.tender_not_offered');
  assert.equal((await payOrder(test.house, allowed(await place(test, { quote: quoted, way: BALANCE })))).order.state, 'applied');
  assert.equal((await stateOf(test, line)).line.planCode, 'payg');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('terms are accepted in the version that was shown, ways to pay are those of the market, a quote lives half an hour [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const quoted = await quote(test, line, [RENEW]);
  const request = { quote: quoted, key: 'k', way: PAGE, acceptedTerms: '1999-01', language: 'en' } as const;
  assert.equal(refusal(await placeOrder(test.house, OPERATOR, request)), 'orders.terms_not_accepted');
  test.clock.advance(30 * MINUTE_MS);
  assert.equal(refusal(await place(test, { quote: quoted })), 'orders.quote_expired');
  const kuwait = await activeLine(test, { number: '+96550000002', market: 'KW', taxRegion: undefined });
  const choice = { kind: 'page', choice: 'wechat_pay', saveMethod: false } as const;
  const offered = test.catalog.market('KW', test.clock.business())?.paymentChoices.includes('wechat_pay');
  const answer = await place(test, { quote: await quote(test, kuwait, [RENEW]), way: choice });
  assert.equal(isRefusal(answer), !offered);
});

test('a number that moved since the quote is not ordered for; when it moves after that, the payment goes back [ID-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const stale = await quote(test, line, [RENEW], GUEST);
  const paying = await payOrder(test.house, allowed(await place(test, { quote: await quote(test, line, [RENEW], GUEST), asker: GUEST })));
  await visitPage(paying);
  await moveNumber(test, line);
  assert.equal(refusal(await place(test, { quote: stale, asker: GUEST })), 'orders.number_moved');
  const order = await comeBack(test, paying);
  assert.equal(order.reason, 'number_moved');
  assert.equal((await orderNow(test, order)).state, 'refunded');
  await drainOutbox(test);
  await checkInvariants(test);
});

test('who ordered what, in which terms, stands in the trail, written with the order [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const entries = await readEntries(test.database, line);
  assert.deepEqual(
    entries.map(({ actor, action }) => [actor, action]),
    [['operator:test', 'orders.place']],
  );
  assert.deepEqual(entries[0]?.after, { total: { currency: 'USD', minor: 1751n }, termsVersion: '2025-01', tender: 'provider' });
});
