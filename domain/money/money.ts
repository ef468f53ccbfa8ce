/**
 * Money is whole minor units (cents, yen, fils) in one currency, as a bigint: nothing is ever lost to a float. Two
 * currencies never meet in one sum: that is a bug of ours, so it throws instead of refusing.
 */
import { assert } from '#platform/assert';
import { exponentOf } from './currency.ts';

/** `minor` counts the currency's smallest unit: { currency: 'USD', minor: 1500n } is fifteen dollars. */
export type Money = { readonly currency: string; readonly minor: bigint };

/** What fits PostgreSQL's bigint; an amount outside is a bug, never a price. */
const MINOR_MAX = 2n ** 63n - 1n;

/** `currency` is an ISO 4217 code that has minor units (see `currency.ts`); anything else is a fault. */
export function money(currency: string, minor: bigint): Money {
  exponentOf(currency);
  assert(minor <= MINOR_MAX && minor >= -MINOR_MAX, 'an amount of money fits 63 bits');
  return { currency, minor };
}

export function zero(currency: string): Money {
  return money(currency, 0n);
}

export function add(left: Money, right: Money): Money {
  return money(sameCurrency(left, right), left.minor + right.minor);
}

export function subtract(left: Money, right: Money): Money {
  return money(sameCurrency(left, right), left.minor - right.minor);
}

export function negate(amount: Money): Money {
  return money(amount.currency, -amount.minor);
}

/** The sum of the amounts; of none it is zero, which is why the currency must be said. */
export function sum(currency: string, amounts: Iterable<Money>): Money {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}

/** Below zero when left is less, above when it is more, 0 when they are equal. */
export function compare(left: Money, right: Money): -1 | 0 | 1 {
  sameCurrency(left, right);
  if (left.minor === right.minor) return 0;
  return left.minor < right.minor ? -1 : 1;
}

export function equal(left: Money, right: Money): boolean {
  return compare(left, right) === 0;
}

export function lesser(left: Money, right: Money): Money {
  return compare(left, right) <= 0 ? left : right;
}

export function greater(left: Money, right: Money): Money {
  return compare(left, right) >= 0 ? left : right;
}

export function isZero(amount: Money): boolean {
  return amount.minor === 0n;
}

export function isPositive(amount: Money): boolean {
  return amount.minor > 0n;
}

export function isNegative(amount: Money): boolean {
  return amount.minor < 0n;
}

/** "15.00", "-0.05", "1500" (JPY), "4.500" (KWD): for files, APIs and logs. What people read is made in platform/messages. */
export function decimalText(amount: Money): string {
  const exponent = exponentOf(amount.currency);
  const sign = amount.minor < 0n ? '-' : '';
  const digits = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(exponent + 1, '0');
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

function sameCurrency(left: Money, right: Money): string {
  assert(left.currency === right.currency, `${left.currency} and ${right.currency} do not mix`);
  return left.currency;
}
