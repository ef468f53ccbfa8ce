import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Increment } from '#domain/catalog';
import { money, ratio, unitPrice } from '#domain/money';
import { affordableUnits, costOf, debitOf } from './cost-use.ts';
import { sampleRate } from './sample-terms.ts';

const MINUTE: Increment = { first: 60n, next: 60n };
const MINUTE_THEN_SECOND: Increment = { first: 60n, next: 1n };
const KIB: Increment = { first: 1n, next: 1024n };

/** "0.05" dollars for 60 seconds. */
const priced = (currency: string, price: [bigint, bigint], per: bigint, increment?: Increment) => ({
  price: unitPrice(currency, ratio(...price), per),
  ...(increment === undefined ? {} : { increment }),
});
const usdMinute = (increment?: Increment) => priced('USD', [5n, 100n], 60n, increment);

const costs: [rule: string, rate: ReturnType<typeof priced>, units: bigint, minor: bigint][] = [
  ['nothing costs nothing', usdMinute(MINUTE), 0n, 0n],
  ['a second of a minute’s price rounds up to a cent', usdMinute(), 1n, 1n],
  ['twelve seconds are a fifth of a minute, exactly a cent', usdMinute(), 12n, 1n],
  ['thirteen begin the next cent', usdMinute(), 13n, 2n],
  ['a started minute is a minute', usdMinute(MINUTE), 1n, 5n],
  ['a whole minute is no more', usdMinute(MINUTE), 60n, 5n],
  ['the next second begins the next', usdMinute(MINUTE), 61n, 10n],
  ['after the first minute each second counts', usdMinute(MINUTE_THEN_SECOND), 61n, 6n],
  ['and within it none', usdMinute(MINUTE_THEN_SECOND), 59n, 5n],
  ['the first octet alone', priced('USD', [1n, 100n], 1024n, KIB), 1n, 1n],
  ['the second octet starts a block', priced('USD', [1n, 100n], 1024n, KIB), 2n, 2n],
  ['a block is not charged twice', priced('USD', [1n, 100n], 1024n, KIB), 1025n, 2n],
  ['the next octet starts another', priced('USD', [1n, 100n], 1024n, KIB), 1026n, 3n],
  ['a yen has no decimals: half a yen a megabyte', priced('JPY', [1n, 2n], 1_000_000n), 1n, 1n],
  ['two megabytes are one yen', priced('JPY', [1n, 2n], 1_000_000n), 2_000_000n, 1n],
  ['3.3 yen a message: three are 9.9', priced('JPY', [33n, 10n], 1n), 3n, 10n],
  ['and ten are 33, not 40', priced('JPY', [33n, 10n], 1n), 10n, 33n],
  ['a dinar has a thousand fils: 0.025 a minute', priced('KWD', [25n, 1000n], 60n), 60n, 25n],
  ['a second of it is a fils', priced('KWD', [25n, 1000n], 60n), 1n, 1n],
  ['a started minute of it', priced('KWD', [25n, 1000n], 60n, MINUTE), 61n, 50n],
  ['a terabyte at a cent a megabyte', priced('USD', [1n, 100n], 1_000_000n), 10n ** 12n, 1_000_000n],
];
for (const [rule, rate, units, minor] of costs) {
  test(`${rule}: ${units} cost ${minor} ${rate.price.currency} minor [BUY-1]`, () =>
    assert.deepEqual(costOf(rate, units), money(rate.price.currency, minor)));
}

test('a debit is what is due now, and never negative: what was paid too much stays paid until use has caught up', () => {
  const rate = usdMinute(MINUTE);
  assert.equal(debitOf(rate, { unitsBefore: 0n, debitedMinor: 0n, units: 30n }), 5n);
  assert.equal(debitOf(rate, { unitsBefore: 30n, debitedMinor: 5n, units: 30n }), 0n);
  assert.equal(debitOf(rate, { unitsBefore: 60n, debitedMinor: 5n, units: 1n }), 5n);
  assert.equal(debitOf(rate, { unitsBefore: 0n, debitedMinor: 100n, units: 60n }), 0n);
});

test('what a peer reports may cost more than any amount: the debit says so, it does not fail (G6)', () => {
  const debit = debitOf(sampleRate(1000n, 1n), { unitsBefore: 2n ** 64n, debitedMinor: 0n, units: 2n ** 64n });
  assert.equal(debit, 2000n * 2n ** 64n);
});

test('use that costs nothing has no end [BUY-6]', () => {
  const free = { price: { currency: 'USD', perUnit: ratio(0n, 1n) } };
  assert.equal(affordableUnits(free, { unitsBefore: 0n, debitedMinor: 0n, moneyMinor: 0n }), null);
  assert.deepEqual(costOf(free, 10n ** 15n), money('USD', 0n));
});

const affordable: [rule: string, rate: ReturnType<typeof priced>, unitsBefore: bigint, debited: bigint, money: bigint, units: bigint][] = [
  ['no money pays for nothing', usdMinute(), 0n, 0n, 0n, 0n],
  ['a cent pays for twelve seconds', usdMinute(), 0n, 0n, 1n, 12n],
  ['what the last cent paid for and was not used is still there', usdMinute(), 1n, 1n, 0n, 11n],
  ['four cents do not start a minute of five', usdMinute(MINUTE), 0n, 0n, 4n, 0n],
  ['nine start one', usdMinute(MINUTE), 0n, 0n, 9n, 60n],
  ['a started minute goes to its end without money', usdMinute(MINUTE), 10n, 5n, 0n, 50n],
  ['six are a minute and twelve seconds', usdMinute(MINUTE_THEN_SECOND), 0n, 0n, 6n, 72n],
  ['what is owed already is paid before anything new', usdMinute(), 600n, 0n, 20n, 0n],
];
for (const [rule, rate, unitsBefore, debitedMinor, moneyMinor, units] of affordable) {
  test(`${rule} [LIFE-1]`, () => assert.equal(affordableUnits(rate, { unitsBefore, debitedMinor, moneyMinor }), units));
}

const anyIncrement = fc.option(fc.record({ first: fc.bigInt(1n, 5000n), next: fc.bigInt(1n, 5000n) }), { nil: undefined });
const anyRate = fc
  .record({ price: fc.bigInt(1n, 10n ** 6n), per: fc.bigInt(1n, 10n ** 9n), increment: anyIncrement })
  .map(({ price, per, increment }) => sampleRate(price, per, increment === undefined ? {} : { increment }));

test('any split of a use into reports costs the same as one (L9) [LIFE-1]', () => {
  fc.assert(
    fc.property(anyRate, fc.array(fc.bigInt(0n, 10n ** 10n), { minLength: 1, maxLength: 30 }), (rate, reports) => {
      let unitsBefore = 0n;
      let debitedMinor = 0n;
      for (const units of reports) {
        debitedMinor += debitOf(rate, { unitsBefore, debitedMinor, units });
        unitsBefore += units;
        // Not only at the end: after each report exactly what was used is paid.
        assert.equal(debitedMinor, costOf(rate, unitsBefore).minor);
      }
    }),
    { numRuns: 500 },
  );
});

test('what money pays for costs at most the money, and one unit more costs more than it [LIFE-1]', () => {
  fc.assert(
    fc.property(anyRate, fc.bigInt(0n, 10n ** 10n), fc.bigInt(0n, 10n ** 9n), (rate, unitsBefore, moneyMinor) => {
      const debitedMinor = costOf(rate, unitsBefore).minor;
      const units = affordableUnits(rate, { unitsBefore, debitedMinor, moneyMinor });
      assert.ok(units !== null);
      assert.ok(debitOf(rate, { unitsBefore, debitedMinor, units }) <= moneyMinor);
      assert.ok(debitOf(rate, { unitsBefore, debitedMinor, units: units + 1n }) > moneyMinor);
    }),
    { numRuns: 500 },
  );
});

test('quota by quota as money allows, a session uses exactly what it could have used at once [LIFE-1]', () => {
  fc.assert(
    fc.property(anyRate, fc.bigInt(0n, 10n ** 6n), fc.array(fc.bigInt(1n, 10n ** 7n), { maxLength: 20 }), (rate, moneyMinor, quotas) => {
      let tally = { unitsBefore: 0n, debitedMinor: 0n };
      for (const quota of [...quotas, null]) {
        const most = affordableUnits(rate, { ...tally, moneyMinor: moneyMinor - tally.debitedMinor }) ?? 0n;
        const units = quota === null || most < quota ? most : quota;
        const debit = debitOf(rate, { ...tally, units });
        tally = { unitsBefore: tally.unitsBefore + units, debitedMinor: tally.debitedMinor + debit };
        assert.ok(tally.debitedMinor <= moneyMinor);
      }
      assert.equal(tally.unitsBefore, affordableUnits(rate, { unitsBefore: 0n, debitedMinor: 0n, moneyMinor }));
    }),
    { numRuns: 300 },
  );
});
