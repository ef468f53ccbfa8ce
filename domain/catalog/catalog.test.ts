import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { type Catalog, createCatalog, type ProductTerms, type Version } from './catalog.ts';
import { sampleMarket, sampleNames } from './sample-market.ts';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const usd = (minor: bigint) => money('USD', minor);

function pack(minor: bigint, validUntil: Date | null = null): ProductTerms {
  return { kind: 'pack', names: sampleNames('Pack'), price: usd(minor), validity: { unit: 'day', count: 30 }, parts: [], validUntil };
}

function plan(minor: bigint, unit: 'day' | 'month' | 'year' | null): ProductTerms {
  const period = unit === null ? null : { unit, count: 1 };
  return {
    kind: 'plan',
    names: sampleNames('Plan'),
    price: usd(minor),
    period,
    parts: [],
    exhaustion: { kind: 'stop' },
    rates: [],
    validUntil: null,
  };
}

function topUp(minor: bigint | null): ProductTerms {
  return {
    kind: 'top_up',
    names: sampleNames('Top-up'),
    amount: minor === null ? null : usd(minor),
    min: usd(1n),
    max: usd(99n),
    validUntil: null,
  };
}

function catalogOf(products: Record<string, Version<ProductTerms>[]>): Catalog {
  const { code, version, validFrom, validUntil, ...terms } = sampleMarket();
  const markets = new Map([[code, [{ version, validFrom, terms }]]]);
  return createCatalog({ revision: 1n, brand: null, markets, products: new Map([[code, new Map(Object.entries(products))]]) });
}

const version = (number: number, from: string, terms: ProductTerms | null): Version<ProductTerms> => ({
  version: number,
  validFrom: day(from),
  terms,
});
const priceAt = (catalog: Catalog, at: string) => {
  const product = catalog.product('US', 'pack', day(at));
  return product?.kind === 'pack' ? product.price.minor : undefined;
};

test('a version is on sale from its first instant until the next one’s, and is read for ever', () => {
  const catalog = catalogOf({ pack: [version(1, '2026-01-01', pack(1n)), version(2, '2026-02-01', pack(2n))] });
  assert.deepEqual(
    ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2030-01-01'].map((at) => priceAt(catalog, at)),
    [undefined, 1n, 1n, 2n, 2n],
  );
  const first = catalog.productVersion('US', 'pack', 1);
  assert.ok(first?.kind === 'pack');
  assert.deepEqual([first.price, first.validFrom, first.validUntil], [usd(1n), day('2026-01-01'), day('2026-02-01')]);
  assert.equal(catalog.productVersion('US', 'pack', 2)?.validUntil, null);
  assert.equal(catalog.productVersion('US', 'pack', 3), undefined);
});

test('of two versions that have begun the later written holds, also where an earlier one was to begin after it', () => {
  const catalog = catalogOf({
    pack: [version(1, '2026-01-01', pack(1n)), version(2, '2026-06-01', pack(2n)), version(3, '2026-02-01', pack(3n))],
  });
  assert.deepEqual(
    ['2026-01-15', '2026-02-01', '2026-06-01', '2027-01-01'].map((at) => priceAt(catalog, at)),
    [1n, 3n, 3n, 3n],
  );
  assert.deepEqual(catalog.productVersion('US', 'pack', 1)?.validUntil, day('2026-02-01'));
});

test('what is withdrawn is not on sale but is still read by its version', () => {
  const catalog = catalogOf({ pack: [version(1, '2026-01-01', pack(1n)), version(2, '2026-02-01', null)] });
  assert.deepEqual(
    ['2026-01-31', '2026-02-01'].map((at) => priceAt(catalog, at)),
    [1n, undefined],
  );
  assert.ok(catalog.productVersion('US', 'pack', 1));
  assert.equal(catalog.productVersion('US', 'pack', 2), undefined);
  assert.deepEqual(catalog.onSale('US', day('2026-02-01')), []);
});

test('an offer ends when it was said to end, and nothing older comes back for it', () => {
  const catalog = catalogOf({ pack: [version(1, '2026-01-01', pack(1n)), version(2, '2026-02-01', pack(2n, day('2026-03-01')))] });
  assert.deepEqual(
    ['2026-02-28', '2026-03-01', '2026-04-01'].map((at) => priceAt(catalog, at)),
    [2n, undefined, undefined],
  );
});

test('a market is found by code and instant, and by the version an order was sold under', () => {
  const catalog = catalogOf({});
  assert.equal(catalog.market('US', day('2024-12-31')), undefined);
  assert.equal(catalog.market('US', day('2026-01-01'))?.version, 1);
  assert.equal(catalog.marketVersion('US', 1)?.currency, 'USD');
  assert.equal(catalog.market('JP', day('2026-01-01')), undefined);
  assert.deepEqual(
    catalog.markets(day('2026-01-01')).map(({ code }) => code),
    ['US'],
  );
});

test('what is on sale is listed days, months, years, pay as you go, packs, top-ups, the cheaper first [BUY-1]', () => {
  const products = {
    custom: topUp(null),
    'top-25': topUp(25n),
    'top-10': topUp(10n),
    'big-pack': pack(12n),
    'small-pack': pack(5n),
    payg: plan(0n, null),
    year: plan(150n, 'year'),
    'month-more': plan(40n, 'month'),
    month: plan(15n, 'month'),
    day: plan(2n, 'day'),
  };
  const catalog = catalogOf(Object.fromEntries(Object.entries(products).map(([code, terms]) => [code, [version(1, '2026-01-01', terms)]])));
  const codes = (kinds?: Parameters<Catalog['onSale']>[2]) => catalog.onSale('US', day('2026-01-01'), kinds).map(({ code }) => code);
  assert.deepEqual(codes(), ['day', 'month', 'month-more', 'year', 'payg', 'small-pack', 'big-pack', 'top-10', 'top-25', 'custom']);
  assert.deepEqual(codes(['pack']), ['small-pack', 'big-pack']);
  assert.deepEqual(catalog.onSale('JP', day('2026-01-01')), []);
});

test('what the catalogue gives out cannot be changed', () => {
  const found = catalogOf({ pack: [version(1, '2026-01-01', pack(1n))] }).product('US', 'pack', day('2026-01-01'));
  assert.ok(found !== undefined && Object.isFrozen(found));
});
