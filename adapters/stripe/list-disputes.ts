/** The daily list of disputes (docs.stripe.com/api/disputes/list): what webhooks said, or should have. */
import type { DisputeList, ListedDispute } from '#domain/payments';
import { MINUTE_MS } from '#platform/clock';
import { disputeOf } from './read-event.ts';
import { idOf, type Link, readMishap } from './stripe-client.ts';

/** A list says how things stand, not since when: what is told after it must count as later, whichever clock is ahead. */
const SKEW_MS = 5 * MINUTE_MS;

export async function listDisputes(link: Link, since: Date, transportNow: Date, pageSize = 100): Promise<DisputeList> {
  const params = { created: { gte: Math.floor(since.getTime() / 1000) }, limit: pageSize, expand: ['data.payment_intent'] };
  const toldAt = new Date(transportNow.getTime() - SKEW_MS);
  const disputes: ListedDispute[] = [];
  try {
    for await (const dispute of link.stripe.disputes.list(params)) {
      const news = disputeOf({ ...dispute }, toldAt);
      const payment = dispute.payment_intent;
      const attemptReference = typeof payment === 'object' ? payment?.metadata['everline_attempt'] : undefined;
      if (news !== undefined) disputes.push({ news, attemptReference, providerId: idOf(payment) });
    }
    return { kind: 'listed', disputes };
  } catch (error) {
    const mishap = readMishap(error);
    const cause = mishap.kind === 'declined' ? mishap.error.message : mishap.cause;
    link.trouble(cause);
    return { kind: 'unknown', cause };
  }
}
