/** What a rating group gets next: from which allowances, how much, until when; or money; or a clear no. */
import { orderOfUse, type Pair, type Portion, splitUse, type UseContext } from '#domain/allowances';
import type { Market, Plan } from '#domain/catalog';
import { affordableUnits, debitOf, nextTariffChange, rateFor, tariffAt } from '#domain/rating';
import { present } from '#platform/assert';
import type { GrantReason } from './charging.ts';
import { priceOf } from './debit-use.ts';
import type { PeerProfile, QuotaLimits } from './profiles.ts';
import type { SessionGroup } from './session.ts';
import { sizeQuota } from './size-quota.ts';
import type { WorkingBooks } from './working-books.ts';

export type QuotaToGrant = {
  readonly group: Pick<SessionGroup, 'ratePerSecond' | 'tallies'>;
  readonly free: boolean;
  readonly context: UseContext;
  readonly plan: Plan | undefined;
  readonly market: Market;
  readonly profile: PeerProfile;
  readonly limits: QuotaLimits;
  readonly validitySecondsMax: number;
  /** Something follows when the data has come to its end. */
  readonly waits: boolean | undefined;
};

export type Granted = {
  readonly units: bigint;
  readonly why: GrantReason;
  readonly held: readonly Pair[];
  readonly heldMinor: bigint;
  readonly validitySeconds: number;
  readonly tariff: string | null;
  /** Announced with the grant, where it comes before the grant ends. */
  readonly tariffChange: { readonly at: Date; readonly tariff: string | null } | null;
  readonly speed: 'full' | 'throttled';
  /** Nothing is left behind it. */
  readonly final: boolean;
};

/** Nothing serves it; or nothing is left of the money that would, held or not. */
export type Ungranted = 'nothing' | 'spent';

/** Reserves what it grants. */
export function grantQuota(books: WorkingBooks, quota: QuotaToGrant): Granted | Ungranted {
  const { limits, validitySecondsMax, context, market } = quota;
  if (quota.free) {
    const validity = { validitySeconds: validitySecondsMax, tariff: tariffAt(market, context.now), tariffChange: null };
    return { ...validity, units: limits.ceiling, why: 'free', held: [], heldMinor: 0n, speed: 'full', final: false };
  }
  const portions = orderOfUse(books.allowances(), context);
  if (portions.length === 0) return grantFromMoney(books, quota);
  return grantFromAllowances(books, quota, portions);
}

function grantFromAllowances(books: WorkingBooks, quota: QuotaToGrant, portions: readonly Portion[]): Granted {
  const { profile, limits, validitySecondsMax, plan, context, market } = quota;
  const run = servingNext(portions, limits.floor);
  const speed = present(run[0], 'something serves next').speed;
  const left = total(run);
  const speedKbps = speed === 'throttled' && plan?.exhaustion.kind === 'throttle' ? plan.exhaustion.speedKbps : null;
  const shared = run.some(({ allowance }) => allowance.reserved > 0n);
  const paceSeconds = validityOf(run, context.now, validitySecondsMax);
  const { units, why } = sizeQuota({ profile, limits, ratePerSecond: quota.group.ratePerSecond, left, speedKbps, paceSeconds, shared });
  const { pairs } = splitUse(run, units);
  books.reserve(pairs);
  const taken = run.filter(({ allowance }) => pairs.some(({ allowanceId }) => allowanceId === allowance.allowanceId));
  const isAll = left !== null && units === left && run.length === portions.length && !shared;
  return {
    units,
    why,
    held: pairs,
    heldMinor: 0n,
    validitySeconds: validityOf(taken, context.now, validitySecondsMax),
    tariff: tariffAt(market, context.now),
    tariffChange: null,
    speed,
    final: isAll && plan?.exhaustion.kind !== 'pay_as_you_go' && quota.waits !== true,
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

/** No quota outlives what it is held of. */
function validityOf(portions: readonly Portion[], now: Date, secondsMax: number): number {
  return secondsUntil(Math.min(...portions.map(({ allowance }) => allowance.validUntil.getTime())), now, secondsMax);
}

/** Whole seconds, rounded down; at least one, or the peer would ask for ever. */
function secondsUntil(endMs: number, now: Date, secondsMax: number): number {
  return Math.max(1, Math.min(secondsMax, Math.floor((endMs - now.getTime()) / 1000)));
}

function grantFromMoney(books: WorkingBooks, quota: QuotaToGrant): Granted | Ungranted {
  const { plan, group, market, context, limits, profile, validitySecondsMax } = quota;
  if (plan?.exhaustion.kind !== 'pay_as_you_go') return 'nothing';
  const { service, zone } = context;
  const tariff = tariffAt(market, context.now);
  const rate = rateFor(plan, { service, zone, tariff });
  if (rate === undefined) return 'nothing';
  const of = priceOf(plan, rate);
  const { units: unitsBefore, debitedMinor } = group.tallies.find((one) => one.of === of) ?? { units: 0n, debitedMinor: 0n };
  const affordable = (moneyMinor: bigint) => affordableUnits(rate, { unitsBefore, debitedMinor, moneyMinor });
  const left = affordable(books.moneyMinor);
  // What others hold may come back: the line is not without money yet.
  if (left === 0n) return affordable(books.ownedMinor) === 0n ? 'spent' : 'nothing';
  const shared = books.ownedMinor > books.moneyMinor;
  const sized = { profile, limits, ratePerSecond: group.ratePerSecond, left, speedKbps: null, paceSeconds: 0, shared };
  const { units, why } = sizeQuota(sized);
  const heldMinor = debitOf(rate, { unitsBefore, debitedMinor, units });
  books.holdMoney(heldMinor);
  const changeAt = nextTariffChange(market, context.now);
  const changesMs = changeAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const changes = changeAt !== null && changesMs - context.now.getTime() <= validitySecondsMax * 1000;
  return {
    ...{ units, why, held: [], heldMinor, tariff },
    validitySeconds: secondsUntil(changesMs, context.now, validitySecondsMax),
    tariffChange: changes ? { at: changeAt, tariff: tariffAt(market, changeAt) } : null,
    speed: 'full',
    final: units === left && !shared,
  };
}
