import assert from 'node:assert/strict';
import { test } from 'node:test';
import { present } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { activeLine, allowed, GUEST, newLine, PACK, quote, RENEW, refusal, testHouse, topUp } from '#tests/house';
import { listOffers } from './list-offers.ts';
import { sumOf } from './order.ts';

test('an offer costs what its quote costs, tax included [BUY-1, PAY-3]', async (t) => {
  const tested = await testHouse(t);
  for (const [market, taxRegion, currency] of [
    ['US', '98101', 'USD'],
    ['JP', '1500001', 'JPY'],
    ['KW', undefined, 'KWD'],
  ] as const) {
    const number = { US: '+12065550171', JP: '+817055550171', KW: '+96555550171' }[market];
    const line = await activeLine(tested, { market, number, ...(taxRegion === undefined ? {} : { taxRegion }) });
    const offers = allowed(await listOffers(tested.house, GUEST, line));
    assert.ok(!isRefusal(offers.renewal));
    const pack = present(offers.packs[0], 'packs are on sale');
    const preset = present(offers.topUps[0], 'there are presets');
    const pairs = [
      [offers.renewal, RENEW],
      [pack, PACK],
      [preset, topUp(preset.price.minor, currency)],
    ] as const;
    for (const [offer, item] of pairs) {
      const quoted = await quote(tested, line, [item], GUEST);
      assert.deepEqual(offer.sum, sumOf({ tender: 'provider', content: quoted.content }));
    }
  }
});

test('what cannot be bought says why: pay as you go is not renewed, a line without a plan neither', async (t) => {
  const tested = await testHouse(t);
  const payg = allowed(await listOffers(tested.house, GUEST, await newLine(tested, { plan: 'payg' })));
  assert.ok(!isRefusal(payg.renewal));
  assert.equal(refusal(payg.renewal.effect), 'lines.plan_has_no_period');
  const bare = allowed(await listOffers(tested.house, GUEST, await newLine(tested, { plan: undefined })));
  assert.equal(refusal(bare.renewal), 'orders.no_plan');
  assert.equal(refusal(present(bare.packs[0], 'packs are on sale').effect), 'lines.pack_needs_plan');
});
