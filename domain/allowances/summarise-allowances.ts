/** What a page, a menu or an agent says about what is left: one answer for all of them (SEE-1, SEE-3). Pure. */
import { assert } from '#platform/assert';
import type { Allowance, AllowanceSummary, Package, PackagePart, Remaining, Standing, UsableAllowance, UseContext } from './allowance.ts';
import { shareOf, unusedOfShare } from './line-share.ts';
import { isUsable, leftOf, lesser } from './order-of-use.ts';

/**
 * What is left for one service, in one zone: zero-rated allowances and those of single classes aside. What charging
 * sessions hold but have not used counts as left: it is still owned.
 */
export function standingOf(allowances: readonly UsableAllowance[], context: UseContext): Standing {
  const { lineId, policy } = context;
  let [left, granted]: [bigint | null, bigint | null] = [0n, 0n];
  let [isSlowed, isHeld] = [false, false];
  // Asked twice for each request of the packet core: in one pass, and without a list between.
  for (const allowance of allowances) {
    if (allowance.zeroRated || !isUsable(allowance, context)) continue;
    const ofShare = unusedOfShare(allowance, lineId);
    const { full, throttled } = leftOf(allowance, allowance.used, ofShare);
    left = plus(left, full);
    granted = plus(granted, grantedAtFullSpeed(allowance, lineId));
    isSlowed ||= throttled !== 0n;
    isHeld ||= ofShare === 0n && leftOf(allowance, allowance.used, null).full !== 0n;
  }
  if (left !== 0n) return { left, granted, speed: 'full' };
  const speed = isSlowed && policy.exhaustion === 'throttle' ? 'throttled' : 'stopped';
  // By its cap: something at full speed is left for lines without one.
  return { left, granted, speed, ...(isHeld ? { capReached: true } : {}) };
}

function grantedAtFullSpeed(allowance: UsableAllowance, lineId: bigint): bigint | null {
  const { granted, forfeited, fullSpeedCap } = allowance;
  const owned = granted === null ? null : granted - forfeited;
  return lesser(lesser(owned, fullSpeedCap), shareOf(allowance, lineId)?.cap ?? null);
}

/** null is unlimited. */
function plus(one: bigint | null, other: bigint | null): bigint | null {
  return one === null || other === null ? null : one + other;
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
