import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currencies, exponentOf, isCurrency } from './currency.ts';
import {
  add,
  compare,
  decimalText,
  equal,
  greater,
  isNegative,
  isPositive,
  isZero,
  lesser,
  money,
  negate,
  subtract,
  sum,
  zero,
} from './money.ts';

const usd = (minor: bigint) => money('USD', minor);
const anyUsd = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map(usd);

test('two currencies never meet in one sum or comparison', () => {
  for (const work of [add, subtract, compare, equal, lesser, greater]) {
    assert.throws(() => work(usd(1n), money('JPY', 1n)), /do not mix/);
  }
  assert.throws(() => sum('USD', [money('JPY', 1n)]), /do not mix/);
});

test('a currency that is not in ISO 4217 is a fault', () => {
  for (const code of ['', 'usd', 'XXX', 'XAU', 'EU', 'BTC']) assert.throws(() => money(code, 1n), /ISO 4217/);
});

test('an amount beyond 63 bits is a fault, not a wrap-around', () => {
  assert.throws(() => money('USD', 2n ** 63n), /63 bits/);
  assert.throws(() => add(usd(2n ** 63n - 1n), usd(1n)), /63 bits/);
});

test('dollars have two decimals, yen none, dinars three', () => {
  assert.deepEqual(['USD', 'JPY', 'KWD', 'CNY', 'KRW', 'BHD'].map(exponentOf), [2, 0, 3, 2, 0, 3]);
  assert.equal(decimalText(usd(1500n)), '15.00');
  assert.equal(decimalText(usd(-5n)), '-0.05');
  assert.equal(decimalText(usd(0n)), '0.00');
  assert.equal(decimalText(money('JPY', 1500n)), '1500');
  assert.equal(decimalText(money('KWD', 4500n)), '4.500');
});

test('our decimals are those of the Unicode tables, which follow ISO 4217, but where Unicode writes what people use', () => {
  // CLDR leaves out decimals that nobody uses any more; ISO keeps them, and payment providers count in them.
  const iso = new Set('AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR RSD SLE SOS SYP YER'.split(' '));
  for (const currency of currencies()) {
    if (iso.has(currency)) continue;
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    assert.equal(exponentOf(currency), maximumFractionDigits, currency);
  }
});

test('a code is listed once, in capitals', () => {
  assert.equal(new Set(currencies()).size, currencies().length);
  assert.ok(currencies().every((code) => /^[A-Z]{3}$/.test(code) && isCurrency(code)));
});

test('taking away what was added gives the amount back', () => {
  fc.assert(fc.property(anyUsd, anyUsd, (left, right) => assert.deepEqual(subtract(add(left, right), right), left)));
});

test('a sum does not depend on order, and of nothing is zero', () => {
  assert.deepEqual(sum('USD', []), zero('USD'));
  fc.assert(fc.property(fc.array(anyUsd), (amounts) => assert.deepEqual(sum('USD', amounts), sum('USD', amounts.toReversed()))));
});

test('an amount and its negative cancel, and comparing is a total order', () => {
  fc.assert(
    fc.property(anyUsd, anyUsd, (left, right) => {
      assert.ok(isZero(add(left, negate(left))));
      assert.equal(compare(left, right), -compare(right, left) + 0);
      assert.equal(equal(left, right), compare(left, right) === 0);
      assert.ok(compare(lesser(left, right), greater(left, right)) <= 0);
      assert.deepEqual(add(lesser(left, right), greater(left, right)), add(left, right));
      assert.equal(Number(isZero(left)) + Number(isPositive(left)) + Number(isNegative(left)), 1);
    }),
  );
});
