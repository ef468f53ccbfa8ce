/** P7: webhooks in any order, any number, any delay give the same end state; forged and stale ones do nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#domain/money';
import { type Attempt, findAttempt, readAttempt, recordDispute, refundable, verifyEvent } from '#domain/payments';
import { present } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { payOnPage } from '#simulators/payment-provider';
import { type Arrived, type PaymentHouse, pageOf, paymentHouse } from '#tests/payment-house';

async function payWith(house: PaymentHouse, card: string): Promise<Attempt> {
  const pending = await (await house.newOrder()).pay();
  await payOnPage(pageOf(pending), { card });
  return pending;
}

const now = async (house: PaymentHouse, attempt: Attempt) => present(await readAttempt(house.database, attempt), 'it is there');
const typeOf = ({ body }: Arrived): string => JSON.parse(body.toString()).type;

test('a signed webhook finds the attempt, and the money is recorded though nobody came back [PAY-5]', async (t) => {
  const house = await paymentHouse(t);
  const attempt = await payWith(house, '4242424242424242');
  await house.simulator.deliverAll();
  assert.deepEqual(house.arrived.map(typeOf).sort(), ['charge.succeeded', 'checkout.session.completed', 'payment_intent.succeeded']);
  const webhook = present(
    house.arrived.find((one) => typeOf(one) === 'checkout.session.completed'),
    'it arrived',
  );
  assert.equal(await house.handle(webhook), 'done');
  assert.equal((await now(house, attempt)).state, 'succeeded');
  assert.equal(await house.handle(webhook), 'again');
});

test('each webhook sent twice is claimed once', async (t) => {
  const house = await paymentHouse(t);
  const attempt = await payWith(house, '4000009900000046');
  await house.simulator.deliverAll();
  const said: Record<string, string[]> = {};
  for (const webhook of house.arrived) said[typeOf(webhook)] = [...(said[typeOf(webhook)] ?? []), await house.handle(webhook)];
  assert.deepEqual(said, {
    'payment_intent.succeeded': ['done', 'again'],
    'charge.succeeded': ['nothing', 'nothing'],
    'checkout.session.completed': ['done', 'again'],
  });
  assert.equal((await now(house, attempt)).state, 'succeeded');
});

test('a webhook that overtakes the customer’s return is right already', async (t) => {
  const house = await paymentHouse(t);
  await payWith(house, '4000009900000053');
  // Not waited for: it arrived before the page answered.
  assert.equal(house.arrived.length, 3);
});

test('a webhook that says less than the provider knows does not undo anything', async (t) => {
  const house = await paymentHouse(t);
  const attempt = await payWith(house, '4000009900000079');
  await house.simulator.deliverAll();
  assert.equal(typeOf(present(house.arrived[0], 'the last one first')), 'checkout.session.completed');
  assert.equal(typeOf(present(house.arrived.at(-1), 'the first one last')), 'payment_intent.processing');
  for (const webhook of house.arrived) await house.handle(webhook);
  assert.equal((await now(house, attempt)).state, 'succeeded');
});

for (const [card, flaw] of [
  ['4000009900000087', 'payments.event_forged'],
  ['4000009900000095', 'payments.event_expired'],
] as const)
  test(`${flaw}: refused, and the money is found by asking`, async (t) => {
    const house = await paymentHouse(t);
    const attempt = await payWith(house, card);
    await house.simulator.deliverAll();
    assert.equal(house.arrived.length, 3);
    for (const webhook of house.arrived) assert.equal(await house.handle(webhook), flaw);
    assert.equal((await now(house, attempt)).state, 'pending');
    assert.equal((await house.ask(attempt)).state, 'succeeded');
  });

test('late or never: asking does not wait for them', async (t) => {
  const house = await paymentHouse(t);
  for (const card of ['4000009900000061', '4000009900000103']) {
    const attempt = await payWith(house, card);
    assert.equal((await house.ask(attempt)).state, 'succeeded');
  }
  assert.equal(house.arrived.length, 0);
});

test('any order, any number, with and without asking in between: the same end [P7]', async (t) => {
  const house = await paymentHouse(t);
  const cards = ['4242424242424242', '4000000000000002', '4000009900000079', '4000009900000111'];
  const plan = fc.record({
    cards: fc.array(fc.constantFrom(...cards), { minLength: 1, maxLength: 3 }),
    steps: fc.array(fc.nat({ max: 30 }), { maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ cards: tried, steps }) => {
      house.arrived.length = 0;
      const pending = await (await house.newOrder()).pay();
      for (const card of tried) await payOnPage(pageOf(pending), { card });
      await house.simulator.deliverAll();
      const hints = [...house.arrived];
      for (const step of steps) {
        const hint = hints[step];
        if (hint === undefined) await house.ask(pending);
        else await house.handle(hint);
      }
      // One more hint or look, whichever: what happened before must not matter.
      const end = await house.ask(pending);
      const taken = tried.find((card) => card !== '4000000000000002');
      assert.equal(end.state, taken === undefined ? 'pending' : 'succeeded');
      const minor = taken === '4000009900000111' ? 1471n : 1631n;
      assert.deepEqual(end.captured, taken === undefined ? null : money('USD', minor));
    }),
    { numRuns: 20 },
  );
});

test('two deliveries of one webhook at the same moment: one is claimed, on two connections [P7]', async (t) => {
  const house = await paymentHouse(t);
  const attempt = await payWith(house, '4242424242424242');
  await house.simulator.deliverAll();
  const webhook = present(
    house.arrived.find((one) => typeOf(one) === 'payment_intent.succeeded'),
    'it arrived',
  );
  const said = await Promise.all([house.handle(webhook), house.handle(webhook), house.handle(webhook)]);
  assert.deepEqual(said.sort(), ['again', 'again', 'done']);
  assert.equal((await now(house, attempt)).state, 'succeeded');
});

async function applyDispute(house: PaymentHouse, webhook: Arrived): Promise<string | undefined> {
  const { database, clock, providers } = house;
  const headers = { 'stripe-signature': String(webhook.headers['stripe-signature']) };
  const event = verifyEvent(present(providers['stripe'], 'stripe'), webhook.body, headers, clock.transport());
  if (isRefusal(event) || event.dispute === undefined) return undefined;
  const attempt = present(await findAttempt(database, event), 'a dispute’s payment is known');
  const news = event.dispute;
  const change = await database.transaction((tx) => recordDispute(tx, { attempt, news, transportAt: clock.transport() }));
  return change && `${change.from ?? 'new'} → ${change.dispute.state} ${change.dispute.amount.minor}`;
}

test('a dispute is opened once and then won or lost, whatever order its news come in [PAY-6]', async (t) => {
  const house = await paymentHouse(t);
  for (const [end, order, expected, left] of [
    ['lost', 'in order', ['new → opened 1631', undefined, 'opened → lost 1631'], 0n],
    ['won', 'in order', ['new → opened 1631', undefined, 'opened → won 1631'], 1631n],
    ['lost', 'reversed', ['new → lost 1631', undefined, undefined], 0n],
    ['won', 'reversed', ['new → won 1631', undefined, undefined], 1631n],
  ] as const) {
    house.arrived.length = 0;
    const attempt = await payWith(house, '4000000000000259');
    await house.ask(attempt);
    await house.simulator.deliverAll();
    const [dispute] = house.simulator.state().disputes;
    await fetch(`${house.simulator.url}/_simulator/disputes/${dispute?.id}/${end}`, { method: 'POST' });
    await house.simulator.deliverAll();
    const news = house.arrived.filter((one) => typeOf(one).startsWith('charge.dispute.'));
    assert.equal(news.length, 3);
    const said: (string | undefined)[] = [];
    for (const webhook of order === 'reversed' ? news.toReversed() : news) said.push(await applyDispute(house, webhook));
    assert.deepEqual(said, expected, `${end}, ${order}`);
    assert.equal(refundable(await now(house, attempt)).minor, left);
  }
});
