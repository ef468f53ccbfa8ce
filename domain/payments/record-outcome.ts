import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { keepMethod } from './keep-saved-methods.ts';
import { type Attempt, type AttemptKey, isLive } from './payment.ts';
import type { Handles, Outcome } from './provider.ts';
import type { AttemptRow } from './read-attempt.ts';
import { nextAskAt } from './schedule-asking.ts';
import { ATTEMPT_TRANSITIONS } from './transitions.ts';

const updateAttempt = statement<Omit<AttemptRow, Fixed>>(import.meta.dirname, 'update-attempt');
const claimPayment = statement<AttemptKey & { provider: string; paymentReference: string }>(import.meta.dirname, 'claim-payment');
type Fixed =
  | ('intentId' | 'orderId' | 'personId' | 'provider' | 'key' | 'way' | 'choice' | 'saveMethod' | 'savedMethodId' | 'methodReference')
  | ('currency' | 'amountMinor' | 'refundingMinor' | 'disputedMinor' | 'startedAt' | 'supersededAt');

/**
 * Records what sending or asking gave, in the caller's transaction, on the attempt as `lockAttempt` gave it, and gives it as
 * it is then. Any outcome may come any number of times in any order: what has ended stays, except that a success is always
 * recorded, also after the attempt was taken for declined or not attempted. What a success means (settle, or refund when
 * late) the caller decides.
 */
export function recordOutcome(
  tools: Pick<Tools, 'mintId'>,
  tx: Transaction,
  record: { readonly was: Attempt; readonly outcome: Outcome; readonly transportAt: Date },
): Attempt {
  const { was, outcome, transportAt } = record;
  const attempt = applyOutcome(was, outcome, transportAt);
  if (attempt === was) return attempt;
  tx.write(updateAttempt, columnsOf(attempt));
  claim(tx, attempt, was);
  keepMethod(tools, tx, { attempt, method: outcome.kind === 'succeeded' ? outcome.method : undefined, transportAt });
  return attempt;
}

/** Whoever asks by the provider's id of the payment finds the attempt. */
function claim(tx: Transaction, { slot, accountId, attemptId, provider, handles }: Attempt, was: Attempt): void {
  const paymentReference = handles.payment;
  if (paymentReference === undefined || paymentReference === was.handles.payment) return;
  tx.write(claimPayment, { provider, paymentReference, slot, accountId, attemptId });
}

/** The attempt after an outcome: a pure function, `ATTEMPT_TRANSITIONS` applied. The same object when nothing changes. */
export function applyOutcome(attempt: Attempt, outcome: Outcome, transportAt: Date): Attempt {
  const next = ATTEMPT_TRANSITIONS[attempt.state][outcome.kind];
  if (next === undefined && !isLive(attempt)) return attempt;
  const state = next ?? attempt.state;
  const handles = mergeHandles(attempt.handles, outcome);
  if (isLive({ state })) {
    const askAt = nextAskAt(attempt.startedAt, transportAt);
    return { ...attempt, ...(outcome.kind === 'pending' ? pageOf(attempt, outcome) : {}), state, handles, askAt };
  }
  const ended = { ...attempt, state, handles, pageUrl: null, authenticationUrl: null, endedAt: transportAt, askAt: null };
  if (outcome.kind === 'succeeded') {
    const { savedMethodReference: _, ...method } = outcome.method;
    return { ...ended, captured: outcome.captured, method, declineReason: null };
  }
  return { ...ended, declineReason: outcome.kind === 'declined' ? outcome.reason : null };
}

type Page = Pick<Attempt, 'pageUrl' | 'authenticationUrl' | 'pageExpiresAt' | 'declineReason'>;

/** A look-up may know less than the answer that opened the page did: what is known stays. */
function pageOf(attempt: Attempt, outcome: Extract<Outcome, { kind: 'pending' }>): Page {
  return {
    pageUrl: outcome.pageUrl ?? attempt.pageUrl,
    authenticationUrl: outcome.authenticationUrl ?? attempt.authenticationUrl,
    pageExpiresAt: outcome.expiresAt ?? attempt.pageExpiresAt,
    declineReason: outcome.lastDecline ?? attempt.declineReason,
  };
}

function mergeHandles(known: Handles, outcome: Outcome): Handles {
  const told = outcome.handles ?? {};
  const payment = outcome.kind === 'succeeded' || outcome.kind === 'declined' ? outcome.providerId : undefined;
  return { customer: told.customer ?? known.customer, page: told.page ?? known.page, payment: payment ?? told.payment ?? known.payment };
}

function columnsOf(attempt: Attempt): Omit<AttemptRow, Fixed> {
  const { slot, accountId, attemptId, state, pageUrl, authenticationUrl, pageExpiresAt, declineReason, endedAt, askAt } = attempt;
  return {
    ...{ slot, accountId, attemptId, state, pageUrl, authenticationUrl, pageExpiresAt, declineReason, endedAt, askAt },
    customerReference: attempt.handles.customer ?? null,
    pageReference: attempt.handles.page ?? null,
    paymentReference: attempt.handles.payment ?? null,
    capturedCurrency: attempt.captured?.currency ?? null,
    capturedMinor: attempt.captured?.minor ?? null,
    methodKind: attempt.method?.kind ?? null,
    methodBrand: attempt.method?.brand ?? null,
    methodLast4: attempt.method?.last4 ?? null,
    methodExpires: attempt.method?.expires ?? null,
  };
}
