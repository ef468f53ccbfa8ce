/**
 * Which tariff period holds at an instant, and when that changes. Periods are times on the wall's clock: when clocks go back,
 * an hour comes twice and its periods with it; when they go forward, a boundary in the hour that is left out falls on its end.
 */
import { Temporal } from 'temporal-polyfill';
import { type Market, type TariffPeriod, WEEKDAYS } from '#domain/catalog';
import { present } from '#platform/assert';

type Placed = Pick<Market, 'network' | 'zone'>;

/** Code of the period that holds in the market, null for the ordinary tariff. */
export function tariffAt(market: Placed, instant: Date): string | null {
  return spanAt(market, instant).tariff;
}

/** The first later instant at which another tariff holds; null: this one always does. */
export function nextTariffChange(market: Placed, instant: Date): Date | null {
  const { untilMs } = spanAt(market, instant);
  return untilMs === Number.POSITIVE_INFINITY ? null : new Date(untilMs);
}

/** One tariff holds from the first of these instants to before the last. */
type Span = { readonly tariff: string | null; readonly fromMs: number; readonly untilMs: number };

const ALWAYS: Span = { tariff: null, fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY };

/** The span asked for last, by the periods' own list and time zone: requests of one market fall in one span for hours. */
const spans = new WeakMap<readonly TariffPeriod[], { readonly zone: string; readonly span: Span }>();

function spanAt({ network, zone }: Placed, instant: Date): Span {
  const periods = network?.tariffPeriods;
  if (periods === undefined || periods.length === 0) return ALWAYS;
  const atMs = instant.getTime();
  const known = spans.get(periods);
  if (known !== undefined && known.zone === zone && known.span.fromMs <= atMs && atMs < known.span.untilMs) return known.span;
  const span = reckonSpan(periods, zone, atMs);
  spans.set(periods, { zone, span });
  return span;
}

/** A week holds every boundary; the days more are for one that clocks going forward swallow. */
const DAYS_SEARCHED = 15;

function reckonSpan(periods: readonly TariffPeriod[], zone: string, atMs: number): Span {
  const tariff = tariffOnWall(periods, zone, atMs);
  const today = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainDate();
  for (let days = 0; days <= DAYS_SEARCHED; days += 1) {
    const changes = boundariesOf(periods, zone, today.add({ days })).filter(
      (boundaryMs) => boundaryMs > atMs && tariffOnWall(periods, zone, boundaryMs) !== tariff,
    );
    if (changes.length > 0) return { tariff, fromMs: atMs, untilMs: Math.min(...changes) };
  }
  return { tariff, fromMs: atMs, untilMs: Number.POSITIVE_INFINITY };
}

function tariffOnWall(periods: readonly TariffPeriod[], zone: string, atMs: number): string | null {
  const wall = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  const minute = wall.hour * 60 + wall.minute;
  const today = weekday(wall.dayOfWeek);
  const yesterday = weekday(wall.dayOfWeek === 1 ? 7 : wall.dayOfWeek - 1);
  const period = periods.find(({ times }) =>
    times.some(
      ({ days, fromMinute, untilMinute }) =>
        (days.includes(today) && fromMinute <= minute && minute < untilMinute) ||
        (days.includes(yesterday) && minute + MINUTES_OF_DAY < untilMinute && fromMinute <= minute + MINUTES_OF_DAY),
    ),
  );
  return period?.code ?? null;
}

const MINUTES_OF_DAY = 1440;

/** ISO 8601: 1 is Monday. */
function weekday(dayOfWeek: number) {
  return present(WEEKDAYS[dayOfWeek - 1], 'a week has seven days');
}

/** Where a tariff can change on a local day: at each period's ends, twice when the hour is, and where clocks are set. */
function boundariesOf(periods: readonly TariffPeriod[], zone: string, day: Temporal.PlainDate): number[] {
  const ends = periods.flatMap(({ times }) => times.flatMap(({ fromMinute, untilMinute }) => [fromMinute, untilMinute]));
  const minutes = new Set([0, ...ends.map((end) => end % MINUTES_OF_DAY)]);
  const onWall = [...minutes].flatMap((minute) => {
    const time = day.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
    return (['earlier', 'later'] as const).map((disambiguation) => time.toZonedDateTime(zone, { disambiguation }).epochMilliseconds);
  });
  const clocksSet = day.toZonedDateTime(zone).subtract({ nanoseconds: 1 }).getTimeZoneTransition('next');
  return clocksSet?.subtract({ nanoseconds: 1 }).toPlainDate().equals(day) ? [...onWall, clocksSet.epochMilliseconds] : onWall;
}
