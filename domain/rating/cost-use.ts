/**
 * What use costs. The units of one session, rating group and tariff period are priced as one running total, rounded up once,
 * and what was debited before is taken off: so any split of a use into reports costs the same (L9).
 */
import type { UsageRate } from '#domain/catalog';
import { type Money, money, roundRatio } from '#domain/money';
import { assert } from '#platform/assert';
import type { Tally } from './rating.ts';

type Priced = Pick<UsageRate, 'price' | 'increment'>;

/** The price of all units so far, rounded up to the minor unit. A total that no amount of money can hold is a fault. */
export function costOf(rate: Priced, units: bigint): Money {
  return money(rate.price.currency, minorOf(rate, units));
}

/**
 * Minor units to debit for `units` more: the cost of all so far less what was debited. Never negative, and not bounded: what a
 * peer reports may cost more than anybody has.
 */
export function debitOf(rate: Priced, { unitsBefore, debitedMinor, units }: Tally & { readonly units: bigint }): bigint {
  assert(units >= 0n && debitedMinor >= 0n, 'a use is not negative, nor is what it cost');
  const due = minorOf(rate, unitsBefore + units) - debitedMinor;
  return due > 0n ? due : 0n;
}

/** The largest number of further units whose debit is at most `moneyMinor`; null: any number, as they cost nothing. */
export function affordableUnits(
  { price: { perUnit }, increment }: Priced,
  { unitsBefore, debitedMinor, moneyMinor }: Tally & { readonly moneyMinor: bigint },
): bigint | null {
  assert(unitsBefore >= 0n && debitedMinor >= 0n && moneyMinor >= 0n, 'neither use nor money is negative');
  if (perUnit.numerator === 0n) return null;
  // A cost rounded up is within a whole budget exactly when the cost itself is.
  const billable = ((debitedMinor + moneyMinor) * perUnit.denominator) / perUnit.numerator;
  const units = unitsWithin(billable, increment);
  return units > unitsBefore ? units - unitsBefore : 0n;
}

function minorOf({ price: { perUnit }, increment }: Priced, units: bigint): bigint {
  // Not in lowest terms: rounding does not need them, and finding them is most of what a request costs here (1.7 down to 0.9 µs).
  return roundRatio({ numerator: billedUnits(units, increment) * perUnit.numerator, denominator: perUnit.denominator }, 'up');
}

/** What is charged for some units: each increment as soon as it is started. */
function billedUnits(units: bigint, increment: UsageRate['increment']): bigint {
  assert(units >= 0n, 'a use is never negative');
  if (increment === undefined || units === 0n) return units;
  const { first, next } = increment;
  if (units <= first) return first;
  return first + ((units - first + next - 1n) / next) * next;
}

/** The most units that are charged as no more than `billable`. */
function unitsWithin(billable: bigint, increment: UsageRate['increment']): bigint {
  if (increment === undefined) return billable;
  const { first, next } = increment;
  return billable < first ? 0n : first + ((billable - first) / next) * next;
}
