/**
 * Outside calls: no transaction, no database. What comes back is recorded by `recordOutcome`. A repeat carries the same
 * reference, which is the idempotency key, and is sent only while the provider is sure to recognise it *and* a look-up
 * that found nothing has not yet been taken for an answer: past that we only ask (reliability.md P2).
 */
import { assert } from '#platform/assert';
import { MINUTE_MS } from '#platform/clock';
import { formatId } from '#platform/ids';
import { type Attempt, isLive } from './payment.ts';
import type { AttemptRequest, LookUpOutcome, Outcome, PageContext, PaymentProvider, Providers } from './provider.ts';
import { providerOf } from './provider-of.ts';

/** Between our last possible sending and the horizon: what a request may linger on its way. */
const LINGER_MS = 2 * MINUTE_MS;

/**
 * Opens the page, or charges the saved method. `context` must be the same each time the same attempt is sent. Never
 * throws for what happens outside.
 */
export async function sendAttempt(providers: Providers, attempt: Attempt, context: PageContext, transportNow: Date): Promise<Outcome> {
  assert(isLive(attempt), 'only an attempt without an end is sent');
  const provider = providerOf(providers, attempt.provider);
  if (ageMs(attempt.startedAt, transportNow) >= sendableMs(provider)) return askOutcome(providers, attempt, transportNow);
  const expiresAt = new Date(attempt.startedAt.getTime() + provider.pageLifeMs);
  const request = { ...requestOf(attempt), ...context, expiresAt };
  const { methodReference, saveMethod } = attempt;
  const sent =
    methodReference === null
      ? await provider.openPage({ ...request, choice: attempt.choice ?? undefined, saveMethod })
      : await provider.charge({ ...request, methodReference });
  return sent.kind === 'unknown' ? askAtOnce(providers, attempt, sent, transportNow) : sent;
}

/** An answer that was lost, or a 500 after it was done: what was made is there to be found, and the customer waits. */
async function askAtOnce(providers: Providers, attempt: Attempt, sent: Outcome, transportNow: Date): Promise<Outcome> {
  const handles = { ...attempt.handles, ...sent.handles };
  const asked = await askOutcome(providers, { ...attempt, handles }, transportNow);
  return asked.kind === 'unknown' ? sent : asked;
}

/** Looks the attempt up. Finding nothing means "not attempted" only past the provider's horizon. */
export async function askOutcome(providers: Providers, attempt: Attempt, transportNow: Date): Promise<Outcome> {
  const provider = providerOf(providers, attempt.provider);
  return withHorizon(provider, attempt, await provider.lookUp(requestOf(attempt), transportNow), transportNow);
}

/** Makes an abandoned or superseded attempt's page unpayable. The outcome may be that it was paid just before. */
export async function closeAttempt(providers: Providers, attempt: Attempt, transportNow: Date): Promise<Outcome> {
  const provider = providerOf(providers, attempt.provider);
  return withHorizon(provider, attempt, await provider.closePage(requestOf(attempt), transportNow), transportNow);
}

function withHorizon(provider: PaymentProvider, attempt: Attempt, found: LookUpOutcome, transportNow: Date): Outcome {
  if (found.kind !== 'not_found') return found;
  const isPast = ageMs(attempt.startedAt, transportNow) >= provider.notFoundHorizonMs;
  if (isPast) return { kind: 'not_attempted', cause: 'the provider knows nothing of it, past its horizon' };
  return { kind: 'unknown', cause: 'the provider knows nothing of it yet' };
}

/** How long after its start a request may be sent or repeated. */
export function sendableMs(provider: PaymentProvider): number {
  return Math.min(provider.keyLifeMs, provider.notFoundHorizonMs) - LINGER_MS;
}

export function ageMs(startedAt: Date, transportNow: Date): number {
  return transportNow.getTime() - startedAt.getTime();
}

function requestOf(attempt: Attempt): AttemptRequest {
  return {
    reference: formatId('att', attempt.attemptId),
    account: formatId('acc', attempt.accountId),
    customerKey: attempt.personId === null ? formatId('int', attempt.intentId) : formatId('per', attempt.personId),
    amount: attempt.amount,
    startedAt: attempt.startedAt,
    handles: attempt.handles,
  };
}
