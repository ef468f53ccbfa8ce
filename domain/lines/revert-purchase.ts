/**
 * A refunded purchase is undone as far as nobody has built on it: the period goes back to what it was, a waiting plan
 * leaves the queue, what was bought and not used is withdrawn. What was used stays used; later purchases keep their
 * periods, moved forward to where they would have stood.
 */
import { withdrawAllowances } from '#domain/allowances';
import { endOfPeriod, localDayOfMonth, type Market, type Period } from '#domain/catalog';
import type { Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { advanceLine } from './advance-line.ts';
import { type PurchaseEffect, redate } from './decide-purchase.ts';
import { isInService } from './lifecycle.ts';
import type { Line, LineWithQueue } from './line.ts';
import { saveAdvanced } from './run-due.ts';
import { keyOf, writeQueuedPlan, writeRedated } from './write-line.ts';

/** The line's plan and period as they were before a purchase. */
export type PeriodBefore = Pick<Line, 'planCode' | 'planVersion' | 'anchorDay' | 'periodStartedAt' | 'paidUntil'>;

export function periodOf({ planCode, planVersion, anchorDay, periodStartedAt, paidUntil }: Line): PeriodBefore {
  return { planCode, planVersion, anchorDay, periodStartedAt, paidUntil };
}

export type PurchaseToRevert = {
  readonly effect: PurchaseEffect;
  readonly before: PeriodBefore;
  readonly orderId: bigint;
  readonly itemNo: number;
  readonly refundId: bigint;
  /** Of the plan bought; null for what has none. */
  readonly period: Period | null;
};

/** Under the account's lock, on a line that is up to date. */
export async function revertPurchase(
  tools: Tools,
  tx: Transaction,
  state: LineWithQueue,
  revert: PurchaseToRevert,
  market: Market,
  now: Date,
): Promise<void> {
  const { orderId, itemNo, refundId } = revert;
  const waiting = state.queue.find((plan) => plan.orderId === orderId && plan.itemNo === itemNo);
  const line = waiting === undefined ? lineBefore(state.line, revert, market, now) : state.line;
  const kept = state.queue.filter((plan) => plan !== waiting);
  const queue = line.paidUntil === null ? kept : redate(kept, line.paidUntil, market.zone);
  const share = { part: 1n, of: 1n };
  if (waiting !== undefined) writeQueuedPlan(tx, line, waiting, 'cancelled');
  writeRedated(tx, line, queue, now);
  await withdrawAllowances(tools, tx, { ...keyOf(line), orderId, itemNo, refundId, share, at: now });
  await saveAdvanced(tools, tx, advanceLine({ line, queue }, market, now), now);
}

/** The line with its period as if the purchase had not been. Exported for its test: a pure rule. */
export function lineBefore(
  line: Line,
  { effect, before, period }: Pick<PurchaseToRevert, 'effect' | 'before' | 'period'>,
  market: Market,
  now: Date,
): Line {
  const given = effect.period;
  if (given === undefined || line.paidUntil === null || line.planCode !== given.planCode || !isInService(line.state)) return line;
  if (line.paidUntil.getTime() === given.paidUntil.getTime()) {
    const back = before.paidUntil !== null && before.paidUntil > now;
    // Nothing was running before, or it has run out since: the line ends now and goes its way from there.
    return back ? { ...line, ...before, remindedEndingDays: null } : { ...line, paidUntil: now };
  }
  if (period === null) return line;
  const later = periodsBetween(given.paidUntil, line.paidUntil, line, period, market);
  if (later === undefined) return given.paidUntil > line.paidUntil ? shortened(line, period, market, now) : line;
  if (before.paidUntil !== null && before.paidUntil > now)
    return withEnd(line, endOfPeriod({ start: before.paidUntil, anchorDay: line.anchorDay, period, zone: market.zone, count: later }));
  const anchorDay = localDayOfMonth(now, market.zone);
  const paidUntil = endOfPeriod({ start: now, anchorDay, period, zone: market.zone, count: later });
  return withEnd({ ...line, anchorDay, periodStartedAt: now }, paidUntil);
}

/** Renewals before this one were refunded already, so that what it gave ends behind the line's end: that loses one period more. */
function shortened(line: Line, period: Period, market: Market, now: Date): Line {
  const { periodStartedAt, paidUntil, anchorDay } = line;
  if (periodStartedAt === null || paidUntil === null) return line;
  const count = periodsBetween(periodStartedAt, paidUntil, line, period, market);
  if (count === undefined) return line;
  if (count === 1) return { ...line, paidUntil: now };
  const end = endOfPeriod({ start: periodStartedAt, anchorDay, period, zone: market.zone, count: count - 1 });
  return end > now ? withEnd(line, end) : { ...line, paidUntil: now };
}

function withEnd(line: Line, paidUntil: Date): Line {
  return { ...line, paidUntil, remindedEndingDays: null };
}

const PERIODS_MAX = 120;

/** How many periods lie between two ends of the line's chain; undefined when `until` does not stem from `start`. */
function periodsBetween(start: Date, until: Date, { anchorDay }: Line, period: Period, market: Market): number | undefined {
  for (let count = 1; count <= PERIODS_MAX; count += 1) {
    const reached = endOfPeriod({ start, anchorDay, period, zone: market.zone, count });
    if (reached >= until) return reached.getTime() === until.getTime() ? count : undefined;
  }
  return undefined;
}
