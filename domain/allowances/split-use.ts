import { assert } from '#platform/assert';
import type { Portion, Split } from './allowance.ts';

/** Takes a quantity from portions in the order of use. Pure: splitting a quantity over several calls takes the same in total (L9). */
export function splitUse(ordered: readonly Portion[], quantity: bigint): Split {
  assert(quantity >= 0n, 'a use is never negative');
  const pairs: { allowanceId: bigint; quantity: bigint }[] = [];
  const bySpeed = { full: 0n, throttled: 0n };
  let rest = quantity;
  for (const { allowance, speed, left } of ordered) {
    if (rest === 0n) break;
    const part = left === null || rest < left ? rest : left;
    const before = pairs.find(({ allowanceId }) => allowanceId === allowance.allowanceId);
    if (before === undefined) pairs.push({ allowanceId: allowance.allowanceId, quantity: part });
    else before.quantity += part;
    bySpeed[speed] += part;
    rest -= part;
  }
  return { pairs, fullSpeed: bySpeed.full, throttled: bySpeed.throttled, uncovered: rest };
}
