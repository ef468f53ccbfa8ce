/**
 * Chargebacks: the payer's bank takes money back, and gives it again or not. What the provider's signed news says is
 * kept here; `orders` books it (value already spent goes to receivable or loss: L5).
 */
import { present } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import { lockIntent } from './open-intent.ts';
import type { Attempt, AttemptKey, Dispute } from './payment.ts';
import type { DisputeNews, DisputeState } from './provider.ts';

type DisputeRow = Omit<Dispute, 'disputeId' | 'amount'> & { disputeReference: string; currency: string; amountMinor: bigint };
type DisputeKey = AttemptKey & { disputeReference: string };
const readRow = statement<DisputeKey, DisputeRow>(import.meta.dirname, 'read-dispute');
const insertRow = statement<DisputeRow>(import.meta.dirname, 'insert-dispute');
const endRow = statement<DisputeKey & { state: DisputeState; amountMinor: bigint; endedAt: Date }>(import.meta.dirname, 'end-dispute');
const moveDisputed = statement<AttemptKey & { deltaMinor: bigint }>(import.meta.dirname, 'move-disputed');

/** What changed: `from` is undefined when the dispute was not known before. */
export type DisputeChange = { readonly dispute: Dispute; readonly from: DisputeState | undefined };

/** News may come in any order: an end stands, and what arrives after it says nothing new; only an appeal wins what was lost. */
export const DISPUTE_TRANSITIONS: Readonly<Record<DisputeState, readonly DisputeState[]>> = {
  opened: ['won', 'lost'],
  won: [],
  lost: ['won'],
};

/**
 * Records a dispute's news; undefined when it says nothing new. An open or lost dispute counts against what can be
 * refunded (P3).
 */
export async function recordDispute(
  tx: Transaction,
  record: { readonly attempt: Attempt; readonly news: DisputeNews; readonly transportAt: Date },
): Promise<DisputeChange | undefined> {
  const { attempt, news, transportAt } = record;
  const { slot, accountId, attemptId, orderId } = attempt;
  await lockIntent(tx, attempt);
  const key = { slot, accountId, attemptId, disputeReference: news.disputeId };
  const before = await tx.maybe(readRow, key);
  if (before && !DISPUTE_TRANSITIONS[before.state].includes(news.state)) return undefined;
  const endedAt = news.state === 'opened' ? null : transportAt;
  const { minor: amountMinor, currency } = news.amount;
  if (before === undefined)
    await tx.query(insertRow, {
      ...key,
      orderId,
      state: news.state,
      currency,
      amountMinor,
      reason: news.reason,
      openedAt: transportAt,
      endedAt,
    });
  else await tx.query(endRow, { ...key, state: news.state, amountMinor, endedAt: transportAt });
  const deltaMinor = counted(news.state, amountMinor) - (before ? counted(before.state, before.amountMinor) : 0n);
  if (deltaMinor !== 0n) await tx.query(moveDisputed, { slot, accountId, attemptId, deltaMinor });
  const after = present(await tx.maybe(readRow, key), 'a recorded dispute is there');
  const { disputeReference, currency: heldIn, amountMinor: minor, ...rest } = after;
  return { dispute: { ...rest, disputeId: disputeReference, amount: { currency: heldIn, minor } }, from: before?.state };
}

function counted(state: DisputeState, amountMinor: bigint): bigint {
  return state === 'won' ? 0n : amountMinor;
}
