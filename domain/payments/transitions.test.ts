import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import {
  ATTEMPT_TRANSITIONS,
  type Attempt,
  type AttemptState,
  type Outcome,
  REFUND_TRANSITIONS,
  type Refund,
  type RefundOutcome,
} from './index.ts';
import { applyOutcome } from './record-outcome.ts';
import { applyRefundOutcome } from './record-refund-outcome.ts';

const AT = new Date('2026-11-02T17:00:00Z');
const LATER = new Date('2026-11-02T17:02:00Z');
const OUTCOMES: readonly Outcome[] = [
  { kind: 'succeeded', providerId: 'pi_1', captured: money('USD', 500n), method: { kind: 'card', last4: '4242' } },
  { kind: 'declined', reason: 'expired_card', providerId: 'pi_1' },
  { kind: 'not_attempted', cause: 'expired' },
  { kind: 'pending', pageUrl: 'https://pay.example/1', expiresAt: LATER },
  { kind: 'unknown', cause: 'time-out' },
];

/** Written out, not read from the table under test: what each state becomes with succeeded, declined, not_attempted, pending, unknown. */
const EXPECTED: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  started: ['succeeded', 'declined', 'not_attempted', 'pending', 'unknown'],
  pending: ['succeeded', 'declined', 'not_attempted', 'pending', 'pending'],
  unknown: ['succeeded', 'declined', 'not_attempted', 'pending', 'unknown'],
  succeeded: ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'succeeded'],
  declined: ['succeeded', 'declined', 'declined', 'declined', 'declined'],
  not_attempted: ['succeeded', 'not_attempted', 'not_attempted', 'not_attempted', 'not_attempted'],
};

function attemptIn(state: AttemptState): Attempt {
  const hasEnded = !['started', 'pending', 'unknown'].includes(state);
  return {
    ...{
      slot: 1,
      accountId: 1n,
      attemptId: 1025n,
      intentId: 2049n,
      orderId: 3073n,
      personId: null,
      provider: 'stripe',
      key: 'k',
      way: 'page',
    },
    ...{ choice: null, saveMethod: false, savedMethodId: null, methodReference: null, amount: money('USD', 500n), state, handles: {} },
    ...{
      pageUrl: null,
      authenticationUrl: null,
      pageExpiresAt: null,
      declineReason: null,
      refundingMinor: 0n,
      disputedMinor: 0n,
      method: null,
    },
    ...{ captured: state === 'succeeded' ? money('USD', 500n) : null, startedAt: AT, supersededAt: null },
    ...{ endedAt: hasEnded ? AT : null, askAt: hasEnded ? null : LATER },
  };
}

for (const [state, expected] of Object.entries(EXPECTED) as [AttemptState, AttemptState[]][])
  for (const [index, outcome] of OUTCOMES.entries())
    test(`an attempt that is ${state} and hears ${outcome.kind} is ${expected[index]}`, () => {
      const before = attemptIn(state);
      const after = applyOutcome(before, outcome, LATER);
      assert.equal(after.state, expected[index]);
      assert.equal(ATTEMPT_TRANSITIONS[state][outcome.kind] ?? state, expected[index]);
      const isLive = ['started', 'pending', 'unknown'].includes(after.state);
      assert.equal(after.askAt !== null, isLive);
      assert.equal(after.endedAt === null, isLive);
      assert.equal(after.captured !== null, after.state === 'succeeded');
      assert.deepEqual(applyOutcome(after, outcome, LATER), after);
    });

test('what is known stays when a look-up knows less', () => {
  const pending = applyOutcome(attemptIn('started'), { ...(OUTCOMES[3] as Outcome), handles: { customer: 'cus_1', page: 'cs_1' } }, LATER);
  const again = applyOutcome(pending, { kind: 'pending', lastDecline: 'expired_card' }, LATER);
  assert.deepEqual([again.pageUrl, again.pageExpiresAt, again.declineReason], ['https://pay.example/1', LATER, 'expired_card']);
  assert.deepEqual(again.handles, { customer: 'cus_1', page: 'cs_1', payment: undefined });
});

const REFUND_OUTCOMES: readonly RefundOutcome[] = [
  { kind: 'succeeded', providerId: 're_1', refunded: money('USD', 500n) },
  { kind: 'failed', reason: 'charge_disputed' },
  { kind: 'pending', providerId: 're_1' },
  { kind: 'not_attempted', cause: 'no balance' },
  { kind: 'unknown', cause: 'time-out' },
];

const REFUND_EXPECTED: Readonly<Record<Refund['state'], readonly Refund['state'][]>> = {
  started: ['succeeded', 'failed', 'pending', 'started', 'unknown'],
  unknown: ['succeeded', 'failed', 'pending', 'started', 'unknown'],
  pending: ['succeeded', 'failed', 'pending', 'pending', 'pending'],
  succeeded: ['succeeded', 'failed', 'succeeded', 'succeeded', 'succeeded'],
  failed: ['failed', 'failed', 'failed', 'failed', 'failed'],
};

function refundIn(state: Refund['state']): Refund {
  const hasEnded = state === 'succeeded' || state === 'failed';
  return {
    ...{
      slot: 1,
      accountId: 1n,
      refundId: 1025n,
      attemptId: 2049n,
      intentId: 3073n,
      orderId: 4097n,
      provider: 'stripe',
      key: 'k',
      reason: 'late',
    },
    ...{ amount: money('USD', 500n), state, paymentId: 'pi_1', providerId: null, failure: state === 'failed' ? 'no' : null, tryNo: 1 },
    ...{ tryStartedAt: AT, startedAt: AT, endedAt: hasEnded ? AT : null, askAt: hasEnded ? null : LATER },
  };
}

for (const [state, expected] of Object.entries(REFUND_EXPECTED) as [Refund['state'], Refund['state'][]][])
  for (const [index, outcome] of REFUND_OUTCOMES.entries())
    test(`a refund that is ${state} and hears ${outcome.kind} is ${expected[index]}`, () => {
      const before = refundIn(state);
      const after = applyRefundOutcome(before, { refund: before, outcome, transportAt: LATER });
      assert.equal(after.state, expected[index]);
      assert.equal(REFUND_TRANSITIONS[state][outcome.kind] ?? state, expected[index]);
      const hasEnded = after.state === 'succeeded' || after.state === 'failed';
      assert.equal(after.endedAt !== null, hasEnded);
      assert.equal(after.askAt === null, hasEnded);
      assert.equal(after.failure !== null, after.state === 'failed');
      assert.deepEqual(applyRefundOutcome(after, { refund: before, outcome, transportAt: LATER }), after);
    });
