/** What a rating group gets next: from which allowances, how much, until when; or money; or a clear no. */
import { orderOfUse, type Pair, type Portion, splitUse, type UseContext } from '#domain/allowances';
import type { Market, Plan } from '#domain/catalog';
import { affordableUnits, debitOf, nextTariffChange, rateFor, tariffAt } from '#domain/rating';
import { present } from '#platform/assert';
import type { GrantReason } from './charging.ts';
import type { PeerProfile, QuotaLimits } from './profiles.ts';
import type { SessionGroup } from './session.ts';
import { sizeQuota } from './size-quota.ts';
import type { WorkingBooks } from './working-books.ts';

export type QuotaToGrant = {
  readonly group: Pick<SessionGroup, 'ratingGroup' | 'service' | 'zone' | 'ratePerSecond' | 'tallies'>;
  readonly free: boolean;
  /** Exactly so much, or nothing: an event. Undefined: as much as fits. */
  readonly exactly?: bigint;
  readonly context: UseContext;
  readonly plan: Plan | undefined;
  readonly market: Market;
  readonly profile: PeerProfile;
  readonly limits: QuotaLimits;
};

export type Granted = {
  readonly units: bigint;
  readonly why: GrantReason;
  readonly held: readonly Pair[];
  readonly heldMinor: bigint;
  readonly validitySeconds: number;
  readonly tariff: string | null;
  readonly tariffChangeAt: Date | null;
  readonly speed: 'full' | 'throttled';
  /** Nothing is left behind it. */
  readonly final: boolean;
};

/** Reserves what it grants. Undefined: nothing is left to grant. */
export function grantQuota(books: WorkingBooks, quota: QuotaToGrant): Granted | undefined {
  const { limits, profile, context, market } = quota;
  const tariff = { tariff: tariffAt(market, context.now), tariffChangeAt: null };
  const unheld = { held: [], heldMinor: 0n, validitySeconds: profile.validitySecondsMax, speed: 'full', final: false } as const;
  if (quota.free) return { ...unheld, ...tariff, units: limits.ceiling, why: 'free' };
  const portions = orderOfUse(books.allowances(), context);
  if (portions.length === 0) return grantFromMoney(books, quota);
  return grantFromAllowances(books, quota, portions);
}

function grantFromAllowances(books: WorkingBooks, quota: QuotaToGrant, portions: readonly Portion[]): Granted {
  const { profile, limits, plan, context, market } = quota;
  const run = servingNext(portions, limits.floor);
  const speed = present(run[0], 'something serves next').speed;
  const left = total(run);
  const speedKbps = speed === 'throttled' && plan?.exhaustion.kind === 'throttle' ? plan.exhaustion.speedKbps : null;
  const shared = run.some(({ allowance }) => allowance.reserved > 0n);
  const { units, why } = sizeQuota({ profile, limits, ratePerSecond: quota.group.ratePerSecond, left, speedKbps, shared });
  const { pairs } = splitUse(run, units);
  books.reserve(pairs);
  const ends = Math.min(...pairs.map(({ allowanceId }) => endOf(portions, allowanceId)));
  const isAll = left !== null && units === left && run.length === portions.length;
  return {
    units,
    why,
    held: pairs,
    heldMinor: 0n,
    validitySeconds: secondsUntil(ends, context.now, profile.validitySecondsMax),
    tariff: tariffAt(market, context.now),
    tariffChangeAt: null,
    speed,
    final: isAll && plan?.exhaustion.kind !== 'pay_as_you_go',
  };
}

/** Portions at the speed of the first; behind so little that the peer would ask for each packet, the next ones too. */
function servingNext(portions: readonly Portion[], floor: bigint): Portion[] {
  const run: Portion[] = [];
  let sum = 0n;
  for (const portion of portions) {
    if (portion.speed !== run[0]?.speed && run.length > 0 && sum >= floor) break;
    run.push(portion);
    if (portion.left === null) break;
    sum += portion.left;
  }
  return run;
}

function total(portions: readonly Portion[]): bigint | null {
  let sum = 0n;
  for (const { left } of portions) {
    if (left === null) return null;
    sum += left;
  }
  return sum;
}

function endOf(portions: readonly Portion[], allowanceId: bigint): number {
  const portion = portions.find(({ allowance }) => allowance.allowanceId === allowanceId);
  return present(portion, 'what is reserved was in the order of use').allowance.validUntil.getTime();
}

/** Whole seconds, rounded down, so that no quota outlives what it is held of; at least one, or the peer would ask for ever. */
function secondsUntil(endMs: number, now: Date, secondsMax: number): number {
  return Math.max(1, Math.min(secondsMax, Math.floor((endMs - now.getTime()) / 1000)));
}

function grantFromMoney(books: WorkingBooks, quota: QuotaToGrant): Granted | undefined {
  const { plan, group, market, context, limits, profile } = quota;
  if (plan?.exhaustion.kind !== 'pay_as_you_go') return undefined;
  const tariff = tariffAt(market, context.now);
  const rate = rateFor(plan, { ...group, tariff });
  if (rate === undefined) return undefined;
  const of = `${plan.code}@${plan.version}/${tariff ?? ''}`;
  const { units: unitsBefore, debitedMinor } = group.tallies.find((one) => one.of === of) ?? { units: 0n, debitedMinor: 0n };
  const left = affordableUnits(rate, { unitsBefore, debitedMinor, moneyMinor: books.moneyMinor });
  if (left === 0n) return undefined;
  const { units, why } = sizeQuota({ profile, limits, ratePerSecond: group.ratePerSecond, left, speedKbps: null, shared: false });
  const heldMinor = debitOf(rate, { unitsBefore, debitedMinor, units });
  books.takeMoney(heldMinor);
  const changeAt = nextTariffChange(market, context.now);
  const validitySeconds = secondsUntil(changeAt?.getTime() ?? Number.POSITIVE_INFINITY, context.now, profile.validitySecondsMax);
  const fits = changeAt !== null && changeAt.getTime() - context.now.getTime() <= profile.validitySecondsMax * 1000;
  return {
    ...{ units, why, held: [], heldMinor, validitySeconds, tariff },
    tariffChangeAt: fits ? changeAt : null,
    speed: 'full',
    final: units === left,
  };
}
