/**
 * A line of a family may be capped in what it uses of the data that all share (SIM-4): what it has used and what its sessions
 * hold of such an allowance is counted beside the allowance's own columns, for capped lines alone. As rows are read, the shares of
 * an allowance are one list, four numbers a capped line: the line, its cap, used, reserved.
 */
import type { UsableAllowance } from './allowance.ts';

/** Octets. What was used before a cap was lowered may be more than it. */
export type LineShare = { readonly cap: bigint; readonly used: bigint; readonly reserved: bigint };

const WIDTH = 4;

/** Undefined: the line is not capped in this allowance. */
export function shareOf({ shares }: Pick<UsableAllowance, 'shares'>, lineId: bigint): LineShare | undefined {
  const place = placeOf(shares, lineId);
  if (shares === null || place < 0) return undefined;
  const [, cap = 0n, used = 0n, reserved = 0n] = shares.slice(place, place + WIDTH);
  return { cap, used, reserved };
}

export function isShareOf({ shares }: Pick<UsableAllowance, 'shares'>, lineId: bigint): boolean {
  return placeOf(shares, lineId) >= 0;
}

/** What the line's cap leaves it; null: it has none. */
export function leftOfShare(allowance: Pick<UsableAllowance, 'shares'>, lineId: bigint): bigint | null {
  const share = shareOf(allowance, lineId);
  if (share === undefined) return null;
  const left = share.cap - share.used - share.reserved;
  return left > 0n ? left : 0n;
}

/** The same as if no session held anything of it: what they hold and have not used is still owned. */
export function unusedOfShare(allowance: Pick<UsableAllowance, 'shares'>, lineId: bigint): bigint | null {
  const share = shareOf(allowance, lineId);
  if (share === undefined) return null;
  return share.cap > share.used ? share.cap - share.used : 0n;
}

/** The allowance after a line has taken or given back of it, and its share with it. */
export function moved<One extends UsableAllowance>(
  allowance: One,
  lineId: bigint,
  by: { readonly used: bigint; readonly reserved: bigint },
): One {
  const { shares } = allowance;
  const place = placeOf(shares, lineId);
  const after = { ...allowance, used: allowance.used + by.used, reserved: allowance.reserved + by.reserved };
  if (shares === null || place < 0) return after;
  const byPlace: Readonly<Record<number, bigint>> = { [place + 2]: by.used, [place + 3]: by.reserved };
  return { ...after, shares: shares.map((value, index) => value + (byPlace[index] ?? 0n)) };
}

function placeOf(shares: readonly bigint[] | null, lineId: bigint): number {
  if (shares !== null) for (let place = 0; place < shares.length; place += WIDTH) if (shares[place] === lineId) return place;
  return -1;
}
