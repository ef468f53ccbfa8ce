import { present } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { keepMethod } from './keep-saved-methods.ts';
import { lockIntent } from './open-intent.ts';
import { type Attempt, type AttemptKey, isLive } from './payment.ts';
import type { Handles, Outcome } from './provider.ts';
import { type AttemptRow, readAttempt } from './read-attempt.ts';
import { nextAskAt } from './schedule-asking.ts';
import { ATTEMPT_TRANSITIONS } from './transitions.ts';

const updateAttempt = statement<Omit<AttemptRow, Fixed>>(import.meta.dirname, 'update-attempt');
type Fixed =
  | ('intentId' | 'orderId' | 'personId' | 'provider' | 'key' | 'way' | 'choice' | 'saveMethod' | 'savedMethodId' | 'methodReference')
  | ('currency' | 'amountMinor' | 'refundingMinor' | 'disputedMinor' | 'startedAt' | 'supersededAt');
const claimPayment = statement<AttemptKey & { provider: string; paymentReference: string }>(import.meta.dirname, 'claim-payment');

/**
 * Records what sending or asking gave, in the caller's transaction, and gives the attempt as it is then. Any outcome may
 * come any number of times in any order: what has ended stays, except that a success is always recorded, also after the
 * attempt was taken for declined or not attempted. What a success means (settle, or refund when late) the caller decides.
 */
export async function recordOutcome(
  tools: Pick<Tools, 'mintId'>,
  tx: Transaction,
  record: {
    readonly attempt: Pick<Attempt, 'slot' | 'accountId' | 'attemptId' | 'intentId'>;
    readonly outcome: Outcome;
    readonly transportAt: Date;
  },
): Promise<Attempt> {
  const [, read] = await Promise.all([lockIntent(tx, record.attempt), readAttempt(tx, record.attempt)]);
  const before = present(read, 'an attempt with an outcome is there');
  const after = applyOutcome(before, record.outcome, record.transportAt);
  if (after === before) return before;
  const { slot, accountId, attemptId, provider } = after;
  const writes: Promise<unknown>[] = [tx.query(updateAttempt, columnsOf(after))];
  const paymentReference = after.handles.payment;
  if (paymentReference !== undefined && paymentReference !== before.handles.payment)
    writes.push(tx.query(claimPayment, { provider, paymentReference, slot, accountId, attemptId }));
  const method = record.outcome.kind === 'succeeded' ? record.outcome.method : undefined;
  writes.push(keepMethod(tools, tx, { attempt: after, method, transportAt: record.transportAt }));
  await Promise.all(writes);
  return after;
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
