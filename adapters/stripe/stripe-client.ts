/** The SDK's client as we run it: no retries of its own (P2 says how a lost answer ends), ten seconds, no telemetry. */
import Stripe from 'stripe';
import type { Handles } from '#domain/payments';

export type StripeOptions = {
  /** `sk_test_…`, `sk_live_…` or a restricted key. */
  readonly secretKey: string;
  /** `whsec_…`; several while one is being replaced. */
  readonly webhookSecrets: readonly string[];
  /** Where Stripe answers: api.stripe.com, or the simulator. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: 'http' | 'https' | undefined;
  readonly timeoutMs?: number | undefined;
  /** Told why an outcome is unknown, for the operator's log; never holds a card or a secret. */
  readonly onTrouble?: ((cause: string) => void) | undefined;
};

export const TIMEOUT_MS = 10_000;

export function createClient(options: StripeOptions): Stripe {
  return new Stripe(options.secretKey, {
    maxNetworkRetries: 0,
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    telemetry: false,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.protocol === undefined ? {} : { protocol: options.protocol }),
  });
}

/** What every call here is made with. */
export type Link = { readonly stripe: Stripe; readonly trouble: (cause: string) => void };

/** What a call that went wrong says for sure. Everything but a plain refusal of this very request says nothing. */
export type Mishap =
  | { readonly kind: 'declined'; readonly error: InstanceType<typeof Stripe.errors.StripeCardError> }
  | { readonly kind: 'refused'; readonly code: string; readonly cause: string }
  | { readonly kind: 'unknown'; readonly cause: string };

/**
 * A 402 is a decline. A 400 or 404 refuses the request itself, so neither it nor an earlier identical one was done: a
 * repeat of one that was done is answered as the first time. Not so 401, 403 and 429, which say nothing about an
 * earlier sending, nor idempotency errors (another request under the key was done, or is under way).
 */
export function readMishap(error: unknown): Mishap {
  if (error instanceof Stripe.errors.StripeCardError) return { kind: 'declined', error };
  const cause = causeOf(error);
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return { kind: 'refused', code: error.code ?? '', cause };
  return { kind: 'unknown', cause };
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'stripe: no error';
  const details = error instanceof Stripe.errors.StripeError ? [error.type, error.code, error.statusCode, error.requestId] : [error.name];
  return `stripe: ${[...details, error.message].filter(Boolean).join(' · ')}`;
}

/** `unknown`, told to the operator. */
export function unknownOutcome(
  link: Link,
  cause: string,
  handles: Handles = {},
): { readonly kind: 'unknown'; readonly cause: string; readonly handles: Handles } {
  link.trouble(cause);
  return { kind: 'unknown', cause, handles };
}

export function idOf(reference: string | { readonly id: string } | null | undefined): string | undefined {
  if (reference === null || reference === undefined) return undefined;
  return typeof reference === 'string' ? reference : reference.id;
}
