/**
 * Webhooks: verified over the raw body, claimed by the provider's event id in the transaction that acts on it, never
 * alone (architecture.md, Webhooks). An event is a hint: the caller looks the payment or refund up; only a dispute is
 * taken from the signed body.
 */
import { statement, type Transaction } from '#platform/database';
import { parseId } from '#platform/ids';
import type { Refusal } from '#platform/refusals';
import type { DisputeNews, PaymentProvider, ProviderEvent } from './provider.ts';
import { refuse } from './refusals.ts';

type EventClaim = { provider: string; eventReference: string; slot: number; accountId: bigint; transportAt: Date };
const claimEventRow = statement<EventClaim, { eventReference: string }>(import.meta.dirname, 'claim-event');

export type VerifiedEvent = {
  readonly provider: string;
  readonly eventId: string;
  readonly kind: ProviderEvent['kind'];
  /** Our attempt and refund, when the event names them; `findAttempt` takes this whole object. */
  readonly attemptId: bigint | undefined;
  readonly refundId: bigint | undefined;
  /** The provider's id of the payment. */
  readonly providerId: string | undefined;
  readonly dispute: DisputeNews | undefined;
};

export type VerifyEventRefusal = Refusal<'payments.event_forged' | 'payments.event_expired' | 'payments.event_unreadable'>;

/** Refuses what is not signed with our secret, signed too long ago, or not readable; trusts nothing else in it. */
export function verifyEvent(
  provider: PaymentProvider,
  rawBody: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
  transportNow: Date,
): VerifiedEvent | VerifyEventRefusal {
  const event = provider.readEvent(rawBody, headers, transportNow);
  if ('flaw' in event) return refuse(`payments.event_${event.flaw}`);
  return {
    provider: provider.code,
    eventId: event.eventId,
    kind: event.kind,
    attemptId: event.attemptReference === undefined ? undefined : parseId('att', event.attemptReference),
    refundId: event.refundReference === undefined ? undefined : parseId('ref', event.refundReference),
    providerId: event.providerId,
    dispute: event.dispute,
  };
}

/** True the first time; false when another transaction that committed had claimed it. Rolls back with the caller's. */
export async function claimEvent(
  tx: Transaction,
  claim: {
    readonly provider: string;
    readonly eventId: string;
    readonly slot: number;
    readonly accountId: bigint;
    readonly transportAt: Date;
  },
): Promise<boolean> {
  const { provider, eventId: eventReference, slot, accountId, transportAt } = claim;
  return (await tx.maybe(claimEventRow, { provider, eventReference, slot, accountId, transportAt })) !== undefined;
}
