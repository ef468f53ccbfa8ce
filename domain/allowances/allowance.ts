/**
 * An allowance is what is owned: 5 GB until 2 December. Its row is granted once, by one part of one item of one order,
 * and is never deleted; what leaves it is posted (`use`, `forfeit`), and remaining = granted − Σ pairs − forfeited.
 */
import type { Exhaustion, Service } from '#domain/catalog';

export type { Service };

/** `at_date`: usable from `validFrom`. `on_exhaustion`: from `validFrom`, or earlier when `startEarly` says so. */
export type Starts = 'at_date' | 'on_exhaustion';

export type Allowance = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly allowanceId: bigint;
  /** The line it belongs to; null = shared by all lines of the account. */
  readonly lineId: bigint | null;
  readonly orderId: bigint;
  readonly itemNo: number;
  readonly partNo: number;
  readonly productCode: string;
  readonly productVersion: number;
  readonly market: string;
  readonly service: Service;
  /** 'any', or the one zone it serves. */
  readonly zone: string;
  readonly zeroRated: boolean;
  /** Octets, seconds or messages; null = unlimited. */
  readonly granted: bigint | null;
  /** How much of it goes at full speed; null = all, 0 = always throttled. */
  readonly fullSpeedCap: bigint | null;
  readonly used: bigint;
  /** Held by charging sessions. */
  readonly reserved: bigint;
  readonly forfeited: bigint;
  /** Of a shared one, what the capped lines of the account may use of it, and have (line-share.ts); null: no line is capped. */
  readonly shares: readonly bigint[] | null;
  /** Usable while validFrom ≤ instant < validUntil, to the millisecond. */
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly starts: Starts;
  /** Taken back as a whole (refund, cancellation): owned no more, kept for the record. */
  readonly withdrawnAt: Date | null;
  readonly createdAt: Date;
};

/** What decides whether and in which order it is used; where it came from is another matter. */
export type UsableAllowance = Pick<
  Allowance,
  | (
      | 'allowanceId'
      | 'lineId'
      | 'service'
      | 'zone'
      | 'zeroRated'
      | 'granted'
      | 'fullSpeedCap'
      | 'used'
      | 'reserved'
      | 'forfeited'
      | 'shares'
    )
  | ('validFrom' | 'validUntil' | 'withdrawnAt' | 'createdAt')
>;

export type AccountKey = { readonly slot: number; readonly accountId: bigint };
export type OrderItemKey = AccountKey & { readonly orderId: bigint; readonly itemNo: number };

/** What the line's present plan says about use; it governs whatever allowance is used, whoever sold it. */
export type UsePolicy = {
  /** The plan's exhaustion; 'stop' for a line without a plan. Throttled remainders are usable under 'throttle' only. */
  readonly exhaustion: Exhaustion['kind'];
  /** True where the plan says that shared allowances go before the line's own. */
  readonly sharedFirst?: boolean;
  /** The plan's: services that only allowances naming them serve (BUY-6). */
  readonly apart?: readonly Service[];
};

/** One report of use, as asked about the order of use. `zone` is where the line is. */
export type UseContext = {
  readonly service: Service;
  readonly zone: string;
  readonly lineId: bigint;
  readonly now: Date;
  readonly policy: UsePolicy;
};

/**
 * What can be used next of one allowance at one speed. An allowance with a full-speed cap stands twice in an order of
 * use: its full-speed part in its place, its throttled remainder behind everything at full speed.
 */
export type Portion = {
  readonly allowance: UsableAllowance;
  readonly speed: 'full' | 'throttled';
  /** null = unlimited; never 0. */
  readonly left: bigint | null;
};

/** The posting of a use against one allowance. */
export type Pair = { readonly allowanceId: bigint; readonly quantity: bigint };

export type Split = {
  /** Each allowance once, in order of use. */
  readonly pairs: readonly Pair[];
  readonly fullSpeed: bigint;
  readonly throttled: bigint;
  /** What no allowance covers: pay as you go, or loss; the caller decides. */
  readonly uncovered: bigint;
};

/** Full speed, throttled to the plan's speed, or nothing left. Money (pay as you go) is not seen from here. */
export type Speed = 'full' | 'throttled' | 'stopped';

/** What is left of what was granted, at full speed, zero-rated allowances aside; null = unlimited. */
export type Remaining = { readonly left: bigint | null; readonly granted: bigint | null };
export type Standing = Remaining & {
  readonly speed: Speed;
  /** Nothing is left at full speed because the line is at its cap: other lines of the account go on with what it shares (SIM-4). */
  readonly capReached?: true;
};

export type PackagePart = Remaining & {
  readonly service: Service;
  readonly zone: string;
  readonly zeroRated: boolean;
  /** Shared by all lines of the account. */
  readonly shared: boolean;
  /** Of a shared one, where the line is capped: what it may use of it. */
  readonly share?: { readonly left: bigint; readonly granted: bigint };
  readonly fullSpeedCap: bigint | null;
};

/** What one item of one order bought, as a page lists it. `left` and `granted` of a part count all speeds. */
export type Package = {
  readonly orderId: bigint;
  readonly itemNo: number;
  readonly productCode: string;
  readonly productVersion: number;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly starts: Starts;
  readonly state: 'usable' | 'waiting';
  readonly parts: readonly PackagePart[];
};

export type AllowanceSummary = {
  readonly data: Standing;
  /** Seconds. */
  readonly voice: Remaining;
  readonly message: Remaining;
  /** Those that have not ended, soonest end first. */
  readonly packages: readonly Package[];
};
