/**
 * What a purchase does to a line, decided before anything is written: the same function tells the customer before
 * paying and is applied when the money is there. Pure: nothing paid is lost, and every rule has a name to be told by.
 *
 * - Renew now: usable at once, ends one period after the present end; what is owned keeps its own end, is used first.
 * - Queue: usable from the present end, or from exhaustion if so chosen.
 * - Change now: a full period from now with a new anchor; what the old plan left keeps its end.
 * - A lapsed line's period starts now. Pay as you go has no period: a top-up keeps the line alive for the market's days.
 * Waiting plans always follow the present plan's end, whatever moved it.
 */
import { endOfPeriod, localDayOfMonth, type Market, type Pack, type Plan } from '#domain/catalog';
import { DAY_MS } from '#platform/clock';
import type { Refusal } from '#platform/refusals';
import { hasLapsed, isInService } from './lifecycle.ts';
import type { LineWithQueue, QueuedPlan, StartRule } from './line.ts';
import { refuse } from './refusals.ts';

export type Purchase =
  | { readonly kind: 'renew'; readonly plan: Plan }
  | { readonly kind: 'change'; readonly plan: Plan }
  | { readonly kind: 'queue'; readonly plan: Plan; readonly startRule: StartRule }
  | { readonly kind: 'pack'; readonly pack: Pack }
  | { readonly kind: 'top_up' };

/** The name of the rule, under which it is told before paying (`rule.<name>` in the messages). */
export type PurchaseRule =
  | 'renew_now'
  | 'renew_from_now'
  | 'queue_at_end'
  | 'queue_on_exhaustion'
  | 'change_now'
  | 'pack_now'
  | 'top_up_now';

export type PurchaseEffect = {
  readonly rule: PurchaseRule;
  /** When what is bought is usable; both null for a top-up. */
  readonly usableFrom: Date | null;
  readonly usableUntil: Date | null;
  /** What the line becomes; undefined where the purchase leaves plan and period alone. */
  readonly period?: {
    readonly planCode: string;
    readonly planVersion: number;
    readonly anchorDay: number | null;
    readonly startedAt: Date;
    readonly paidUntil: Date;
  };
  readonly queued?: Omit<QueuedPlan, 'orderId' | 'itemNo'>;
  /** Waiting plans with their new dates, because the end they follow has moved. */
  readonly redated: readonly QueuedPlan[];
  /** Full speed comes back to a line that had run dry. */
  readonly replenishes: boolean;
};

export type PurchaseRefusal = Refusal<
  'lines.number_lost' | 'lines.plan_has_no_period' | 'lines.nothing_to_follow' | 'lines.pack_needs_plan'
>;

/** `present` is the line's plan today: what a top-up does to a line without data is its rule. */
export function decidePurchase(
  state: LineWithQueue,
  purchase: Purchase,
  { market, present, now }: { market: Market; present: Plan | undefined; now: Date },
): PurchaseEffect | PurchaseRefusal {
  if (state.line.state === 'lost') return refuse('lines.number_lost', { number: state.line.number });
  switch (purchase.kind) {
    case 'renew':
      return renew(state, purchase.plan, market, now);
    case 'change':
      return startNow(state, purchase.plan, market, now, 'change_now');
    case 'queue':
      return queue(state, purchase.plan, purchase.startRule, market, now);
    case 'pack':
      return addPack(state, purchase.pack, market, now);
    case 'top_up':
      return topUp(state, present, market, now);
  }
}

function renew(state: LineWithQueue, plan: Plan, market: Market, now: Date): PurchaseEffect | PurchaseRefusal {
  const { line } = state;
  if (plan.period === null) return refuse('lines.plan_has_no_period');
  const runsOn = isInService(line.state) && line.paidUntil !== null && line.paidUntil > now && line.periodStartedAt !== null;
  if (!runsOn || line.paidUntil === null || line.periodStartedAt === null) return startNow(state, plan, market, now, 'renew_from_now');
  const paidUntil = endOfPeriod({ start: line.paidUntil, anchorDay: line.anchorDay, period: plan.period, zone: market.zone });
  return {
    rule: 'renew_now',
    usableFrom: now,
    usableUntil: paidUntil,
    period: { planCode: plan.code, planVersion: plan.version, anchorDay: line.anchorDay, startedAt: line.periodStartedAt, paidUntil },
    redated: redate(state.queue, paidUntil, market.zone),
    replenishes: true,
  };
}

function startNow(state: LineWithQueue, plan: Plan, market: Market, now: Date, rule: 'change_now' | 'renew_from_now'): PurchaseEffect {
  const anchorDay = plan.period === null ? null : localDayOfMonth(now, market.zone);
  const paidUntil =
    plan.period === null ? payAsYouGoEnd(market, now) : endOfPeriod({ start: now, anchorDay, period: plan.period, zone: market.zone });
  return {
    rule,
    usableFrom: now,
    usableUntil: paidUntil,
    period: { planCode: plan.code, planVersion: plan.version, anchorDay, startedAt: now, paidUntil },
    redated: redate(state.queue, paidUntil, market.zone),
    replenishes: true,
  };
}

function queue(state: LineWithQueue, plan: Plan, startRule: StartRule, market: Market, now: Date): PurchaseEffect | PurchaseRefusal {
  const { line } = state;
  if (plan.period === null) return refuse('lines.plan_has_no_period');
  if (!isInService(line.state) || line.paidUntil === null || line.anchorDay === null) return refuse('lines.nothing_to_follow');
  // Exhausted already: what is to start at exhaustion starts now.
  if (startRule === 'on_exhaustion' && line.state !== 'active' && state.queue.length === 0)
    return startNow(state, plan, market, now, 'change_now');
  const startsAt = state.queue.at(-1)?.endsAt ?? line.paidUntil;
  const endsAt = endOfPeriod({ start: startsAt, anchorDay: line.anchorDay, period: plan.period, zone: market.zone });
  const { unit: periodUnit, count: periodCount } = plan.period;
  const queued = {
    planCode: plan.code,
    planVersion: plan.version,
    startRule,
    anchorDay: line.anchorDay,
    periodUnit,
    periodCount,
    startsAt,
    endsAt,
  };
  return {
    rule: startRule === 'at_end' ? 'queue_at_end' : 'queue_on_exhaustion',
    usableFrom: startsAt,
    usableUntil: endsAt,
    queued,
    redated: [],
    replenishes: false,
  };
}

function addPack(state: LineWithQueue, pack: Pack, market: Market, now: Date): PurchaseEffect | PurchaseRefusal {
  if (hasLapsed(state.line.state) || state.line.state === 'pending') return refuse('lines.pack_needs_plan');
  const anchorDay = localDayOfMonth(now, market.zone);
  const usableUntil = endOfPeriod({ start: now, anchorDay, period: pack.validity, zone: market.zone });
  const replenishes = pack.parts.some((part) => part.service === 'data' && !part.zeroRated && part.fullSpeedCap !== 0n);
  return { rule: 'pack_now', usableFrom: now, usableUntil, redated: [], replenishes };
}

/** Money buys time only where the plan is pay as you go: the line lives on for the market's days, a lapsed one comes back. */
function topUp({ line }: LineWithQueue, present: Plan | undefined, market: Market, now: Date): PurchaseEffect {
  const effect = { rule: 'top_up_now', usableFrom: null, usableUntil: null, redated: [] } as const;
  if (present === undefined || present.period !== null) return { ...effect, replenishes: present?.exhaustion.kind === 'pay_as_you_go' };
  const end = payAsYouGoEnd(market, now);
  // The market's days may have become fewer since the last one.
  const paidUntil = line.paidUntil !== null && line.paidUntil > end ? line.paidUntil : end;
  const { code: planCode, version: planVersion } = present;
  return {
    ...effect,
    replenishes: true,
    period: { planCode, planVersion, anchorDay: null, startedAt: line.periodStartedAt ?? now, paidUntil },
  };
}

function payAsYouGoEnd(market: Market, now: Date): Date {
  return new Date(now.getTime() + market.lifecycle.payAsYouGoDays * DAY_MS);
}

/** Waiting plans as a chain of which the first follows `end` and each keeps a whole period. */
export function redate(waiting: readonly QueuedPlan[], end: Date, zone: string): QueuedPlan[] {
  let follows = end;
  return waiting.map((plan) => {
    const period = { unit: plan.periodUnit, count: plan.periodCount };
    const moved = { ...plan, startsAt: follows, endsAt: endOfPeriod({ start: follows, anchorDay: plan.anchorDay, period, zone }) };
    follows = moved.endsAt;
    return moved;
  });
}
