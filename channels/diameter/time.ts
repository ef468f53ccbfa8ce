/**
 * The Time format (RFC 6733 §4.3.1): seconds of NTP's era in 32 bits. They roll over on 7 February 2036, 06:28:16 UTC; as
 * RFC 5905 and RFC 4330 §3 say, a first bit of 1 means 1968 to 2036, and 0 means 2036 to 2104.
 */
import { assert } from '#platform/assert';

/** 1 January 1900 to 1 January 1970. */
const NTP_TO_UNIX_SECONDS = 2_208_988_800;
const ERA_SECONDS = 2 ** 32;
const FIRST_BIT = 2 ** 31;

/** The first and the last instant that can be told. */
export const EARLIEST_TIME = new Date((FIRST_BIT - NTP_TO_UNIX_SECONDS) * 1000);
export const LATEST_TIME = new Date((ERA_SECONDS + FIRST_BIT - 1 - NTP_TO_UNIX_SECONDS) * 1000);

export function dateOfSeconds(seconds: number): Date {
  const sinceEra = seconds >= FIRST_BIT ? seconds : seconds + ERA_SECONDS;
  return new Date((sinceEra - NTP_TO_UNIX_SECONDS) * 1000);
}

/** Whole seconds, rounded down. Throws outside of 1968 to 2104. */
export function secondsOfDate(instant: Date): number {
  assert(instant >= EARLIEST_TIME && instant.getTime() < LATEST_TIME.getTime() + 1000, `an instant that Diameter can tell: ${instant}`);
  return (Math.floor(instant.getTime() / 1000) + NTP_TO_UNIX_SECONDS) % ERA_SECONDS;
}
