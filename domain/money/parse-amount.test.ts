import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRefusal } from '#platform/refusals';
import { currencies, exponentOf } from './currency.ts';
import { decimalText, money } from './money.ts';
import { parseAmount } from './parse-amount.ts';

const read = (text: string, currency: string) => {
  const found = parseAmount(text, currency);
  return isRefusal(found) ? found.code : decimalText(found);
};

const cases: [text: string, currency: string, expected: string][] = [
  ['12.50', 'USD', '12.50'],
  ['12,50', 'USD', '12.50'],
  ['12.5', 'USD', '12.50'],
  ['12', 'USD', '12.00'],
  ['.50', 'USD', '0.50'],
  ['0', 'USD', '0.00'],
  ['007', 'USD', '7.00'],
  [' 12 ', 'USD', '12.00'],
  ['１２．５', 'USD', '12.50'],
  ['１，２３４．５６', 'USD', '1234.56'],
  ['12。5', 'USD', '12.50'],
  ['١٢٫٥', 'KWD', '12.500'],
  ['۱۲', 'KWD', '12.000'],
  ['1,234.56', 'USD', '1234.56'],
  ['1.234,56', 'USD', '1234.56'],
  ['1 234,56', 'USD', '1234.56'],
  ['1\u00a0234,56', 'USD', '1234.56'],
  ["1'234.56", 'USD', '1234.56'],
  ['1,234,567', 'USD', '1234567.00'],
  ['1.234.567', 'USD', '1234567.00'],
  ['1,234', 'USD', '1234.00'],
  ['1,234', 'JPY', '1234'],
  ['$12', 'USD', '12.00'],
  ['12$', 'USD', '12.00'],
  ['US$12', 'USD', '12.00'],
  ['usd 12', 'USD', '12.00'],
  ['12 USD', 'USD', '12.00'],
  ['12美元', 'USD', '12.00'],
  ['CA$12', 'CAD', '12.00'],
  ['￥1,500', 'JPY', '1500'],
  ['1500円', 'JPY', '1500'],
  ['50块', 'CNY', '50.00'],
  ['4.5 KD', 'KWD', '4.500'],
  ['4.505', 'KWD', '4.505'],
  ['1,234.505', 'KWD', '1234.505'],

  ['1.234', 'USD', 'money.amount_ambiguous'],
  ['1.234', 'JPY', 'money.amount_ambiguous'],
  ['1,234', 'KWD', 'money.amount_ambiguous'],
  ['12.345', 'USD', 'money.amount_ambiguous'],
  ['1234.567', 'USD', 'money.amount_too_precise'],
  ['0.125', 'USD', 'money.amount_too_precise'],
  ['12.5', 'JPY', 'money.amount_too_precise'],
  ['1.2345', 'KWD', 'money.amount_too_precise'],
  ['-5', 'USD', 'money.amount_negative'],
  ['−5', 'USD', 'money.amount_negative'],
  ['-$5', 'USD', 'money.amount_negative'],
  ['$-5', 'USD', 'money.amount_negative'],
  ['(5)', 'USD', 'money.amount_negative'],
  ['5-', 'USD', 'money.amount_negative'],
  ['99999999999999999', 'USD', 'money.amount_too_large'],
  ['€12', 'USD', 'money.amount_other_currency'],
  ['12 EUR', 'USD', 'money.amount_other_currency'],
  ['$12', 'JPY', 'money.amount_other_currency'],
  ['', 'USD', 'money.amount_not_understood'],
  ['   ', 'USD', 'money.amount_not_understood'],
  ['ten', 'USD', 'money.amount_not_understood'],
  ['12.', 'USD', 'money.amount_not_understood'],
  ['.', 'USD', 'money.amount_not_understood'],
  ['$', 'USD', 'money.amount_not_understood'],
  ['1e3', 'USD', 'money.amount_not_understood'],
  ['0x10', 'USD', 'money.amount_not_understood'],
  ['1,23,456', 'USD', 'money.amount_not_understood'],
  ['1,2345.00', 'USD', 'money.amount_not_understood'],
  ['1.2,3.4', 'USD', 'money.amount_not_understood'],
  ['12 50', 'USD', 'money.amount_not_understood'],
  ['1'.repeat(61), 'USD', 'money.amount_not_understood'],
];

for (const [text, currency, expected] of cases) {
  test(`«${text}» in a ${currency} field is ${expected} [BUY-2]`, () => assert.equal(read(text, currency), expected));
}

test('a refused amount says what was typed, the currency, its decimals and a sample', () => {
  const refused = parseAmount('1.234', 'USD');
  assert.ok(isRefusal(refused));
  assert.deepEqual(refused.values, { text: '1.234', currency: 'USD', decimals: 2, sample: '12.00' });
});

test('what we write as decimal text is read back as the same money, in every currency', () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies()), fc.bigInt({ min: 0n, max: 10n ** 15n }), (currency, minor) => {
      assert.deepEqual(parseAmount(decimalText(money(currency, minor)), currency), money(currency, minor));
    }),
  );
});

test('whatever is typed, the answer is an amount of zero or more or a refusal', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."0123456789.,$- '¥円UKDS"), maxLength: 12 }),
      fc.constantFrom('USD', 'JPY', 'KWD'),
      (text, currency) => {
        const found = parseAmount(text, currency);
        if (!isRefusal(found)) assert.ok(found.minor >= 0n && exponentOf(found.currency) >= 0);
      },
    ),
  );
});
