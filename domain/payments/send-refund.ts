/** Outside calls for refunds: no transaction, no database. What comes back is recorded by `recordRefundOutcome`. */
import { assert } from '#platform/assert';
import { formatId } from '#platform/ids';
import type { Refund } from './payment.ts';
import type { Providers, RefundOutcome, RefundRequest } from './provider.ts';
import { providerOf } from './provider-of.ts';
import { ageMs, sendableMs } from './send-attempt.ts';

/** Sends a refund that was started, or repeats it under the same key; past the window of that try it only asks. */
export async function sendRefund(providers: Providers, refund: Refund, transportNow: Date): Promise<RefundOutcome> {
  assert(refund.endedAt === null, 'only a refund without an end is sent');
  const provider = providerOf(providers, refund.provider);
  if (ageMs(refund.tryStartedAt, transportNow) >= sendableMs(provider)) return askRefund(providers, refund, transportNow);
  return provider.refund(requestOf(refund));
}

/** Looks the refund up. Finding nothing means that this try came to nothing only past the provider's horizon. */
export async function askRefund(providers: Providers, refund: Refund, transportNow: Date): Promise<RefundOutcome> {
  const provider = providerOf(providers, refund.provider);
  const found = await provider.lookUpRefund(requestOf(refund));
  if (found.kind !== 'not_found') return found;
  const isPast = ageMs(refund.tryStartedAt, transportNow) >= provider.notFoundHorizonMs;
  return isPast
    ? { kind: 'not_attempted', cause: 'the provider knows nothing of it, past its horizon', again: 'at_once' }
    : { kind: 'unknown', cause: 'the provider knows nothing of it yet' };
}

/** What the janitor does with a refund that is due: send it when nobody is known to have, else ask. */
export function pursueRefund(providers: Providers, refund: Refund, transportNow: Date): Promise<RefundOutcome> {
  return refund.state === 'started' ? sendRefund(providers, refund, transportNow) : askRefund(providers, refund, transportNow);
}

function requestOf(refund: Refund): RefundRequest {
  const reference = formatId('ref', refund.refundId);
  return {
    reference,
    tryKey: `${reference}.${refund.tryNo}`,
    paymentId: refund.paymentId,
    amount: refund.amount,
    handles: { refund: refund.providerId ?? undefined },
  };
}
