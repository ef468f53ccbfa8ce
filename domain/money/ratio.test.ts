import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { taxInGross, taxOnNet } from './compute-tax.ts';
import { money, subtract } from './money.ts';
import {
  addRatios,
  multiply,
  multiplyRatios,
  parseDecimal,
  parsePercent,
  percentText,
  priceOf,
  type Rounding,
  ratio,
  roundRatio,
  unitPrice,
} from './ratio.ts';

const usd = (minor: bigint) => money('USD', minor);

test('a ratio is kept in lowest terms with its sign above the line', () => {
  assert.deepEqual(ratio(6n, -8n), { numerator: -3n, denominator: 4n });
  assert.deepEqual(ratio(0n, 5n), { numerator: 0n, denominator: 1n });
  assert.throws(() => ratio(1n, 0n), /divided by zero/);
});

const roundings: [numerator: bigint, denominator: bigint, rounding: Rounding, expected: bigint][] = [
  [5n, 2n, 'half_up', 3n],
  [-5n, 2n, 'half_up', -3n],
  [7n, 5n, 'half_up', 1n],
  [1n, 100n, 'up', 1n],
  [-1n, 100n, 'up', -1n],
  [199n, 100n, 'down', 1n],
  [-199n, 100n, 'down', -1n],
  [4n, 2n, 'up', 2n],
  [0n, 3n, 'up', 0n],
];
for (const [numerator, denominator, rounding, expected] of roundings) {
  test(`${numerator}/${denominator} rounded ${rounding} is ${expected}`, () => {
    assert.equal(roundRatio(ratio(numerator, denominator), rounding), expected);
  });
}

test('rounding half up is never off by more than a half, up and down never by one or more, and negatives mirror', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 9n), (numerator, denominator) => {
      const exact = ratio(numerator, denominator);
      const off = (rounding: Rounding) => {
        const difference = roundRatio(exact, rounding) * exact.denominator - exact.numerator;
        return difference < 0n ? -difference : difference;
      };
      assert.ok(off('half_up') * 2n <= exact.denominator);
      assert.ok(off('up') < exact.denominator && off('down') < exact.denominator);
      for (const rounding of ['half_up', 'up', 'down'] as const) {
        assert.equal(roundRatio(ratio(-numerator, denominator), rounding), -roundRatio(exact, rounding));
      }
    }),
  );
});

test('a percentage is read exactly: 8.75% is 7/80', () => {
  assert.deepEqual(parsePercent('8.75%'), ratio(7n, 80n));
  assert.deepEqual(parsePercent('10 %'), ratio(1n, 10n));
  assert.deepEqual(parsePercent('0%'), ratio(0n, 1n));
  for (const text of ['8.75', '%', '-5%', '8,75%', '1e2%', '٣%']) assert.equal(parsePercent(text), undefined, text);
  assert.equal(percentText(ratio(7n, 80n)), '8.75%');
  assert.equal(percentText(ratio(1n, 10n)), '10%');
  assert.equal(percentText(ratio(-1n, 1000n)), '-0.1%');
  assert.equal(percentText(ratio(1n, 3n)), '33.333333333333%');
});

test('a percentage written out and read back is the same ratio', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 8n), (thousandths) => {
      const rate = ratio(thousandths, 100_000n);
      assert.deepEqual(parsePercent(percentText(rate)), rate);
    }),
  );
});

test('a decimal is plain digits with at most one point', () => {
  assert.deepEqual(parseDecimal('0.01'), ratio(1n, 100n));
  assert.deepEqual(parseDecimal('15'), ratio(15n, 1n));
  for (const text of ['', '.5', '5.', '-1', '1,5', '1e3', ' 1', '1'.repeat(16)]) assert.equal(parseDecimal(text), undefined, text);
});

test('money times a ratio rounds once', () => {
  assert.deepEqual(multiply(usd(1500n), ratio(7n, 80n), 'half_up'), usd(131n));
  assert.deepEqual(multiply(usd(1500n), ratio(7n, 80n), 'up'), usd(132n));
});

test('a cent for a megabyte is a millionth of a cent for an octet, with nothing lost', () => {
  const price = unitPrice('USD', ratio(1n, 100n), 1_000_000n);
  assert.deepEqual(price, { currency: 'USD', perUnit: ratio(1n, 1_000_000n) });
  assert.deepEqual(priceOf(5_000_000_000n, price, 'up'), usd(5000n));
  assert.deepEqual(priceOf(1n, price, 'up'), usd(1n));
  assert.deepEqual(unitPrice('KWD', ratio(2n, 1n), 1n).perUnit, ratio(2000n, 1n));
  assert.deepEqual(unitPrice('JPY', ratio(2n, 1n), 1n).perUnit, ratio(2n, 1n));
});

test('any split of a usage into reports costs the same, charged as differences of the running price', () => {
  const price = unitPrice('USD', ratio(1n, 100n), 1_000_000n);
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 10n ** 10n), { minLength: 1 }), (reports) => {
      let used = 0n;
      let charged = usd(0n);
      for (const report of reports) {
        const before = priceOf(used, price, 'up');
        used += report;
        charged = usd(charged.minor + subtract(priceOf(used, price, 'up'), before).minor);
      }
      assert.deepEqual(charged, priceOf(used, price, 'up'));
    }),
  );
});

test('tax added to a net amount is the tax contained in the gross that results', () => {
  const rates = [ratio(1n, 10n), ratio(7n, 80n)];
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), (units) => {
      // A net amount whose taxes are whole, so that the gross is money.
      const net = usd(units * 80n);
      const taxes = rates.map((rate) => taxOnNet(net, rate));
      const gross = usd(net.minor + roundRatio(taxes.reduce(addRatios), 'half_up'));
      assert.deepEqual(
        rates.map((rate) => taxInGross(gross, rate, rates)),
        taxes,
      );
    }),
  );
});

test('ratios add and multiply as fractions do', () => {
  assert.deepEqual(addRatios(ratio(1n, 6n), ratio(1n, 3n)), ratio(1n, 2n));
  assert.deepEqual(multiplyRatios(ratio(2n, 3n), ratio(3n, 4n)), ratio(1n, 2n));
});
