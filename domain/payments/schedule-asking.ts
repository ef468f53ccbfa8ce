/** When the janitor asks (reliability.md, Asking): after 1 min, 5 min and 1 h from the start, then daily. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#platform/clock';

const FIRST_ASKS_MS = [MINUTE_MS, 5 * MINUTE_MS, HOUR_MS];

/** The first instant of the schedule after `transportNow`. Asking in between, on read, does not move it. */
export function nextAskAt(startedAt: Date, transportNow: Date): Date {
  const elapsedMs = transportNow.getTime() - startedAt.getTime();
  const early = FIRST_ASKS_MS.find((ms) => ms > elapsedMs);
  const afterMs = early ?? (Math.floor(elapsedMs / DAY_MS) + 1) * DAY_MS;
  return new Date(startedAt.getTime() + afterMs);
}
