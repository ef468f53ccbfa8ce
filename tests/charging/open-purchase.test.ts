import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROFILES } from '#domain/charging';
import { quoteOrder } from '#domain/orders';
import { MINUTE_MS } from '#platform/clock';
import { isRefusal } from '#platform/refusals';
import { chargingHouse, itemOf, MB } from '#tests/charging';
import { activeLine, buy, OPERATOR, RENEW, stateOf } from '#tests/house';

type House = Awaited<ReturnType<typeof chargingHouse>>;

async function served(t: Parameters<typeof chargingHouse>[0], profile: keyof typeof PROFILES) {
  const house = await chargingHouse(t);
  const claim = await activeLine(house.test);
  const { number } = (await stateOf(house.test, claim)).line;
  const session = house.session({ ...claim, number });
  const over = { profile: PROFILES[profile] };
  await session.begin(over);
  const validity = async () => itemOf(await session.update(1n * MB, over)).validitySeconds;
  return { house, claim, validity };
}

async function review({ test: { house } }: House, line: Awaited<ReturnType<typeof activeLine>>): Promise<void> {
  assert.ok(!isRefusal(await quoteOrder(house, OPERATOR, { line, items: [RENEW] })));
}

test('a peer that cannot be told of a renewal asks each second from the review page on, and each ten again when nothing came of it [FX-2]', async (t) => {
  const { house, claim, validity } = await served(t, 'open5gs');
  assert.equal(await validity(), 10);
  await review(house, claim);
  assert.equal(await validity(), 1);
  house.test.clock.advance(15 * MINUTE_MS + 1);
  assert.equal(await validity(), 10);
  await review(house, claim);
  await buy(house.test, claim, [RENEW]);
  assert.equal(await validity(), 10, 'what was bought is there: nobody waits for it any more');
  await house.end();
});

test('a peer that can be told is not made to ask more often', async (t) => {
  const { house, claim, validity } = await served(t, 'standard');
  const before = await validity();
  await review(house, claim);
  assert.equal(await validity(), before);
  await house.end();
});

test('a line has twenty such openings a day: whoever opens pages all day does not make a network ask all day', async (t) => {
  const { house, claim, validity } = await served(t, 'open5gs');
  for (let opening = 1; opening < 20; opening += 1) await review(house, claim);
  house.test.clock.advance(15 * MINUTE_MS + 1);
  await review(house, claim);
  assert.equal(await validity(), 10);
  house.test.clock.advance(24 * 60 * MINUTE_MS);
  await review(house, claim);
  assert.equal(await validity(), 1);
  await house.end();
});
