/**
 * What a market says about the network its lines are on: where home is, which zones the rest of the world is sold in, what
 * each kind of traffic counts as, and when it costs another price. Part of the market's terms, and versioned with them.
 */
import type { Names } from './market.ts';
import type { Service } from './product.ts';

export type Network = {
  /** MCC and MNC, five or six digits ("310260"): on these a line is at home. */
  readonly homeNetworks: readonly string[];
  /** The rest, as far as it is sold; a network in none of them is in `OTHER_ZONE`. */
  readonly zones: readonly RoamingZone[];
  /** What the packet core's rating groups mean; traffic of no group, or of one that is not here, is data. */
  readonly ratingGroups: readonly RatingGroup[];
  readonly destinations: Destinations;
  /** They never overlap; outside all of them the ordinary tariff holds. */
  readonly tariffPeriods: readonly TariffPeriod[];
};

/** `networks`: MCC ("334") or MCC and MNC ("334020"); the longest that a visited network begins with decides. */
export type RoamingZone = { readonly code: string; readonly names: Names; readonly networks: readonly string[] };

/** `group`: an Unsigned32 (RFC 8506 §8.29). */
export type RatingGroup = { readonly group: number; readonly service: Service };

/** Where a call or message goes. Prefixes are the digits of E.164, without "+"; the longest decides. */
export type Destinations = {
  /** Prefixes: `voice` and `message`. */
  readonly national: readonly string[];
  /** Whole numbers that cost nothing, as they are dialled ("911") or in full ("+12065550199"): emergency, own service. */
  readonly free: readonly string[];
  /** `voice_abroad.<code>` and `message_abroad.<code>`. */
  readonly abroad: readonly AbroadDestination[];
};

export type AbroadDestination = { readonly code: string; readonly names: Names; readonly prefixes: readonly string[] };

/** Local times of the week, by the clock on the wall in the market's time zone, at which a rate may name this period. */
export type TariffPeriod = { readonly code: string; readonly names: Names; readonly times: readonly WeeklyTime[] };

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Minutes after the midnight at which each of `days` begins. `untilMinute` is exclusive; past 1,440 it is in the next day. */
export type WeeklyTime = { readonly days: readonly Weekday[]; readonly fromMinute: number; readonly untilMinute: number };

/** A line on one of its home networks, or on one that nobody named. */
export const HOME_ZONE = 'home';
/** On a network of no zone: nobody has an allowance or rate for it, unless an operator sells one. */
export const OTHER_ZONE = 'other';
/** Not where a line is: what an allowance or rate says that serves everywhere. */
export const ANY_ZONE = 'any';

/** The data of devices that a phone shares its line with: sold as a part of its own, a hotspot (BUY-6). */
export const HOTSPOT_SERVICE = 'data.hotspot';

/** The data that the renewal pages themselves use: free in every zone, on every plan, also when nothing is left. */
export const RENEWAL_SERVICE = 'data.renewal';
