import { assert } from '#platform/assert';
import type { Portion, Split } from './allowance.ts';

/** Takes a quantity from portions in the order of use. Pure: splitting a quantity over several calls takes the same in total (L9). */
export function splitUse(ordered: readonly Portion[], quantity: bigint): Split {
  assert(quantity >= 0n, 'a use is never negative');
  const taken = new Map<bigint, bigint>();
  const bySpeed = { full: 0n, throttled: 0n };
  let rest = quantity;
  for (const { allowance, speed, left } of ordered) {
    if (rest === 0n) break;
    const part = left === null || rest < left ? rest : left;
    taken.set(allowance.allowanceId, (taken.get(allowance.allowanceId) ?? 0n) + part);
    bySpeed[speed] += part;
    rest -= part;
  }
  const pairs = [...taken].map(([allowanceId, part]) => ({ allowanceId, quantity: part }));
  return { pairs, fullSpeed: bySpeed.full, throttled: bySpeed.throttled, uncovered: rest };
}
