import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actOnPage, allowed, cardNumber, newLine, order, orderNow, place, quote, RENEW, testHouse } from '#tests/house';
import { standingOf } from './order-standing.ts';
import { readOrder } from './read-order.ts';
import { createOrderWatch } from './watch-order.ts';

async function watching(t: { after(end: () => Promise<void>): void }, patienceMs = 20_000) {
  const asked = { count: 0, fail: false, hold: undefined as Promise<void> | undefined };
  const tested = await testHouse(t, {
    wrapProvider: (provider) => ({
      ...provider,
      async lookUp(request, now) {
        asked.count += 1;
        await asked.hold;
        if (asked.fail) throw new Error('no such host');
        return provider.lookUp(request, now);
      },
    }),
  });
  const troubles: unknown[] = [];
  const watch = createOrderWatch(tested.house, { onTrouble: (error) => troubles.push(error), patienceMs });
  const paying = await order(tested, await newLine(tested), [RENEW]);
  const look = async () => {
    const { order: seen, attempts } = await watch.look(await orderNow(tested, paying.order));
    return standingOf(seen, attempts);
  };
  return { ...tested, asked, troubles, paying, look };
}

test('a payment is asked about at once on read, then every five seconds at most, less often as it drags on [PAY-5]', async (t) => {
  const { asked, look, clock } = await watching(t);
  for (let looks = 0; looks < 3; looks += 1) assert.equal(await look(), 'awaiting_payment');
  assert.equal(asked.count, 1);
  clock.advance(4_999);
  await look();
  assert.equal(asked.count, 1);
  clock.advance(1);
  await look();
  assert.equal(asked.count, 2);
  clock.advance(600_000);
  await look();
  clock.advance(20_000);
  await look();
  assert.equal(asked.count, 3);
});

test('who comes back from the page sees what became of it, and a paid order is asked about no more [FX-2]', async (t) => {
  const { asked, look, paying, clock } = await watching(t);
  await look();
  await actOnPage(paying, { card: cardNumber('good') });
  clock.advance(6_000);
  assert.equal(await look(), 'delivered');
  clock.advance(60_000);
  assert.equal(await look(), 'delivered');
  assert.equal(asked.count, 2);
});

test('those who look meanwhile wait for the same question, and nobody for long', async (t) => {
  const { asked, look } = await watching(t, 30);
  let answer = () => {};
  asked.hold = new Promise((resolve) => {
    answer = resolve;
  });
  assert.deepEqual(await Promise.all([look(), look(), look()]), ['awaiting_payment', 'awaiting_payment', 'awaiting_payment']);
  assert.equal(asked.count, 1);
  answer();
  await asked.hold;
});

test('a question that fails is told to the operator, and the reader sees what is known', async (t) => {
  const { asked, look, troubles } = await watching(t);
  asked.fail = true;
  assert.equal(await look(), 'awaiting_payment');
  assert.equal(troubles.length, 1);
});

test('an attempt that is being sent is not asked about; one that never was, after a while, is [P2]', async (t) => {
  const { asked, house, clock, database } = await watching(t);
  const watch = createOrderWatch(house, { onTrouble: (error) => assert.fail(String(error)) });
  const line = await newLine({ house });
  const placed = allowed(await place({ house }, { quote: await quote({ house }, line, [RENEW]) }));
  const look = () => watch.look(placed.order);
  await look();
  assert.equal(asked.count, 0);
  clock.advance(16_000);
  await look();
  assert.equal(asked.count, 1);
  assert.equal((await readOrder(database, placed.order))?.state, 'placed');
});
