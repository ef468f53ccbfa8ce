/**
 * How an order stands for whoever waits for it: one word, from its state and its attempts. Pure: the page, the API and the
 * command line say the same.
 */
import type { Attempt, DeclineReason } from '#domain/payments';
import type { Order } from './order.ts';

export const ORDER_STANDINGS = [
  'awaiting_payment',
  'payment_unknown',
  'declined',
  'paid',
  'delivered',
  'cancelled',
  'expired',
  'refunding',
  'refunded',
] as const;
/**
 * - awaiting_payment: nobody has paid yet; the provider's page may be open.
 * - payment_unknown: nobody knows yet whether it was paid; it is asked about (P2).
 * - declined: the last try ended without money, and `declineOf` says why; another may follow, on its page too when that is open.
 * - paid: the money is there or held, its effect is not committed yet.
 * - delivered: in effect. · expired: ended by us, as nobody paid in time.
 */
export type OrderStanding = (typeof ORDER_STANDINGS)[number];

/** `attempts` of this order, oldest first. */
export function standingOf(order: Pick<Order, 'state' | 'tender' | 'reason'>, attempts: readonly Attempt[]): OrderStanding {
  switch (order.state) {
    case 'applied':
    case 'delivered':
      return 'delivered';
    case 'cancelled':
      return order.reason === 'not_paid' ? 'expired' : 'cancelled';
    case 'refunding':
    case 'refunded':
      return order.state;
    case 'placed':
      return order.tender === 'balance' ? 'paid' : standingOfAttempt(presentAttempt(attempts));
  }
}

/** The one that may still pay the order, or the last that might have. */
export function presentAttempt(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.findLast((attempt) => attempt.supersededAt === null) ?? attempts.at(-1);
}

function standingOfAttempt(attempt: Attempt | undefined): OrderStanding {
  switch (attempt?.state) {
    case undefined:
    case 'started':
      return 'awaiting_payment';
    case 'unknown':
      return 'payment_unknown';
    case 'succeeded':
      return 'paid';
    case 'declined':
    case 'not_attempted':
      return 'declined';
    case 'pending':
      if (pageOf(attempt) === undefined) return 'payment_unknown';
      return attempt.declineReason === null ? 'awaiting_payment' : 'declined';
  }
}

/** Where the customer goes on paying; undefined when there is nothing for them to do. */
export function pageOf(attempt: Pick<Attempt, 'state' | 'authenticationUrl' | 'pageUrl'>): string | undefined {
  return attempt.state === 'pending' ? (attempt.authenticationUrl ?? attempt.pageUrl ?? undefined) : undefined;
}

/** Why the last try ended without money, as `decline.<reason>` of the messages: also a page that closed, and a provider's fault. */
export function declineOf(attempt: Pick<Attempt, 'declineReason' | 'pageExpiresAt'>): DeclineReason | 'page_expired' {
  if (attempt.declineReason !== null) return attempt.declineReason;
  return attempt.pageExpiresAt === null ? 'try_again' : 'page_expired';
}
