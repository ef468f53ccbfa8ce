import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money, ratio } from '#domain/money';
import { isRefusal } from '#platform/refusals';
import type { OperatorFile } from './operator-file.ts';
import { readOperatorFile } from './read-operator-file.ts';
import { sampleFile, sampleMarketInFile } from './sample-file.ts';
import { sampleNames } from './sample-market.ts';

function read(file: unknown) {
  const operator = readOperatorFile(file);
  assert.ok(!isRefusal(operator), isRefusal(operator) ? String(operator.values['problems']) : '');
  return operator;
}

function termsOf(file: OperatorFile, code: string) {
  const terms = read(file).markets[0]?.products.find((product) => product.code === code)?.terms;
  assert.ok(terms !== undefined, code);
  return terms;
}

test('amounts become money, percentages ratios, and a throttled plan gets the remainder its operator need not write [BUY-1]', () => {
  const terms = termsOf(sampleFile(), 'month-5gb');
  assert.ok(terms.kind === 'plan');
  assert.deepEqual(terms.price, money('USD', 1500n));
  assert.deepEqual(terms.exhaustion, { kind: 'throttle', speedKbps: 128 });
  assert.deepEqual(
    terms.parts.map(({ quantity, fullSpeedCap }) => [quantity, fullSpeedCap]),
    [
      [5_000_000_000n, null],
      [null, 0n],
    ],
  );
  const [component] = read(sampleFile()).markets[0]?.terms.taxRegions[0]?.components ?? [];
  assert.ok(component?.kind === 'percentage');
  assert.deepEqual(component.rate, ratio(13n, 200n));
});

test('an unlimited plan has its cap and needs no remainder [BUY-1]', () => {
  const file = sampleFile();
  file.markets[0]?.plans[0]?.parts?.splice(0, 1, { service: 'data', quantity: 'unlimited', fullSpeedCap: '50 GB' });
  const terms = termsOf(file, 'month-5gb');
  assert.ok(terms.kind === 'plan');
  assert.deepEqual(
    terms.parts.map(({ quantity, fullSpeedCap }) => [quantity, fullSpeedCap]),
    [[null, 50_000_000_000n]],
  );
});

test('a plan without price and period is pay as you go, at exact prices per octet [BUY-1]', () => {
  const file = sampleFile();
  const rates = [{ service: 'data', price: '0.005', per: '1 MB' }];
  file.markets[0]?.plans.push({ code: 'payg', names: sampleNames('Pay as you go'), whenUsedUp: 'pay as you go', rates });
  const terms = termsOf(file, 'payg');
  assert.ok(terms.kind === 'plan');
  assert.equal(terms.period, null);
  assert.deepEqual(terms.rates[0], {
    service: 'data',
    zone: 'any',
    price: { currency: 'USD', perUnit: ratio(1n, 2_000_000n) },
    includesTax: false,
  });
});

test('what a market reminds of a low balance at is read where it is said, and is no field where it is not', () => {
  const file = sampleFile();
  assert.ok(!('remindBelow' in (read(file).markets[0]?.terms.topUp ?? {})));
  Object.assign(file.markets[0]?.topUp ?? {}, { remindBelow: '2' });
  assert.deepEqual(read(file).markets[0]?.terms.topUp.remindBelow, { currency: 'USD', minor: 200n });
});

test('each preset is a product, and so is a top-up of one’s own amount, within the limits [BUY-2]', () => {
  const file = sampleFile();
  file.markets[0]?.topUp.presets.push('7.50');
  const topUps = read(file).markets[0]?.products.filter(({ terms }) => terms.kind === 'top_up') ?? [];
  assert.deepEqual(
    topUps.map(({ code, terms }) => [code, terms.kind === 'top_up' && terms.amount?.minor]),
    [
      ['top-up-7-5', 750n],
      ['top-up-10', 1000n],
      ['top-up', undefined],
    ],
  );
});

test('days in a file are local days of the market, and the last day belongs to the offer', () => {
  const file = sampleFile();
  Object.assign(file.markets[0]?.packs[0] ?? {}, { firstDay: '2026-12-01', lastDay: '2026-12-31' });
  const pack = read(file).markets[0]?.products.find(({ code }) => code === 'pack-1gb');
  assert.equal(pack?.from?.toISOString(), '2026-12-01T05:00:00.000Z');
  assert.equal(pack?.terms.validUntil?.toISOString(), '2027-01-01T05:00:00.000Z');
});

/** Changes one place of the sample file: "markets.0.zone". */
function changed(place: string, value: unknown): unknown {
  const file: unknown = sampleFile();
  const steps = place.split('.');
  const last = steps.pop() ?? '';
  const target = steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], file) as Record<string, unknown>;
  if (value === undefined) delete target[last];
  else target[last] = value;
  return file;
}

const wrong: [rule: string, place: string, value: unknown, path: string, expected: RegExp][] = [
  ['a missing field is told by its path', 'brand.accent', undefined, 'brand.accent', /^a colour like "#0b7a75"$/],
  ['a field that does not exist is told', 'brand.colour', 'red', 'brand.colour', /^no such field$/],
  ['a wrong kind of value is told in words', 'brand.accent', 7, 'brand.accent', /^a colour/],
  ['a language is one of the four', 'brand.languages', ['en', 'fr'], 'brand.languages[1]', /^one of en, es, zh-Hans, zh-Hant$/],
  [
    'names are complete in four languages',
    'markets.0.plans.0.names',
    { en: 'x', es: 'x', 'zh-Hans': 'x' },
    'markets[0].plans[0].names.zh-Hant',
    /^text$/,
  ],
  [
    'a market speaks languages of the brand',
    'markets.0.languages',
    ['zh-Hans'],
    'markets[0].languages[0]',
    /^one of the brand's languages \(en, es\)$/,
  ],
  ['a currency is in ISO 4217', 'markets.0.currency', 'USB', 'markets[0].currency', /^an ISO 4217 currency/],
  ['a zone is in the tz database', 'markets.0.zone', 'America/Seattle', 'markets[0].zone', /^an IANA time zone/],
  ['an offset is not a zone', 'markets.0.zone', '+09:00', 'markets[0].zone', /^an IANA time zone/],
  ['an amount is text, not a number', 'markets.0.plans.0.price', 15, 'markets[0].plans[0].price', /^an amount as decimal text/],
  [
    'an amount has the currency’s decimals',
    'markets.0.plans.0.price',
    '15.001',
    'markets[0].plans[0].price',
    /^at most 2 decimals, as USD has$/,
  ],
  [
    'a GB is decimal, and that is said',
    'markets.0.packs.0.parts',
    [{ service: 'data', quantity: '1 GiB' }],
    'markets[0].packs[0].parts[0].quantity',
    /1,000,000,000 octets/,
  ],
  [
    'talk is in minutes',
    'markets.0.packs.0.parts',
    [{ service: 'voice', quantity: '1 GB' }],
    'markets[0].packs[0].parts[0].quantity',
    /^a quantity of voice like "100 min"/,
  ],
  ['a plan with a price has a period', 'markets.0.plans.0.period', undefined, 'markets[0].plans[0].period', /^the period/],
  ['a plan with a period has a price', 'markets.0.plans.0.price', undefined, 'markets[0].plans[0].price', /^a price/],
  ['a throttle says its speed', 'markets.0.plans.0.whenUsedUp', 'throttle', 'markets[0].plans[0].whenUsedUp', /throttle to 128 kbit\/s/],
  ['a rule of products is told with its place', 'markets.0.packs.0.price', '0', 'markets[0].packs[0].price', /^a price above zero$/],
  ['a day is in the calendar', 'markets.0.packs.0.firstDay', '2026-02-30', 'markets[0].packs[0].firstDay', /in the calendar/],
  ['a product code is used once', 'markets.0.packs.0.code', 'month-5gb', 'markets[0]', /not month-5gb again/],
  ['top-up codes are ours', 'markets.0.packs.0.code', 'top-up-9', 'markets[0].packs[0].code', /does not begin with "top-up"/],
  ['a preset is within the limits', 'markets.0.topUp.presets', ['1'], 'markets[0].topUp.presets[0]', /within the limits/],
  ['the limits are in order', 'markets.0.topUp.max', '4', 'markets[0].topUp.max', /not below the least/],
  [
    'a percentage has its sign',
    'markets.0.tax.regions.0.components.0.rate',
    '6.5',
    'markets[0].tax.regions[0].components[0].rate',
    /like "8.75%"/,
  ],
  [
    'a component is a percentage or an amount, not both',
    'markets.0.tax.regions.0.components.0.amount',
    '1',
    'markets[0].tax.regions[0].components[0]',
    /^either rate or amount$/,
  ],
  [
    'a region’s percentages stay within 100%',
    'markets.0.tax.regions.0.components.0.rate',
    '101%',
    'markets[0].tax.regions[0].components',
    /100% together/,
  ],
  ['the default tax region exists', 'markets.0.tax.defaultRegion', 'CA', 'markets[0].tax.defaultRegion', /\(WA\)/],
  [
    'a postcode range is in order',
    'markets.0.tax.regions.0.postcodes',
    [['990', '980']],
    'markets[0].tax.regions[0].postcodes[0]',
    /the lower first/,
  ],
  ['two markets have two codes', 'markets.1', sampleMarketInFile(), 'markets[1].code', /no other market has/],
  ['a file is an object', 'markets', 'none', 'markets', /^one to 50 markets$/],
];
for (const [rule, place, value, path, expected] of wrong) {
  test(`${rule}: the refusal names ${path} and what is expected`, () => {
    const refused = readOperatorFile(changed(place, value));
    assert.ok(isRefusal(refused), 'it is refused');
    assert.equal(refused.code, 'catalog.operator_file_wrong');
    assert.equal(refused.values['path'], path);
    assert.match(String(refused.values['expected']), expected);
  });
}

test('everything that is wrong is told at once', () => {
  const file = sampleFile();
  Object.assign(file.markets[0] ?? {}, { currency: 'USB', zone: 'Mars/Base' });
  const refused = readOperatorFile(file);
  assert.ok(isRefusal(refused));
  assert.equal(refused.values['count'], 2);
  assert.match(String(refused.values['problems']), /^markets\[0\]\.currency: expected an ISO 4217.*\nmarkets\[0\]\.zone: expected an IANA/);
});

test('what is not an object at all is refused as the file', () => {
  for (const file of [null, 'text', 7, []]) {
    const refused = readOperatorFile(file);
    assert.equal(isRefusal(refused) && refused.values['path'], 'file');
  }
});
