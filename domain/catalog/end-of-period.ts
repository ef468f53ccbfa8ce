/**
 * When a period ends. A day is 24 hours. Months and years end at the end of the local day, in the market's zone, and keep
 * their anchor day: 31 Jan → 28 Feb → 31 Mar. Ends are exclusive: the first instant of the next local day, whatever
 * daylight saving does to midnight that night.
 */
import { Temporal } from 'temporal-polyfill';
import { assert } from '#platform/assert';
import { DAY_MS } from '#platform/clock';
import type { Period } from './market.ts';

export type PeriodFrom = {
  /** The instant of purchase, or the (exclusive) end of the period that this one follows. */
  readonly start: Date;
  /** Day of the month, 1 to 31, that the chain of periods keeps (`localDayOfMonth` of its first start). Null: the start's own. */
  readonly anchorDay: number | null;
  readonly period: Period;
  /** IANA zone of the market. */
  readonly zone: string;
  /** How many periods, one after the other; 1 when not given. */
  readonly count?: number;
};

/** Ends that were reckoned lately: a renewal asks for the same one when it is quoted and when it takes effect. */
const ends = new Map<string, number>();
const ENDS_KEPT = 10_000;

/** The exclusive end of `count` periods from `start`; n periods at once end where n renewals end. */
export function endOfPeriod(from: PeriodFrom): Date {
  const { start, anchorDay, period, zone, count = 1 } = from;
  const key = `${start.getTime()} ${anchorDay} ${period.count} ${period.unit} ${zone} ${count}`;
  const known = ends.get(key);
  if (known !== undefined) return new Date(known);
  const end = reckonEnd(from);
  if (ends.size >= ENDS_KEPT) ends.clear();
  ends.set(key, end.getTime());
  return end;
}

function reckonEnd({ start, anchorDay, period, zone, count = 1 }: PeriodFrom): Date {
  assert(Number.isInteger(period.count) && period.count > 0 && Number.isInteger(count) && count > 0, 'periods are counted in whole ones');
  assert(anchorDay === null || (Number.isInteger(anchorDay) && anchorDay >= 1 && anchorDay <= 31), 'an anchor day is in a month');
  const units = period.count * count;
  if (period.unit === 'day') return new Date(start.getTime() + units * DAY_MS);
  const from = anchoredDay(start, anchorDay, zone);
  const months = period.unit === 'year' ? units * 12 : units;
  return startOfDay(dayInMonth(from.month.add({ months }), from.anchorDay).add({ days: 1 }), zone);
}

/** The day of the month it is in `zone` at `instant`: the anchor of a chain of periods that begins then. */
export function localDayOfMonth(instant: Date, zone: string): number {
  return localDay(instant, zone).day;
}

/** The first instant of a local day ("2026-12-01") in `zone`, or of one some days later. A day that is not in the calendar: RangeError. */
export function startOfLocalDay(day: string, zone: string, daysLater = 0): Date {
  return startOfDay(Temporal.PlainDate.from(day).add({ days: daysLater }), zone);
}

/**
 * Which month the chain stands in at `start`, and the day it keeps. An end at midnight belongs to the day it closes;
 * a purchase at that same midnight to the day it opens: which of the two it is, the anchor tells, for it is never both.
 * A start on neither (after a plan of some hours, say) gives the chain the start's own day.
 */
function anchoredDay(start: Date, anchorDay: number | null, zone: string): { month: Temporal.PlainYearMonth; anchorDay: number } {
  const opened = localDay(start, zone);
  if (anchorDay === null) return { month: opened.toPlainYearMonth(), anchorDay: opened.day };
  const closed = localDay(new Date(start.getTime() - 1), zone);
  for (const day of [closed, opened]) {
    const month = day.toPlainYearMonth();
    if (dayInMonth(month, anchorDay).equals(day)) return { month, anchorDay };
  }
  return { month: closed.toPlainYearMonth(), anchorDay: closed.day };
}

function dayInMonth(month: Temporal.PlainYearMonth, anchorDay: number): Temporal.PlainDate {
  return month.toPlainDate({ day: Math.min(anchorDay, month.daysInMonth) });
}

function localDay(instant: Date, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}

/** Midnight, or where clocks skip it the first instant after; Temporal's rule for a day without a time. */
function startOfDay(day: Temporal.PlainDate, zone: string): Date {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds);
}
