/**
 * When the period that runs now began. A line keeps the start of its first period while each next one is paid before the last
 * one ends (the chain keeps its anchor day by it), so that the pace of "this period" is not that of all since then.
 */
import { endOfPeriod, type Market, type Period } from '#domain/catalog';
import { DAY_MS } from '#platform/clock';
import type { Line } from './line.ts';

type Chain = Pick<Line, 'periodStartedAt' | 'anchorDay'>;

/** Null for a line that has not begun. `period` is that of the plan that runs. */
export function presentPeriodStart({ periodStartedAt, anchorDay }: Chain, period: Period, { zone }: Market, now: Date): Date | null {
  if (periodStartedAt === null || periodStartedAt >= now) return periodStartedAt;
  if (period.unit === 'day') {
    const lengthMs = period.count * DAY_MS;
    const over = Math.floor((now.getTime() - periodStartedAt.getTime()) / lengthMs);
    return new Date(periodStartedAt.getTime() + over * lengthMs);
  }
  let start = periodStartedAt;
  for (let count = 1; ; count += 1) {
    const end = endOfPeriod({ start: periodStartedAt, anchorDay, period, zone, count });
    if (end > now) return start;
    start = end;
  }
}
