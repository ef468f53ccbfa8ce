import { present } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import { lockIntent } from './open-intent.ts';
import type { Refund } from './payment.ts';
import type { RefundOutcome } from './provider.ts';
import { nextAskAt } from './schedule-asking.ts';
import { type RefundRow, readRefund, releaseRefund } from './start-refund.ts';
import { REFUND_TRANSITIONS } from './transitions.ts';

type Changing =
  | 'slot'
  | 'accountId'
  | 'refundId'
  | 'state'
  | 'refundReference'
  | 'failure'
  | 'tryNo'
  | 'tryStartedAt'
  | 'endedAt'
  | 'askAt';
const updateRefund = statement<Pick<RefundRow, Changing>>(import.meta.dirname, 'update-refund');

/**
 * Records what sending or asking for a refund gave, and gives the refund as it is then; repeats and disorder change
 * nothing. `refund` must be the one that was sent or asked about: its `tryNo` tells a stale "came to nothing" apart.
 * A failed refund gives its amount back to what can be refunded, and needs a person's eye.
 */
export async function recordRefundOutcome(
  tx: Transaction,
  record: { readonly refund: Refund; readonly outcome: RefundOutcome; readonly transportAt: Date },
): Promise<Refund> {
  await lockIntent(tx, record.refund);
  const before = present(await readRefund(tx, record.refund), 'a refund with an outcome is there');
  const after = applyRefundOutcome(before, record);
  if (after === before) return before;
  const { slot, accountId, refundId, state, failure, tryNo, tryStartedAt, endedAt, askAt } = after;
  await tx.query(updateRefund, {
    ...{ slot, accountId, refundId, state, failure, tryNo, tryStartedAt, endedAt, askAt },
    refundReference: after.providerId,
  });
  if (after.state === 'failed' && before.state !== 'failed') await releaseRefund(tx, after);
  return after;
}

/** The refund after an outcome: a pure function, `REFUND_TRANSITIONS` applied. The same object when nothing changes. */
export function applyRefundOutcome(
  before: Refund,
  record: { readonly refund: Pick<Refund, 'tryNo'>; readonly outcome: RefundOutcome; readonly transportAt: Date },
): Refund {
  const { outcome, transportAt } = record;
  const isStale = record.refund.tryNo !== before.tryNo && (outcome.kind === 'not_attempted' || outcome.kind === 'unknown');
  const next = REFUND_TRANSITIONS[before.state][outcome.kind];
  const hasEnded = before.endedAt !== null;
  if (isStale || (next === undefined && hasEnded)) return before;
  const state = next ?? before.state;
  const providerId = 'providerId' in outcome && outcome.providerId !== undefined ? outcome.providerId : before.providerId;
  if (state === 'succeeded' || state === 'failed') {
    const failure = outcome.kind === 'failed' ? outcome.reason : null;
    return { ...before, state, providerId, failure, endedAt: transportAt, askAt: null };
  }
  const askAt = nextAskAt(before.tryStartedAt, transportAt);
  if (outcome.kind !== 'not_attempted' || state !== 'started') return { ...before, state, providerId, askAt };
  // What was refused is tried again ever more seldom; what got lost, at once. The new try may be sent from then on.
  const tryStartedAt = outcome.again === 'at_once' ? transportAt : nextAskAt(before.startedAt, transportAt);
  return { ...before, state, providerId, tryNo: before.tryNo + 1, tryStartedAt, askAt: tryStartedAt };
}
