/** Asking (reliability.md P2): by Stripe's id when we have it, else among the customer's sessions and payments. */
import type { AttemptRequest, LookUpOutcome, Outcome } from '#domain/payments';
import { MINUTE_MS } from '#platform/clock';
import { findCustomer } from './find-customer.ts';
import { PAYMENT_EXPANDED, readPayment, readSession, SESSION_EXPANDED } from './read-payment.ts';
import { type Link, readMishap, unknownOutcome } from './stripe-client.ts';

/** Stripe answers repeats for at least 24 hours (docs.stripe.com/api/idempotent_requests); we count on a little less. */
export const KEY_LIFE_MS = 23 * 60 * MINUTE_MS;
/** How far Stripe's clock may be behind ours when we list what was made since the attempt began. */
const SKEW_MS = 5 * MINUTE_MS;

export async function lookUpPayment(link: Link, request: AttemptRequest, transportNow: Date): Promise<LookUpOutcome> {
  const { page, payment } = request.handles;
  try {
    if (page !== undefined)
      return readSession(await link.stripe.checkout.sessions.retrieve(page, { expand: SESSION_EXPANDED }), transportNow);
    if (payment !== undefined) return readPayment(await link.stripe.paymentIntents.retrieve(payment, { expand: PAYMENT_EXPANDED }));
    return await searchCustomer(link, request, transportNow);
  } catch (error) {
    // Also a 404 for an id we hold: more likely we ask with another account's key than that a payment vanished.
    const mishap = readMishap(error);
    return unknownOutcome(link, mishap.kind === 'declined' ? mishap.error.message : mishap.cause);
  }
}

async function searchCustomer(link: Link, request: AttemptRequest, transportNow: Date): Promise<LookUpOutcome> {
  const { stripe } = link;
  const keyIsKept = transportNow.getTime() - request.startedAt.getTime() < KEY_LIFE_MS;
  const customer = await findCustomer(link, request, keyIsKept);
  if (customer === undefined) return { kind: 'not_found' };
  const since = { customer, created: { gte: Math.floor((request.startedAt.getTime() - SKEW_MS) / 1000) }, limit: 100 };
  const found: Outcome[] = [];
  for await (const payment of stripe.paymentIntents.list({ ...since, expand: PAYMENT_EXPANDED.map((name) => `data.${name}`) }))
    if (payment.metadata['everline_attempt'] === request.reference) found.push(readPayment(payment));
  for await (const session of stripe.checkout.sessions.list({ ...since, expand: SESSION_EXPANDED.map((name) => `data.${name}`) }))
    if (session.client_reference_id === request.reference) found.push(readSession(session, transportNow));
  return strongest(found) ?? { kind: 'not_found' };
}

/** A success above all; else what may still become one; a refused charge only when no page was opened for it. */
const STRENGTH: readonly Outcome['kind'][] = ['succeeded', 'pending', 'unknown', 'declined', 'not_attempted'];

function strongest(found: readonly Outcome[]): Outcome | undefined {
  return STRENGTH.map((kind) => found.find((outcome) => outcome.kind === kind)).find((outcome) => outcome !== undefined);
}

/** Expires the session; one that was completed at that moment is reported as it is. */
export async function closePage(link: Link, request: AttemptRequest, transportNow: Date): Promise<LookUpOutcome> {
  const found = await lookUpPayment(link, request, transportNow);
  const page = found.kind === 'pending' ? found.handles?.page : undefined;
  if (page === undefined) return found;
  try {
    return readSession(await link.stripe.checkout.sessions.expire(page, { expand: SESSION_EXPANDED }), transportNow);
  } catch {
    // Not open any more, or no answer: either way only a look tells.
    return lookUpPayment(link, { ...request, handles: { ...request.handles, page } }, transportNow);
  }
}
