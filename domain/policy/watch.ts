/** What a policy function (PCRF, PCF) is told of a line, and how it is kept. */

/** By whom it is kept: Sy (3GPP TS 29.219) or Nchf_SpendingLimitControl (TS 29.594). */
export type Door = 'sy' | 'spending_limit';

/** The word it has now, and which it will have at which instants of the network's own time, soonest first, as far as is known now. */
export type CounterStatus = { readonly status: string; readonly pending: readonly PendingStatus[] };
export type PendingStatus = { readonly status: string; readonly at: Date };

/** By name of a counter. Names and words are plain, and the network's operator makes rules of them. */
export type Statuses = Readonly<Record<string, CounterStatus>>;

export type WatchKey = { readonly slot: number; readonly accountId: bigint; readonly watchId: bigint };

/** How a peer named the line: the IMSI decides, a number alone will do. */
export type Watched = { readonly imsi: string | null; readonly number: string | null };

/** One peer that wants to be told how a line stands, until it or the line ends. */
export type Watch = WatchKey &
  Watched & {
    readonly lineId: bigint;
    readonly door: Door;
    /** Origin-Host, in small letters; for a spending limit the consumer as its connection proved it. */
    readonly peer: string;
    /** Session-Id, or the name we gave. */
    readonly reference: string;
    readonly realm: string | null;
    readonly notify: string | null;
    readonly notifyId: string | null;
    /** Null: all there are. */
    readonly counters: readonly string[] | null;
    readonly told: Statuses;
    readonly originStateId: bigint;
    readonly againAt: Date | null;
    readonly endsAt: Date | null;
    readonly beganAt: Date;
    readonly changedAt: Date;
  };

/** What a peer asks for. */
export type WatchRequest = Watched &
  Pick<Watch, 'door' | 'peer' | 'reference' | 'realm' | 'notify' | 'notifyId' | 'counters' | 'endsAt'> & {
    readonly originStateId: number;
  };

/** What it was answered. */
export type WatchAnswer =
  | { readonly result: 'success'; readonly statuses: Statuses; readonly endsAt: Date | null }
  | { readonly result: 'user_unknown' | 'unknown_session' }
  | { readonly result: 'unknown_counters'; readonly counters: readonly string[] };
