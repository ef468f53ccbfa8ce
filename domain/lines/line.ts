import type { Language } from '#platform/messages';

export const LINE_STATES = ['pending', 'active', 'throttled', 'stopped', 'expired', 'suspended', 'parked', 'lost'] as const;
export type LineState = (typeof LINE_STATES)[number];

export type LineKey = { readonly slot: number; readonly accountId: bigint; readonly lineId: bigint };

/** A number with a plan. Versions of market and plan are read from the catalogue by the codes it holds. */
export type Line = LineKey & {
  /** E.164. */
  readonly number: string;
  readonly market: string;
  /** Postcode that chooses the tax components; null takes the market's default. */
  readonly taxRegion: string | null;
  readonly language: Language;
  /** Where its notices go when no owner has signed up. */
  readonly email: string | null;
  readonly state: LineState;
  readonly stateSince: Date;
  readonly planCode: string | null;
  readonly planVersion: number | null;
  /** The day of the month its periods keep: 31 Jan, 28 Feb, 31 Mar. */
  readonly anchorDay: number | null;
  readonly periodStartedAt: Date | null;
  /** End of what is paid, exclusive; null for a plan without periods. */
  readonly paidUntil: Date | null;
  readonly dueAt: Date | null;
  readonly remindedEndingDays: number | null;
  readonly remindedDataPercent: number | null;
  readonly lastPaidAt: Date | null;
};

export type StartRule = 'at_end' | 'on_exhaustion';

/** A plan that is paid for and follows the present one. */
export type QueuedPlan = {
  readonly orderId: bigint;
  readonly itemNo: number;
  readonly planCode: string;
  readonly planVersion: number;
  readonly startRule: StartRule;
  readonly anchorDay: number | null;
  readonly periodUnit: 'day' | 'month' | 'year';
  readonly periodCount: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
};

/** What decisions about a line are made from: the line and the plans waiting behind it, soonest first. */
export type LineWithQueue = { readonly line: Line; readonly queue: readonly QueuedPlan[] };

/** One entry of a line's timeline. */
export type LineEventRow = { readonly event: string; readonly stateBefore: LineState; readonly stateAfter: LineState; readonly at: Date };
