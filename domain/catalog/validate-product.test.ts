import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money, ratio, unitPrice } from '#domain/money';
import type { Pack, Plan, TopUp, UsageRate } from './product.ts';
import { sampleMarket, sampleNames } from './sample-market.ts';
import { validateProduct } from './validate-product.ts';

const market = sampleMarket();
const usd = (minor: bigint) => money('USD', minor);
const basic = { zone: 'any', fullSpeedCap: null, zeroRated: false, shared: false } as const;
const metered = { ...basic, service: 'data', quantity: 5_000_000_000n } as const;
const remainder = { ...basic, service: 'data', quantity: null, fullSpeedCap: 0n } as const;
const unlimited = { ...basic, service: 'data', quantity: null } as const;
const renewal = { ...basic, service: 'data.renewal', quantity: null, zeroRated: true } as const;
const voice = { ...basic, service: 'voice', quantity: 6_000n } as const;
const rate: UsageRate = { service: 'data', zone: 'any', price: unitPrice('USD', ratio(1n, 100n), 1_000_000n), includesTax: true };

type Terms<P> = Omit<P, 'market' | 'code' | 'version' | 'validFrom'>;
const plan: Terms<Plan> = {
  kind: 'plan',
  names: sampleNames('Plan'),
  validUntil: null,
  price: usd(1500n),
  period: { unit: 'month', count: 1 },
  parts: [metered, remainder, voice, renewal],
  exhaustion: { kind: 'throttle', speedKbps: 128 },
  rates: [],
};
const payAsYouGo: Terms<Plan> = {
  ...plan,
  price: usd(0n),
  period: null,
  parts: [renewal],
  exhaustion: { kind: 'pay_as_you_go' },
  rates: [rate],
};
const stopping: Terms<Plan> = { ...plan, parts: [metered, voice], exhaustion: { kind: 'stop' } };
const pack: Terms<Pack> = {
  kind: 'pack',
  names: plan.names,
  validUntil: null,
  price: usd(500n),
  validity: { unit: 'day', count: 30 },
  parts: [metered],
};
const topUp: Terms<TopUp> = { kind: 'top_up', names: plan.names, validUntil: null, amount: usd(1000n), min: usd(500n), max: usd(20_000n) };

for (const [what, product] of Object.entries({
  'a month with a throttle': plan,
  'a plan that stops': stopping,
  'pay as you go': payAsYouGo,
  'a plan that goes on as pay as you go': { ...plan, parts: [metered], exhaustion: payAsYouGo.exhaustion, rates: [rate] },
  'an unlimited month': { ...plan, parts: [{ ...unlimited, fullSpeedCap: 50n }] },
  'an unlimited month without a cap': { ...plan, parts: [unlimited], exhaustion: { kind: 'stop' } as const },
  'a plan with data at home and abroad': { ...stopping, parts: [metered, { ...metered, zone: 'roaming' }] },
  'own and shared data': { ...stopping, parts: [metered, { ...metered, shared: true }] },
  'a pack': pack,
  'an unlimited pack for 7 days': { ...pack, parts: [unlimited], validity: { unit: 'day', count: 7 } as const },
  'a preset top-up': topUp,
  'a top-up of one’s own amount': { ...topUp, amount: null },
})) {
  test(`${what} can be sold [BUY-1]`, () => assert.equal(validateProduct(product, market), undefined));
}

const throttle = (speedKbps: number) => ({ kind: 'throttle', speedKbps }) as const;
const refusals: [rule: string, product: Parameters<typeof validateProduct>[0], code: string, path: string][] = [
  ['a name is given in each language', { ...plan, names: { ...plan.names, 'zh-Hant': ' ' } }, 'product_names_missing', 'names.zh-Hant'],
  ['a plan is priced in its market’s currency', { ...plan, price: money('EUR', 1n) }, 'product_currency_differs', 'price'],
  [
    'a rate is in its market’s currency',
    { ...payAsYouGo, rates: [{ ...rate, price: { ...rate.price, currency: 'EUR' } }] },
    'product_currency_differs',
    'rates[0].price',
  ],
  ['a top-up is in its market’s currency', { ...topUp, amount: money('EUR', 1000n) }, 'product_currency_differs', 'amount'],
  ['a plan for a period costs something', { ...plan, price: usd(0n) }, 'product_price_wrong', 'price'],
  ['pay as you go has no price of its own', { ...payAsYouGo, price: usd(1n) }, 'product_price_wrong', 'price'],
  ['a pack costs something', { ...pack, price: usd(0n) }, 'product_price_wrong', 'price'],
  ['a period has an end in sight', { ...plan, period: { unit: 'year', count: 4 } }, 'product_period_wrong', 'period'],
  ['a period is of whole ones', { ...plan, period: { unit: 'day', count: 1.5 } }, 'product_period_wrong', 'period'],
  ['a pack’s validity is at least one', { ...pack, validity: { unit: 'day', count: 0 } }, 'product_period_wrong', 'validFor'],
  ['a plan gives something', { ...stopping, parts: [renewal] }, 'product_parts_wrong', 'parts'],
  ['a pack gives something', { ...pack, parts: [] }, 'product_parts_wrong', 'parts'],
  ['a pack gives data at full speed', { ...pack, parts: [remainder] }, 'product_parts_wrong', 'parts[0].fullSpeedCap'],
  ['pay as you go grants nothing', { ...payAsYouGo, parts: [metered] }, 'product_parts_wrong', 'parts[0]'],
  ['a quantity is above zero', { ...stopping, parts: [{ ...metered, quantity: 0n }] }, 'product_parts_wrong', 'parts[0].quantity'],
  ['zero-rated data is not metered', { ...stopping, parts: [metered, { ...renewal, quantity: 1n }] }, 'product_parts_wrong', 'parts[1]'],
  [
    'talk has no speed',
    { ...plan, parts: [metered, remainder, { ...voice, fullSpeedCap: 1n }] },
    'product_parts_wrong',
    'parts[2].fullSpeedCap',
  ],
  [
    'a cap is below its quantity',
    { ...plan, parts: [{ ...metered, fullSpeedCap: metered.quantity }, remainder] },
    'product_parts_wrong',
    'parts[0].fullSpeedCap',
  ],
  ['a service and zone is metered once', { ...stopping, parts: [metered, metered] }, 'product_parts_wrong', 'parts[1]'],
  ['unlimited leaves nothing to meter', { ...stopping, parts: [unlimited, metered] }, 'product_parts_wrong', 'parts[0]'],
  ['a plan that throttles has data', { ...plan, parts: [voice] }, 'product_parts_wrong', 'parts'],
  ['metered data that ends in a throttle has a throttled remainder', { ...plan, parts: [metered] }, 'product_parts_wrong', 'parts'],
  [
    'so has metered data of another zone',
    { ...plan, parts: [metered, remainder, { ...metered, zone: 'roaming' }] },
    'product_parts_wrong',
    'parts',
  ],
  ['a plan that stops has nothing throttled', { ...stopping, parts: [metered, remainder] }, 'product_parts_wrong', 'parts[1].fullSpeedCap'],
  ['a throttle leaves some speed', { ...plan, exhaustion: throttle(8) }, 'product_throttle_wrong', 'whenUsedUp'],
  ['a throttle is in whole kbit/s', { ...plan, exhaustion: throttle(128.5) }, 'product_throttle_wrong', 'whenUsedUp'],
  ['without a period only use costs', { ...payAsYouGo, exhaustion: { kind: 'stop' } }, 'product_rates_wrong', 'whenUsedUp'],
  ['pay as you go has a rate for data', { ...payAsYouGo, rates: [] }, 'product_rates_wrong', 'rates'],
  [
    'a rate is above zero',
    { ...payAsYouGo, rates: [{ ...rate, price: unitPrice('USD', ratio(0n, 1n), 1n) }] },
    'product_rates_wrong',
    'rates[0].price',
  ],
  [
    'a rate contains tax where the tax point is use',
    { ...payAsYouGo, rates: [{ ...rate, includesTax: false }] },
    'product_rates_wrong',
    'rates[0]',
  ],
  ['a service and zone has one rate', { ...payAsYouGo, rates: [rate, rate] }, 'product_rates_wrong', 'rates[1]'],
  ['the least top-up is above zero', { ...topUp, min: usd(0n) }, 'product_limits_wrong', 'min'],
  ['the most is not below the least', { ...topUp, max: usd(499n) }, 'product_limits_wrong', 'max'],
  ['a preset is within the limits', { ...topUp, amount: usd(499n) }, 'product_limits_wrong', 'amount'],
];
for (const [rule, product, code, path] of refusals) {
  test(`${rule}, else catalog.${code} [BUY-1]`, () => {
    const refused = validateProduct(product, market);
    assert.deepEqual([refused?.code, refused?.values['path']], [`catalog.${code}`, path]);
    assert.ok(String(refused?.values['expected']).length > 0);
  });
}
