/** Refunds to the original method, found again by our reference in their metadata. */
import type Stripe from 'stripe';
import type { LookUpRefundOutcome, RefundOutcome, RefundRequest } from '#domain/payments';
import { fromStripeAmount, toStripeAmount } from './convert-amount.ts';
import { type Link, readMishap } from './stripe-client.ts';

/** Stripe will never make a refund that it refuses so; anything else that is refused may go through later (an empty balance, say). */
const FINAL_CODES = ['charge_already_refunded', 'charge_disputed', 'charge_not_refundable', 'refund_disputed_payment', 'resource_missing'];

export async function refundPayment(link: Link, request: RefundRequest): Promise<RefundOutcome> {
  const total = toStripeAmount(request.amount);
  if (total === undefined) return { kind: 'failed', reason: 'stripe cannot refund this amount exactly' };
  try {
    const params = { payment_intent: request.paymentId, amount: total.amount, metadata: { everline_refund: request.reference } };
    return readRefund(await link.stripe.refunds.create(params, { idempotencyKey: request.tryKey }));
  } catch (error) {
    const mishap = readMishap(error);
    const cause = mishap.kind === 'declined' ? mishap.error.message : mishap.cause;
    link.trouble(cause);
    if (mishap.kind !== 'refused') return { kind: 'unknown', cause };
    if (!FINAL_CODES.includes(mishap.code)) return { kind: 'not_attempted', cause };
    // "Already refunded" may be this very refund, made by a try whose answer was lost.
    const found = await lookUpRefund(link, request);
    return found.kind === 'not_found' ? { kind: 'failed', reason: mishap.code } : found;
  }
}

export async function lookUpRefund(link: Link, request: RefundRequest): Promise<LookUpRefundOutcome> {
  try {
    if (request.handles.refund !== undefined) return readRefund(await link.stripe.refunds.retrieve(request.handles.refund));
    for await (const refund of link.stripe.refunds.list({ payment_intent: request.paymentId, limit: 100 }))
      if (refund.metadata?.['everline_refund'] === request.reference) return readRefund(refund);
    return { kind: 'not_found' };
  } catch (error) {
    const mishap = readMishap(error);
    const cause = mishap.kind === 'declined' ? mishap.error.message : mishap.cause;
    link.trouble(cause);
    return { kind: 'unknown', cause };
  }
}

function readRefund(refund: Stripe.Refund): RefundOutcome {
  const providerId = refund.id;
  switch (refund.status) {
    case 'succeeded':
      return { kind: 'succeeded', providerId, refunded: fromStripeAmount(refund) };
    case 'failed':
    case 'canceled':
      return { kind: 'failed', reason: refund.failure_reason ?? refund.status, providerId };
    default:
      return { kind: 'pending', providerId };
  }
}
