/**
 * The two state machines as data: from a state, what an outcome leads to. What is missing changes nothing: a failed
 * look-up teaches nothing, and what has ended stays, with two exceptions that are facts about money. A payment that was
 * taken for declined or not attempted and did succeed is recorded so (orders refund it), and a refund that the customer's
 * bank sends back after it succeeded has failed. The tests go through every state and outcome; docs/ draws both from here.
 */
import type { AttemptState, RefundState } from './payment.ts';
import type { Outcome, RefundOutcome } from './provider.ts';

export const ATTEMPT_TRANSITIONS: Readonly<Record<AttemptState, Readonly<Partial<Record<Outcome['kind'], AttemptState>>>>> = {
  started: { succeeded: 'succeeded', declined: 'declined', not_attempted: 'not_attempted', pending: 'pending', unknown: 'unknown' },
  unknown: { succeeded: 'succeeded', declined: 'declined', not_attempted: 'not_attempted', pending: 'pending' },
  pending: { succeeded: 'succeeded', declined: 'declined', not_attempted: 'not_attempted' },
  declined: { succeeded: 'succeeded' },
  not_attempted: { succeeded: 'succeeded' },
  succeeded: {},
};

/** `not_attempted` leads back to the start: a refund that is owed is tried again until it is made or refused. */
export const REFUND_TRANSITIONS: Readonly<Record<RefundState, Readonly<Partial<Record<RefundOutcome['kind'], RefundState>>>>> = {
  started: { succeeded: 'succeeded', failed: 'failed', pending: 'pending', unknown: 'unknown', not_attempted: 'started' },
  unknown: { succeeded: 'succeeded', failed: 'failed', pending: 'pending', not_attempted: 'started' },
  pending: { succeeded: 'succeeded', failed: 'failed' },
  succeeded: { failed: 'failed' },
  failed: {},
};
