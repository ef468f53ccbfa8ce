/**
 * Exact ratios: percentages, and prices per octet or second, which are far below one minor unit. Rounding happens once,
 * where money is made from them, and the caller says which way.
 */
import { assert, unreachable } from '#platform/assert';
import { exponentOf } from './currency.ts';
import { type Money, money } from './money.ts';

/** In lowest terms, the denominator above zero. 8.75% is { numerator: 7n, denominator: 80n }. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** half_up: a half goes away from zero; up: away from zero; down: towards zero. So rounding a refund mirrors its sale. */
export type Rounding = 'half_up' | 'up' | 'down';

/** Minor units of `currency` for one octet, second or message. */
export type UnitPrice = { readonly currency: string; readonly perUnit: Ratio };

export function ratio(numerator: bigint, denominator: bigint): Ratio {
  assert(denominator !== 0n, 'a ratio is not divided by zero');
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(absolute(numerator), absolute(denominator));
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

export function addRatios(left: Ratio, right: Ratio): Ratio {
  return ratio(left.numerator * right.denominator + right.numerator * left.denominator, left.denominator * right.denominator);
}

export function multiplyRatios(left: Ratio, right: Ratio): Ratio {
  return ratio(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** The whole number a ratio rounds to. */
export function roundRatio({ numerator, denominator }: Ratio, rounding: Rounding): bigint {
  const size = absolute(numerator);
  const whole = size / denominator;
  const rest = size % denominator;
  const rounded = rest === 0n ? whole : whole + (goesUp(rest, denominator, rounding) ? 1n : 0n);
  return numerator < 0n ? -rounded : rounded;
}

/** `amount` × `factor`, rounded once. */
export function multiply(amount: Money, factor: Ratio, rounding: Rounding): Money {
  return money(amount.currency, roundRatio(ratio(amount.minor * factor.numerator, factor.denominator), rounding));
}

/**
 * What `quantity` units cost. Rate the running total, not each report, and charge the difference: then any split of the
 * same usage costs the same (L9).
 */
export function priceOf(quantity: bigint, price: UnitPrice, rounding: Rounding): Money {
  return multiply(money(price.currency, quantity), price.perUnit, rounding);
}

/** "0.01" dollars for 1,000,000 octets: the exact price of one. `decimal` may be finer than the currency's minor unit. */
export function unitPrice(currency: string, decimal: Ratio, quantity: bigint): UnitPrice {
  assert(quantity > 0n, 'a unit price is for some quantity');
  return { currency, perUnit: ratio(decimal.numerator * 10n ** BigInt(exponentOf(currency)), decimal.denominator * quantity) };
}

const DECIMAL = /^(\d{1,15})(?:\.(\d{1,12}))?$/;

/** "8.75" → 35/4. Undefined when it is not plain digits with at most one point; for files, not for what people type. */
export function parseDecimal(text: string): Ratio | undefined {
  const [, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  return whole === undefined ? undefined : ratio(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

/** "8.75%" → 7/80. Undefined when it is not a decimal followed by a percent sign. */
export function parsePercent(text: string): Ratio | undefined {
  const decimal = text.endsWith('%') ? parseDecimal(text.slice(0, -1).trimEnd()) : undefined;
  return decimal && ratio(decimal.numerator, decimal.denominator * 100n);
}

/** 7/80 → "8.75%"; what has no end in decimals is cut after twelve. */
export function percentText(rate: Ratio): string {
  const SCALE = 12n;
  const scaled = (absolute(rate.numerator) * 100n * 10n ** SCALE) / rate.denominator;
  const digits = scaled.toString().padStart(Number(SCALE) + 1, '0');
  const fraction = digits.slice(-Number(SCALE)).replace(/0+$/, '');
  return `${rate.numerator < 0n ? '-' : ''}${digits.slice(0, -Number(SCALE))}${fraction && `.${fraction}`}%`;
}

function goesUp(rest: bigint, denominator: bigint, rounding: Rounding): boolean {
  switch (rounding) {
    case 'half_up':
      return rest * 2n >= denominator;
    case 'up':
      return true;
    case 'down':
      return false;
    default:
      return unreachable(rounding);
  }
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [larger, smaller] = [left, right];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger === 0n ? 1n : larger;
}
