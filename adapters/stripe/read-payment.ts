/** What Stripe's objects say about an attempt, in the port's five outcomes. */
import type Stripe from 'stripe';
import type { DeclineReason, Handles, MethodUsed, Outcome } from '#domain/payments';
import { present } from '#platform/assert';
import { HOUR_MS } from '#platform/clock';
import { fromStripeAmount } from './convert-amount.ts';
import { nameDecline } from './name-decline.ts';
import { idOf } from './stripe-client.ts';

/** What to ask Stripe to send along with a payment, and with a checkout session. */
export const PAYMENT_EXPANDED = ['payment_method'];
export const SESSION_EXPANDED = ['payment_intent.payment_method'];

/** A bank that was asking when the page ended has long given up by then; a success that is told later still counts (P2). */
const BANK_ASKS_MS_MAX = HOUR_MS;

/** A checkout session with SESSION_EXPANDED. Without `transportNow` one that ended while a bank was asking is waited for. */
export function readSession(session: Stripe.Checkout.Session, transportNow?: Date): Outcome {
  const payment = typeof session.payment_intent === 'string' ? null : session.payment_intent;
  const handles = { customer: idOf(session.customer), page: session.id, payment: idOf(session.payment_intent) };
  const paid = payment && readPayment(payment);
  if (paid?.kind === 'succeeded') return { ...paid, handles: { ...paid.handles, ...handles } };
  if (session.status === 'open') {
    const expiresAt = new Date(session.expires_at * 1000);
    return { kind: 'pending', pageUrl: session.url ?? undefined, expiresAt, lastDecline: lastDeclineOf(payment), handles };
  }
  if (paid?.kind === 'pending' && !isAbandoned(session, payment, transportNow)) return { kind: 'pending', handles };
  const lastDecline = lastDeclineOf(payment);
  if (lastDecline !== undefined) return { kind: 'declined', reason: lastDecline, handles };
  if (session.status === 'expired') return { kind: 'not_attempted', cause: 'the page expired unpaid', handles };
  return { kind: 'unknown', cause: `stripe: session ${session.status}, ${session.payment_status}, payment ${payment?.status}`, handles };
}

/** An expired page cannot be completed: the customer closed it at their bank's question, and nobody will answer that. */
function isAbandoned(
  { status, expires_at }: Stripe.Checkout.Session,
  payment: Stripe.PaymentIntent | null,
  now: Date | undefined,
): boolean {
  const isAsking = status === 'expired' && payment?.status === 'requires_action';
  return isAsking && now !== undefined && now.getTime() > expires_at * 1000 + BANK_ASKS_MS_MAX;
}

/** A payment intent with PAYMENT_EXPANDED. */
export function readPayment(payment: Stripe.PaymentIntent): Outcome {
  const handles: Handles = { customer: idOf(payment.customer), payment: payment.id };
  const lastDecline = lastDeclineOf(payment);
  switch (payment.status) {
    case 'succeeded': {
      const captured = fromStripeAmount({ amount: payment.amount_received, currency: payment.currency });
      return { kind: 'succeeded', providerId: payment.id, captured, method: readMethod(payment.payment_method), handles };
    }
    case 'processing':
    case 'requires_action':
      return { kind: 'pending', handles };
    case 'canceled':
      if (lastDecline === undefined) return { kind: 'not_attempted', cause: 'the payment was cancelled', handles };
      return { kind: 'declined', reason: lastDecline, providerId: payment.id, handles };
    default:
      // Neither waits for us: we confirm in the request that creates. Without an error it may be on its way still.
      if (lastDecline !== undefined) return { kind: 'declined', reason: lastDecline, providerId: payment.id, handles };
      return { kind: 'unknown', cause: `stripe: payment ${payment.status}`, handles };
  }
}

function lastDeclineOf(payment: Stripe.PaymentIntent | null): DeclineReason | undefined {
  return payment?.last_payment_error ? nameDecline(payment.last_payment_error) : undefined;
}

/** Kind, brand and last four; and by what it may be charged again, when it is attached to the customer. */
function readMethod(method: string | Stripe.PaymentMethod | null): MethodUsed {
  const expanded = present(typeof method === 'string' ? null : method, 'a payment method was asked to be sent along');
  const savedMethodReference = expanded.customer === null ? undefined : expanded.id;
  const { card } = expanded;
  if (!card) return { kind: kindOf(expanded.type), savedMethodReference };
  const expires = `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}`;
  return {
    kind: WALLETS[card.wallet?.type ?? ''] ?? 'card',
    brand: card.brand,
    last4: card.last4 ?? undefined,
    expires,
    savedMethodReference,
  };
}

const WALLETS: Readonly<Record<string, MethodUsed['kind']>> = { apple_pay: 'apple_pay', google_pay: 'google_pay' };

const KINDS: Readonly<Record<string, MethodUsed['kind']>> = {
  paypal: 'paypal',
  alipay: 'alipay',
  wechat_pay: 'wechat_pay',
  link: 'link',
  us_bank_account: 'bank',
  sepa_debit: 'bank',
};

function kindOf(type: string): MethodUsed['kind'] {
  return KINDS[type] ?? 'other';
}
