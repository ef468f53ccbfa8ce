import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currencies, money } from '#domain/money';
import { fromStripeAmount, stepMinor, toStripeAmount } from './convert-amount.ts';

for (const [currency, minor, amount] of [
  ['USD', 1631n, 1631],
  ['JPY', 2980n, 2980],
  ['KWD', 4_500n, 4_500],
  ['KWD', 4_505n, undefined],
  ['ISK', 5n, 500],
  ['UGX', 5_000n, 500_000],
  ['MGA', 500_00n, 500],
  ['MGA', 500_20n, undefined],
] as const)
  test(`${minor} of ${currency} is ${amount ?? 'nothing that can be charged exactly'} at Stripe`, () => {
    const there = toStripeAmount(money(currency, minor));
    assert.deepEqual(there, amount === undefined ? undefined : { amount, currency: currency.toLowerCase() });
    if (there) assert.deepEqual(fromStripeAmount(there), money(currency, minor));
  });

test('what can be charged exactly comes back as it went, in every currency', () => {
  const amounts = fc.tuple(fc.constantFrom(...currencies()), fc.bigInt({ min: 0n, max: 10n ** 9n }));
  const isSame = ([currency, steps]: [string, bigint]) => {
    const there = toStripeAmount(money(currency, steps * stepMinor(currency)));
    return there !== undefined && fromStripeAmount(there).minor === steps * stepMinor(currency);
  };
  fc.assert(fc.property(amounts, isSame));
});

test('an answer that is no whole amount is not taken for one', () => {
  for (const amount of [Number.NaN, 1.5, -1, 2 ** 60]) assert.throws(() => fromStripeAmount({ amount, currency: 'usd' }));
  assert.throws(() => fromStripeAmount({ amount: 550, currency: 'isk' }));
  assert.throws(() => fromStripeAmount({ amount: 1, currency: 'xyz' }));
});
