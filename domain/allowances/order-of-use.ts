/**
 * The order of use is total (issue 2 §2): zero-rated first; then everything at full speed, a throttled remainder only
 * when nothing at full speed is left (else a pack bought by a throttled customer would not be used); among these the
 * most specific (service, then zone), own before shared unless the plan says otherwise, soonest end, oldest, id.
 */
import { covers, type Service } from '#domain/catalog';
import type { Portion, UsableAllowance, UseContext } from './allowance.ts';
import { leftOfShare } from './line-share.ts';

/**
 * What a use may take from, first to last. Allowances of other lines, services and zones, those not yet or no longer
 * valid, withdrawn or used up are left out. Pure; the order of `allowances` does not matter.
 */
export function orderOfUse(allowances: readonly UsableAllowance[], context: UseContext): Portion[] {
  return allowances
    .filter((allowance) => isUsable(allowance, context))
    .flatMap((allowance) => portionsOf(allowance, context.lineId))
    .filter((portion) => portion.speed === 'full' || portion.allowance.zeroRated || context.policy.exhaustion === 'throttle')
    .sort((one, other) => compare(one, other, context.policy.sharedFirst === true));
}

/**
 * Valid at the instant, owned by the line or shared, and granted for this service and zone. What rules out most comes first, and
 * instants are compared as numbers: every request of the packet core asks this of each allowance, four times.
 */
export function isUsable(allowance: UsableAllowance, { service, zone, lineId, now, policy }: UseContext): boolean {
  return (
    covers(allowance.service, service) &&
    (allowance.lineId === null || allowance.lineId === lineId) &&
    (allowance.zone === 'any' || allowance.zone === zone) &&
    allowance.withdrawnAt === null &&
    allowance.validFrom.getTime() <= now.getTime() &&
    now.getTime() < allowance.validUntil.getTime() &&
    (policy.apart === undefined || !standsApart(allowance.service, service, policy.apart))
  );
}

/** What is used stands apart in the plan, and the allowance was granted for something wider. */
function standsApart(granted: Service, used: Service, apart: readonly Service[]): boolean {
  return apart.some((service) => covers(service, used) && !covers(service, granted));
}

/** What is left of an allowance for a line, split at its full-speed cap: none, one or two portions. */
export function portionsOf(allowance: UsableAllowance, lineId: bigint): Portion[] {
  const { full, throttled } = leftOf(allowance, allowance.used + allowance.reserved, leftOfShare(allowance, lineId));
  const portions: Portion[] = full === 0n ? [] : [{ allowance, speed: 'full', left: full }];
  if (throttled !== 0n) portions.push({ allowance, speed: 'throttled', left: throttled });
  return portions;
}

/** What is left when so much is taken and the line's share leaves so much, before and behind the full-speed cap; null is unlimited. */
export function leftOf(
  { granted, forfeited, fullSpeedCap }: UsableAllowance,
  taken: bigint,
  ofShare: bigint | null,
): { readonly full: bigint | null; readonly throttled: bigint | null } {
  const left = lesser(granted === null ? null : granted - taken - forfeited, ofShare);
  if (fullSpeedCap === null) return { full: left, throttled: 0n };
  const underCap = fullSpeedCap > taken ? fullSpeedCap - taken : 0n;
  const full = left === null || underCap < left ? underCap : left;
  return { full, throttled: left === null ? null : left - full };
}

/** null is unlimited. */
export function lesser(one: bigint | null, other: bigint | null): bigint | null {
  return one === null || (other !== null && other < one) ? other : one;
}

function compare(one: Portion, other: Portion, sharedFirst: boolean): number {
  const a = one.allowance;
  const b = other.allowance;
  return (
    before(a.zeroRated, b.zeroRated) ||
    before(one.speed === 'full', other.speed === 'full') ||
    depth(b.service) - depth(a.service) ||
    before(a.zone !== 'any', b.zone !== 'any') ||
    before((a.lineId === null) === sharedFirst, (b.lineId === null) === sharedFirst) ||
    a.validUntil.getTime() - b.validUntil.getTime() ||
    a.createdAt.getTime() - b.createdAt.getTime() ||
    (a.allowanceId < b.allowanceId ? -1 : a.allowanceId > b.allowanceId ? 1 : 0)
  );
}

function before(one: boolean, other: boolean): number {
  return Number(other) - Number(one);
}

function depth(service: Service): number {
  return service.split('.').length;
}
