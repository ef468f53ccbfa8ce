/**
 * What is sold. A version never changes once written: changing a product makes the next version, and an order names the
 * version it was sold under. Quantities are octets, seconds or messages; a GB is 1,000,000,000 octets.
 */
import type { Money, UnitPrice } from '#domain/money';
import type { Names, Period } from './market.ts';

export type ProductKind = 'plan' | 'pack' | 'top_up';

type Terms = {
  /** Code of the market it is sold in. */
  readonly market: string;
  /** "month-5gb": what an order, an address and the API call it. */
  readonly code: string;
  /** 1, 2, 3 … */
  readonly version: number;
  readonly validFrom: Date;
  /** Exclusive: on sale before it; null while nothing ends it. */
  readonly validUntil: Date | null;
  readonly names: Names;
};

/** Sold for a period; or, when `period` is null, pay as you go: no price, no parts but zero-rated ones, rates only. */
export type Plan = Terms & {
  readonly kind: 'plan';
  readonly price: Money;
  readonly period: Period | null;
  readonly parts: readonly AllowancePart[];
  /** What happens when the full-speed data is used up. */
  readonly exhaustion: Exhaustion;
  /** What use costs that no allowance covers; empty: it is not possible. */
  readonly rates: readonly UsageRate[];
  /** Services that only allowances naming them serve: a hotspot that the plan's ordinary data does not cover (BUY-6). */
  readonly apart?: readonly Service[];
};

/** Added beside a plan; ends when its own validity ends. */
export type Pack = Terms & {
  readonly kind: 'pack';
  readonly price: Money;
  readonly validity: Period;
  readonly parts: readonly AllowancePart[];
};

/** Money onto the balance. A preset has its amount; the custom one (`amount` null) takes any from `min` to `max`. */
export type TopUp = Terms & { readonly kind: 'top_up'; readonly amount: Money | null; readonly min: Money; readonly max: Money };

export type Product = Plan | Pack | TopUp;

/**
 * What is used. A service covers its classes: `data` covers `data.video`. Calls and messages abroad have a root of their
 * own, so that what is granted for `voice` covers national calls only: `voice_abroad` is all of them, `voice_abroad.mx` Mexico.
 */
export type Service = Root | `data.${string}` | `voice_abroad.${string}` | `message_abroad.${string}`;
type Root = 'data' | 'voice' | 'message' | 'voice_abroad' | 'message_abroad';

/** What a service is counted in. */
export type Unit = 'octet' | 'second' | 'message';

export function unitOf(service: Service): Unit {
  if (service.startsWith('voice')) return 'second';
  return service.startsWith('message') ? 'message' : 'octet';
}

/** Whether what is granted, priced or named for one service holds for another: for itself, and for its classes. */
export function covers(named: Service, used: Service): boolean {
  return used === named || (used.startsWith(named) && used[named.length] === '.');
}

/** One thing a customer gets; each becomes one allowance. A throttle plan with metered data also has a throttled remainder. */
export type AllowancePart = {
  readonly service: Service;
  /** "any", or the code of a zone. */
  readonly zone: string;
  /** Octets, seconds or messages; null: unlimited. */
  readonly quantity: bigint | null;
  /** Octets at full speed; null: all of it; 0: always throttled. Null unless the service is data. */
  readonly fullSpeedCap: bigint | null;
  /** Used first and never counted against anything else. */
  readonly zeroRated: boolean;
  /** Usable by every line of the account. */
  readonly shared: boolean;
};

export type Exhaustion =
  | { readonly kind: 'throttle'; readonly speedKbps: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'pay_as_you_go' };

/** An exact price per octet, second or message. `includesTax` where the market's tax point is use. */
export type UsageRate = {
  readonly service: Service;
  readonly zone: string;
  readonly price: UnitPrice;
  readonly includesTax: boolean;
  /** Code of the tariff period it holds in; absent: whenever no other does. */
  readonly tariff?: string;
  /** Absent: each unit by itself. */
  readonly increment?: Increment;
};

/** Units are charged by started increments: `first` as soon as anything is used, then each `next`. */
export type Increment = { readonly first: bigint; readonly next: bigint };
