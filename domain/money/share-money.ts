import { assert } from '#platform/assert';
import { type Money, money } from './money.ts';
import { ratio, roundRatio } from './ratio.ts';

/**
 * Splits `total` pro rata to `weights` (none negative, one above zero unless the total is zero). The parts always sum to
 * the total, each is within one minor unit of its exact share and never on the wrong side of zero, a weight of zero gets
 * nothing, and the last takes what is left. Shared over what remains of several amounts, no part exceeds its weight.
 */
export function share(total: Money, weights: readonly bigint[]): Money[] {
  assert(
    weights.every((weight) => weight >= 0n),
    'a share has a weight of zero or more',
  );
  const whole = weights.reduce((left, right) => left + right, 0n);
  assert(whole > 0n || total.minor === 0n, 'money is shared over something');
  // Rounding where each part ends, not each part, is what keeps the sum: the ends only grow.
  let weighed = 0n;
  let given = 0n;
  return weights.map((weight) => {
    weighed += weight;
    const end = whole === 0n ? 0n : roundRatio(ratio(total.minor * weighed, whole), 'half_up');
    const part = money(total.currency, end - given);
    given = end;
    return part;
  });
}
