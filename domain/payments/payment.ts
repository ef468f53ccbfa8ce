/**
 * The nouns. An intent is what an order wants paid; an attempt is one try to get it (a page, or a saved method); a
 * refund gives back part of what one attempt captured. All instants here are transport time: providers, pages and the
 * janitor live in the real world, whatever the business clock says.
 */
import type { Money } from '#domain/money';
import type { DeclineReason, DisputeState, Handles, MethodUsed, PaymentChoice } from './provider.ts';

export type Intent = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly intentId: bigint;
  readonly orderId: bigint;
  /** Who pays; null for a guest. */
  readonly personId: bigint | null;
  readonly amount: Money;
  readonly openedAt: Date;
};

export type AttemptState = 'started' | 'pending' | 'unknown' | 'succeeded' | 'declined' | 'not_attempted';

export type AttemptKey = { readonly slot: number; readonly accountId: bigint; readonly attemptId: bigint };

export type Attempt = AttemptKey & {
  readonly intentId: bigint;
  readonly orderId: bigint;
  readonly personId: bigint | null;
  readonly provider: string;
  /** The caller's idempotency key, unique within the intent. */
  readonly key: string;
  readonly way: 'page' | 'saved';
  readonly choice: PaymentChoice | null;
  readonly saveMethod: boolean;
  readonly savedMethodId: bigint | null;
  readonly methodReference: string | null;
  readonly amount: Money;
  readonly state: AttemptState;
  readonly handles: Handles;
  readonly pageUrl: string | null;
  /** Where the customer answers their bank, when a saved method could not be charged without them. */
  readonly authenticationUrl: string | null;
  readonly pageExpiresAt: Date | null;
  /** Why it was declined; while pending, why the last try on the page was. */
  readonly declineReason: DeclineReason | null;
  /** What was taken, in the currency charged; null until it succeeded. */
  readonly captured: Money | null;
  /** Of what was captured: refunds begun and not failed, and disputes open or lost. */
  readonly refundingMinor: bigint;
  readonly disputedMinor: bigint;
  readonly method: MethodUsed | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** When the customer chose to pay again instead: a success after this is to be refunded. */
  readonly supersededAt: Date | null;
  /** When the janitor asks next; null when there is nothing to ask. */
  readonly askAt: Date | null;
};

export type RefundState = 'started' | 'pending' | 'unknown' | 'succeeded' | 'failed';

export type Refund = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly refundId: bigint;
  readonly attemptId: bigint;
  readonly intentId: bigint;
  readonly orderId: bigint;
  readonly provider: string;
  readonly key: string;
  readonly reason: string;
  readonly amount: Money;
  readonly state: RefundState;
  readonly paymentId: string;
  readonly providerId: string | null;
  readonly failure: string | null;
  /** A refund that came to nothing is tried again under a new idempotency key. */
  readonly tryNo: number;
  readonly tryStartedAt: Date;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly askAt: Date | null;
};

export type SavedMethod = {
  readonly personId: bigint;
  readonly savedMethodId: bigint;
  readonly provider: string;
  readonly reference: string;
  readonly kind: MethodUsed['kind'];
  readonly brand: string | null;
  readonly last4: string | null;
  /** `YYYY-MM`. */
  readonly expires: string | null;
  readonly savedAt: Date;
};

export type Dispute = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly attemptId: bigint;
  readonly orderId: bigint;
  readonly disputeId: string;
  readonly state: DisputeState;
  readonly amount: Money;
  readonly reason: string;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
  /** The provider's own time of the news it stands by. */
  readonly toldAt: Date;
};

/** Whether nobody knows yet how it ends: these are asked about. */
export function isLive(attempt: Pick<Attempt, 'state'>): boolean {
  return LIVE_STATES.includes(attempt.state);
}

export const LIVE_STATES: readonly AttemptState[] = ['started', 'pending', 'unknown'];

/** Why money cannot be refunded twice: what is left of a capture after refunds and disputes (P3). */
export function refundable(attempt: Attempt): Money {
  const { captured } = attempt;
  if (captured === null) return { currency: attempt.amount.currency, minor: 0n };
  const minor = captured.minor - attempt.refundingMinor - attempt.disputedMinor;
  return { currency: captured.currency, minor: minor > 0n ? minor : 0n };
}
