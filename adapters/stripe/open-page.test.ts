import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { type Attempt, closeAttempt, PAYMENT_CHOICES, readAttempt, sendAttempt } from '#domain/payments';
import { present } from '#platform/assert';
import { HOUR_MS } from '#platform/clock';
import { payOnPage, TEST_CARDS } from '#simulators/payment-provider';
import { CONTEXT, type PaymentHouse, pageOf, paymentHouse } from '#tests/payment-house';

test('a card is typed on the provider’s page only, and what it captured is recorded [PAY-1]', async (t) => {
  const house = await paymentHouse(t);
  const pending = await (await house.newOrder()).pay();
  assert.equal(pending.state, 'pending');
  assert.equal(pending.pageExpiresAt?.getTime(), house.clock.transport().getTime() + 31 * 60_000);
  const paid = await payOnPage(pageOf(pending), { card: '4242424242424242' });
  assert.equal(paid.location, 'http://shop.example/order/1?paid');
  const attempt = await house.ask(pending);
  assert.equal(attempt.state, 'succeeded');
  assert.deepEqual(attempt.captured, money('USD', 1631n));
  assert.deepEqual(attempt.method, { kind: 'card', brand: 'visa', last4: '4242', expires: '2044-12' });
  assert.equal(attempt.askAt, null);
  assert.deepEqual(await readAttempt(house.database, attempt), attempt);
  assert.deepEqual(house.troubles, []);
});

test('each way to pay that the customer chose is offered, taken and named [PAY-1]', async (t) => {
  const house = await paymentHouse(t);
  for (const choice of PAYMENT_CHOICES) {
    const pending = await (await house.newOrder()).pay({ method: { kind: 'page', provider: 'stripe', choice, saveMethod: false } });
    await payOnPage(pageOf(pending), choice === 'card' ? { card: '4242424242424242' } : { choice, bank: 'approve' });
    const attempt = await house.ask(pending);
    assert.equal(attempt.state, 'succeeded', choice);
    assert.equal(attempt.method?.kind, choice);
  }
  assert.deepEqual(house.troubles, []);
});

const REASONS: Readonly<Record<string, string>> = {
  declined: 'generic',
  insufficient_funds: 'insufficient_funds',
  lost: 'lost_or_stolen',
  stolen: 'lost_or_stolen',
  expired: 'expired_card',
  wrong_cvc: 'incorrect_details',
  processing_error: 'try_again',
  limit: 'limit_exceeded',
  fraud: 'suspected_fraud',
};

for (const card of TEST_CARDS.filter(({ decline }) => decline !== undefined))
  test(`a decline is told on the way (${card.name}), and another card still pays on the same page [PAY-5]`, async (t) => {
    const house = await paymentHouse(t);
    const pending = await (await house.newOrder()).pay();
    assert.equal((await payOnPage(pageOf(pending), { card: card.number })).status, 402);
    const declined = await house.ask(pending);
    assert.equal(declined.state, 'pending');
    assert.equal(declined.declineReason, REASONS[card.name]);
    await payOnPage(pageOf(pending), { card: '5555555555554444' });
    const attempt = await house.ask(declined);
    assert.equal(attempt.state, 'succeeded');
    assert.equal(attempt.declineReason, null);
    assert.equal(attempt.method?.brand, 'mastercard');
  });

async function tryChallenge(house: PaymentHouse, card: string, bank?: 'approve' | 'fail'): Promise<Attempt> {
  const pending = await (await house.newOrder()).pay();
  await payOnPage(pageOf(pending), { card, bank });
  return house.ask(pending);
}

test('a bank that asks (3-D Secure) is answered on the page: yes pays, no does not, no answer waits [PAY-5]', async (t) => {
  const house = await paymentHouse(t);
  assert.equal((await tryChallenge(house, '4000000000003220', 'approve')).state, 'succeeded');
  const refused = await tryChallenge(house, '4000000000003220', 'fail');
  assert.deepEqual([refused.state, refused.declineReason], ['pending', 'authentication_failed']);
  const waiting = await tryChallenge(house, '4000000000003220');
  assert.deepEqual([waiting.state, waiting.declineReason], ['pending', null]);
  const declined = await tryChallenge(house, '4000008400001629', 'approve');
  assert.deepEqual([declined.state, declined.declineReason], ['pending', 'generic']);
});

test('a page that nobody paid ends after its time: not attempted, or declined when a card was [PAY-5]', async (t) => {
  const house = await paymentHouse(t);
  const left = await (await house.newOrder()).pay();
  const tried = await (await house.newOrder()).pay();
  await payOnPage(pageOf(tried), { card: '4000000000009995' });
  house.clock.advance(31 * 60_000 + 1_000);
  assert.equal((await house.ask(left)).state, 'not_attempted');
  const declined = await house.ask(tried);
  assert.deepEqual([declined.state, declined.declineReason], ['declined', 'insufficient_funds']);
  assert.equal((await payOnPage(pageOf(tried), { card: '4242424242424242' })).status, 410);
});

test('a page that is closed cannot be paid any more; one that was paid just before says so', async (t) => {
  const house = await paymentHouse(t);
  const left = await (await house.newOrder()).pay();
  assert.equal((await closeAttempt(house.providers, left, house.clock.transport())).kind, 'not_attempted');
  assert.equal((await payOnPage(pageOf(left), { card: '4242424242424242' })).status, 410);
  const paid = await (await house.newOrder()).pay();
  await payOnPage(pageOf(paid), { card: '4242424242424242' });
  assert.equal((await closeAttempt(house.providers, paid, house.clock.transport())).kind, 'succeeded');
  assert.equal((await closeAttempt(house.providers, { ...paid, handles: {} }, house.clock.transport())).kind, 'succeeded');
});

test('a page that ended at the bank’s question is waited for, and then was not attempted (P5)', async (t) => {
  const house = await paymentHouse(t);
  const asking = await (await house.newOrder()).pay();
  await payOnPage(pageOf(asking), { card: '4000000000003220' });
  assert.equal((await closeAttempt(house.providers, asking, house.clock.transport())).kind, 'pending');
  house.clock.advance(HOUR_MS);
  assert.equal((await house.ask(asking)).state, 'pending', 'the bank may still tell of a success');
  house.clock.advance(HOUR_MS);
  assert.equal((await house.ask(asking)).state, 'not_attempted');
});

test('the same attempt sent twice is the same page', async (t) => {
  const house = await paymentHouse(t);
  const pending = await (await house.newOrder()).pay();
  const { database, clock, providers } = house;
  const again = await sendAttempt(providers, present(await readAttempt(database, pending), 'it is there'), CONTEXT, clock.transport());
  assert.equal(again.kind === 'pending' && again.pageUrl, pending.pageUrl);
  assert.equal(house.simulator.state().counts.sessions, 1);
});

test('yen and dinar are charged in the provider’s units, and what it cannot charge exactly is never sent', async (t) => {
  const house = await paymentHouse(t);
  for (const amount of [money('JPY', 2980n), money('KWD', 4_500n)]) {
    const pending = await (await house.newOrder({ amount })).pay();
    await payOnPage(pageOf(pending), { card: '4242424242424242' });
    assert.deepEqual((await house.ask(pending)).captured, amount);
  }
  const odd = await (await house.newOrder({ amount: money('KWD', 4_505n) })).pay();
  assert.equal(odd.state, 'not_attempted');
  const tiny = await (await house.newOrder({ amount: money('USD', 49n) })).pay();
  assert.equal(tiny.state, 'not_attempted');
  assert.match(house.troubles.join(), /amount_too_small/);
});

test('what the provider took is recorded as it is, less or more than was asked', async (t) => {
  const house = await paymentHouse(t);
  for (const [card, minor] of [
    ['4000009900000111', 1471n],
    ['4000009900000129', 1791n],
  ] as const) {
    const pending = await (await house.newOrder()).pay();
    await payOnPage(pageOf(pending), { card });
    assert.deepEqual((await house.ask(pending)).captured, money('USD', minor));
  }
});
