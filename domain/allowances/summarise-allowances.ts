/** What a page, a menu or an agent says about what is left: one answer for all of them (SEE-1, SEE-3). Pure. */
import { assert } from '#platform/assert';
import type {
  Allowance,
  AllowanceSummary,
  Package,
  PackagePart,
  Remaining,
  Speed,
  Standing,
  UsableAllowance,
  UseContext,
} from './allowance.ts';
import { leftOfShare, shareOf, unreserved } from './line-share.ts';
import { isUsable, portionsOf } from './order-of-use.ts';

/**
 * What is left for one service, in one zone: zero-rated allowances and those of single classes aside. What charging
 * sessions hold but have not used counts as left: it is still owned.
 */
export function standingOf(allowances: readonly UsableAllowance[], context: UseContext): Standing {
  const counted = allowances.filter((allowance) => !allowance.zeroRated && isUsable(allowance, context));
  const portions = counted.flatMap((allowance) => portionsOf(unreserved(allowance), context.lineId));
  const left = total(portions.filter((portion) => portion.speed === 'full').map((portion) => portion.left));
  const capReached = left === 0n && counted.some((allowance) => isHeldByCap(allowance, context.lineId));
  return {
    ...{ left, granted: total(counted.map((allowance) => grantedAtFullSpeed(allowance, context.lineId))), speed: speedOf() },
    ...(capReached ? { capReached } : {}),
  };

  function speedOf(): Speed {
    if (left !== 0n) return 'full';
    const slowed = context.policy.exhaustion === 'throttle' && portions.some((portion) => portion.speed === 'throttled');
    return slowed ? 'throttled' : 'stopped';
  }
}

/** Nothing of it is left for this line, and something at full speed for lines without a cap. */
function isHeldByCap(allowance: UsableAllowance, lineId: bigint): boolean {
  const free = unreserved(allowance);
  if (leftOfShare(free, lineId) !== 0n) return false;
  return portionsOf({ ...free, shares: null }, lineId).some(({ speed }) => speed === 'full');
}

function grantedAtFullSpeed(allowance: UsableAllowance, lineId: bigint): bigint | null {
  const { granted, forfeited, fullSpeedCap } = allowance;
  const owned = granted === null ? null : granted - forfeited;
  return [fullSpeedCap, shareOf(allowance, lineId)?.cap ?? null].reduce(
    (least, cap) => (cap === null || (least !== null && least < cap) ? least : cap),
    owned,
  );
}

function total(quantities: readonly (bigint | null)[]): bigint | null {
  return quantities.reduce((sum, quantity) => (sum === null || quantity === null ? null : sum + quantity), 0n);
}

/** For one line, from what `readAllowances` gave for it; waiting packages are listed and not counted as left. */
export function summarise(allowances: readonly Allowance[], context: Omit<UseContext, 'service'>): AllowanceSummary {
  return {
    data: standingOf(allowances, { ...context, service: 'data' }),
    voice: remaining(standingOf(allowances, { ...context, service: 'voice' })),
    message: remaining(standingOf(allowances, { ...context, service: 'message' })),
    packages: packagesOf(allowances, context),
  };
}

function remaining({ left, granted }: Standing): Remaining {
  return { left, granted };
}

function packagesOf(allowances: readonly Allowance[], { lineId, now }: Pick<UseContext, 'lineId' | 'now'>): Package[] {
  const shown = allowances.filter(
    (allowance) =>
      allowance.withdrawnAt === null && now < allowance.validUntil && (allowance.lineId === null || allowance.lineId === lineId),
  );
  const byItem = Map.groupBy(shown, (allowance) => `${allowance.orderId}.${allowance.itemNo}`);
  return [...byItem.values()].map((parts) => packageOf(parts, lineId, now)).sort(bySoonestEnd);
}

function packageOf(parts: readonly Allowance[], lineId: bigint, now: Date): Package {
  const [first] = parts;
  assert(first !== undefined, 'a package has a part');
  const { orderId, itemNo, productCode, productVersion, validFrom, validUntil, starts } = first;
  const inOrder = [...parts].sort((one, other) => one.partNo - other.partNo);
  const state = now < validFrom ? 'waiting' : 'usable';
  return {
    orderId,
    itemNo,
    productCode,
    productVersion,
    validFrom,
    validUntil,
    starts,
    state,
    parts: inOrder.map((part) => packagePart(part, lineId)),
  };
}

function packagePart(allowance: Allowance, lineId: bigint): PackagePart {
  const { service, zone, zeroRated, fullSpeedCap, granted, used, forfeited } = allowance;
  const left = granted === null ? null : granted - used - forfeited;
  const share = shareOf(allowance, lineId);
  return {
    ...{ service, zone, zeroRated, shared: allowance.lineId === null, fullSpeedCap, granted, left },
    ...(share === undefined ? {} : { share: { granted: share.cap, left: share.cap > share.used ? share.cap - share.used : 0n } }),
  };
}

function bySoonestEnd(one: Package, other: Package): number {
  return (
    one.validUntil.getTime() - other.validUntil.getTime() ||
    one.validFrom.getTime() - other.validFrom.getTime() ||
    (one.orderId < other.orderId ? -1 : one.orderId > other.orderId ? 1 : one.itemNo - other.itemNo)
  );
}
