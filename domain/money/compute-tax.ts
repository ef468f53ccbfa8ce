/** The arithmetic of tax, exact: who rounds, and when, is the market's rule (domain/catalog), so nothing is rounded here. */
import { assert } from '#platform/assert';
import type { Money } from './money.ts';
import { addRatios, multiplyRatios, type Ratio, ratio } from './ratio.ts';

/** The tax at `rate` that is added to `net`, in minor units. */
export function taxOnNet(net: Money, rate: Ratio): Ratio {
  return multiplyRatios(ratio(net.minor, 1n), rate);
}

/** The part of `gross` that is tax at `rate`, when `gross` contains tax at all of `rates` together: gross × r ÷ (1 + Σ rates). */
export function taxInGross(gross: Money, rate: Ratio, rates: readonly Ratio[]): Ratio {
  const factor = rates.reduce(addRatios, ratio(1n, 1n));
  assert(factor.numerator > 0n, 'tax rates are not below zero');
  return multiplyRatios(taxOnNet(gross, rate), ratio(factor.denominator, factor.numerator));
}
