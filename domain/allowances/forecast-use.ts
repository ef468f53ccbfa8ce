/**
 * How long the data lasts at the pace of this period (SEE-5), and the days a picture of it shows. Pure: the same days, the
 * same answer, on a page and in a message. A forecast is of what is left and of the period; what is bought meanwhile moves it.
 */
import { DAY_MS } from '#platform/clock';
import type { DayOfUse } from './use-by-day.ts';

const DAYS_SHOWN_MAX = 21;
const DAYS_AHEAD_MAX = 9;

export type DayShown = { readonly day: string; readonly quantity: bigint };

export type UseForecast = {
  /** The last days of the period, today the last; days without use included. */
  readonly days: readonly DayShown[];
  /** What the days to come would take, until the data or the period ends. */
  readonly ahead: readonly DayShown[];
  readonly averagePerDay: bigint;
  readonly today: bigint;
  /** When what is left is used up; undefined when it outlasts the period, is unlimited, or nothing was used yet. */
  readonly dryAt: Date | undefined;
};

export type ForecastAsked = {
  /** From `useByDay`, of one service. */
  readonly used: readonly Pick<DayOfUse, 'day' | 'quantity'>[];
  /** When the period began. */
  readonly from: Date;
  readonly now: Date;
  readonly until: Date | null;
  /** null: unlimited. */
  readonly left: bigint | null;
  /** IANA: a day is a day of the market's clock. */
  readonly timeZone: string;
};

/** Days and quantities as `useByDay` gives them: octets, seconds or messages. */
export function forecastUse({ used, from, now, until, left, timeZone }: ForecastAsked): UseForecast {
  const dayOf = localDay(timeZone);
  const quantities = new Map(used.map(({ day, quantity }) => [day, quantity]));
  const today = dayOf(now);
  const all = daysFrom(dayOf(from), today).map((day) => ({ day, quantity: quantities.get(day) ?? 0n }));
  const total = all.reduce((sum, { quantity }) => sum + quantity, 0n);
  const averagePerDay = total / BigInt(Math.max(1, all.length));
  const lasts = left !== null && left > 0n && averagePerDay > 0n ? Number((left * BigInt(DAY_MS)) / averagePerDay) : undefined;
  const dry = lasts === undefined ? undefined : new Date(now.getTime() + lasts);
  const dryAt = dry !== undefined && (until === null || dry < until) ? dry : undefined;
  const end = [dryAt, until ?? undefined].find((instant) => instant !== undefined);
  const ahead =
    averagePerDay === 0n || left === 0n || end === undefined ? [] : daysFrom(today, dayOf(new Date(end.getTime() - 1))).slice(1);
  return {
    days: all.slice(-DAYS_SHOWN_MAX),
    ahead: ahead.slice(0, DAYS_AHEAD_MAX).map((day) => ({ day, quantity: averagePerDay })),
    averagePerDay,
    today: quantities.get(today) ?? 0n,
    dryAt,
  };
}

/** "2026-11-21" of an instant. */
export function localDay(timeZone: string): (instant: Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit' });
  return (instant) => format.format(instant);
}

/** Calendar days, both ends included; none when the first is after the last. */
function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
