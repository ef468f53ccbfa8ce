/** Webhooks (docs.stripe.com/webhooks): the signature over the raw body, then the few fields we use. */
import type Stripe from 'stripe';
import type { DisputeNews, DisputeState, EventFlaw, ProviderEvent } from '#domain/payments';
import { fromStripeAmount } from './convert-amount.ts';

export const TOLERANCE_SECONDS = 300;

type Headers = Readonly<Record<string, string | undefined>>;
type Fields = Readonly<Record<string, unknown>>;

export function readEvent(
  stripe: Stripe,
  secrets: readonly string[],
  rawBody: Buffer,
  headers: Headers,
  transportNow: Date,
): ProviderEvent | EventFlaw {
  const signature = headers['stripe-signature'] ?? '';
  const secret = secrets.find((one) => isSigned(stripe, rawBody, signature, one, 0, transportNow));
  if (secret === undefined) return { flaw: 'forged' };
  if (!isSigned(stripe, rawBody, signature, secret, TOLERANCE_SECONDS, transportNow)) return { flaw: 'expired' };
  try {
    return eventOf(JSON.parse(rawBody.toString('utf8')));
  } catch {
    return { flaw: 'unreadable' };
  }
}

/** A tolerance of 0 leaves the age out of it. */
function isSigned(stripe: Stripe, body: Buffer, signature: string, secret: string, tolerance: number, now: Date): boolean {
  try {
    return stripe.webhooks.signature?.verifyHeader(body, signature, secret, tolerance, undefined, now.getTime()) === true;
  } catch {
    return false;
  }
}

function eventOf(parsed: unknown): ProviderEvent {
  const event = fields(parsed);
  const eventId = text(event['id']);
  const type = text(event['type']);
  const object = fields(fields(event['data'])['object']);
  const metadata = object['metadata'] ? fields(object['metadata']) : {};
  const attemptReference = optional(metadata['everline_attempt']) ?? optional(object['client_reference_id']);
  if (/^checkout\.session\./.test(type))
    return { eventId, kind: 'payment', attemptReference, providerId: optional(object['payment_intent']) };
  if (/^payment_intent\./.test(type)) return { eventId, kind: 'payment', attemptReference, providerId: text(object['id']) };
  const providerId = optional(object['payment_intent']);
  if (/^(refund\.|charge\.refund\.)/.test(type))
    return { eventId, kind: 'refund', refundReference: optional(metadata['everline_refund']), providerId };
  const dispute = /^charge\.dispute\./.test(type) ? disputeOf(object, new Date(Number(event['created']) * 1000)) : undefined;
  return dispute ? { eventId, kind: 'dispute', providerId, dispute } : { eventId, kind: 'other', attemptReference, providerId };
}

/** Inquiries (`warning_…`) and what was prevented take no money, so they are no disputes yet. */
const DISPUTE_STATES: Readonly<Record<string, DisputeState>> = {
  needs_response: 'opened',
  under_review: 'opened',
  won: 'won',
  lost: 'lost',
};

/** Undefined for what is no dispute yet. Throws when it cannot be read. */
export function disputeOf(object: Fields, toldAt: Date): DisputeNews | undefined {
  const state = DISPUTE_STATES[text(object['status'])];
  if (state === undefined) return undefined;
  const amount = fromStripeAmount({ amount: Number(object['amount']), currency: text(object['currency']) });
  if (Number.isNaN(toldAt.getTime())) throw new TypeError('an instant was expected');
  return { disputeId: text(object['id']), state, amount, reason: text(object['reason']), toldAt };
}

function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw new TypeError('an object was expected');
  return value as Fields;
}

function text(value: unknown): string {
  if (optional(value) === undefined) throw new TypeError('a text was expected');
  return value as string;
}

/** No name of Stripe's has a zero in it, and PostgreSQL keeps no text with one. */
function optional(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !value.includes('\0') ? value : undefined;
}
