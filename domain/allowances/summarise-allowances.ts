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
import { isUsable, portionsOf } from './order-of-use.ts';

/**
 * What is left for one service, in one zone: zero-rated allowances and those of single classes aside. What charging
 * sessions hold but have not used counts as left: it is still owned.
 */
export function standingOf(allowances: readonly UsableAllowance[], context: UseContext): Standing {
  const counted = allowances.filter((allowance) => !allowance.zeroRated && isUsable(allowance, context));
  const portions = counted.flatMap((allowance) => portionsOf({ ...allowance, reserved: 0n }));
  const left = total(portions.filter((portion) => portion.speed === 'full').map((portion) => portion.left));
  return { left, granted: total(counted.map(grantedAtFullSpeed)), speed: speedOf() };

  function speedOf(): Speed {
    if (left !== 0n) return 'full';
    const slowed = context.policy.exhaustion === 'throttle' && portions.some((portion) => portion.speed === 'throttled');
    return slowed ? 'throttled' : 'stopped';
  }
}

function grantedAtFullSpeed({ granted, forfeited, fullSpeedCap }: UsableAllowance): bigint | null {
  const owned = granted === null ? null : granted - forfeited;
  if (fullSpeedCap === null) return owned;
  return owned === null || fullSpeedCap < owned ? fullSpeedCap : owned;
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
  return [...byItem.values()].map((parts) => packageOf(parts, now)).sort(bySoonestEnd);
}

function packageOf(parts: readonly Allowance[], now: Date): Package {
  const [first] = parts;
  assert(first !== undefined, 'a package has a part');
  const { orderId, itemNo, productCode, productVersion, validFrom, validUntil, starts } = first;
  const inOrder = [...parts].sort((one, other) => one.partNo - other.partNo);
  const state = now < validFrom ? 'waiting' : 'usable';
  return { orderId, itemNo, productCode, productVersion, validFrom, validUntil, starts, state, parts: inOrder.map(packagePart) };
}

function packagePart({ service, zone, zeroRated, lineId, fullSpeedCap, granted, used, forfeited }: Allowance): PackagePart {
  const left = granted === null ? null : granted - used - forfeited;
  return { service, zone, zeroRated, shared: lineId === null, fullSpeedCap, granted, left };
}

function bySoonestEnd(one: Package, other: Package): number {
  return (
    one.validUntil.getTime() - other.validUntil.getTime() ||
    one.validFrom.getTime() - other.validFrom.getTime() ||
    (one.orderId < other.orderId ? -1 : one.orderId > other.orderId ? 1 : one.itemNo - other.itemNo)
  );
}
