/** A reminder does not ring at night: it waits for the morning of the line's market (LIFE-3). Mail does not ring. */
import { Temporal } from 'temporal-polyfill';
import type { NoticeKind } from './notice-events.ts';
import { type Channel, KINDS } from './notices.ts';

export type QuietHours = { readonly fromHour: number; readonly untilHour: number };
const QUIET_HOURS: QuietHours = { fromHour: 21, untilHour: 8 };

/** The instant from which a notice of `kind` may go out on `channel`: `at`, or the end of the quiet hours `at` lies in. */
export function dueAt(kind: NoticeKind, channel: Channel, at: Date, zone: string, quiet: QuietHours = QUIET_HOURS): Date {
  if (!KINDS[kind].reminder || channel === 'mail') return at;
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const isNight = quiet.fromHour > quiet.untilHour;
  const isLate = local.hour >= quiet.fromHour && (isNight || local.hour < quiet.untilHour);
  const isEarly = isNight && local.hour < quiet.untilHour;
  if (!isLate && !isEarly) return at;
  const day = isLate && isNight ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate();
  const morning = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from({ hour: quiet.untilHour }) });
  return new Date(morning.epochMilliseconds);
}
