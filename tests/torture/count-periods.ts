/**
 * When so many periods end, counted by the calendar alone: the model does not borrow the domain's own arithmetic. The
 * rules: a day is 24 hours; months keep the day of the first purchase and end at the end of the local day.
 */
import { Temporal } from 'temporal-polyfill';
import type { LineFacts } from './gather-facts.ts';

const ZONE = 'America/New_York';
const DAY_MS = 86_400_000;

/** The end after `renewals` periods in all, the first of which ended as it was told; undefined when that cannot be. */
export function endAfter(
  { plan, openedAt, firstEnd, firstEndToldAt }: Pick<LineFacts, 'plan' | 'openedAt' | 'firstEnd' | 'firstEndToldAt'>,
  renewals: number,
): Date | undefined {
  if (firstEnd === undefined || firstEndToldAt === undefined) return undefined;
  if (plan.startsWith('day-')) return new Date(firstEnd.getTime() + (renewals - 1) * DAY_MS);
  // The day of the purchase: the day it was asked for, or the next if midnight passed meanwhile.
  const bought = [openedAt, firstEndToldAt].map(localDay).find((day) => endOf(day, 1).getTime() === firstEnd.getTime());
  return bought && endOf(bought, renewals);
}

function localDay(instant: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(ZONE).toPlainDate();
}

function endOf(bought: Temporal.PlainDate, months: number): Date {
  const next = bought.add({ months }).add({ days: 1 });
  return new Date(next.toZonedDateTime(ZONE).epochMilliseconds);
}
