/**
 * Chargebacks: the payer's bank takes money back, and gives it again or not. What the provider's signed news says is
 * kept here; `orders` books it (value already spent goes to receivable or loss: L5).
 */
import { present } from '#platform/assert';
import { type Queries, statement, type Transaction } from '#platform/database';
import { lockIntent } from './open-intent.ts';
import type { Attempt, AttemptKey, Dispute } from './payment.ts';
import type { DisputeNews, DisputeState } from './provider.ts';

type DisputeRow = Omit<Dispute, 'disputeId' | 'amount'> & { disputeReference: string; currency: string; amountMinor: bigint };
type DisputeKey = AttemptKey & { disputeReference: string };
type End = { state: DisputeState; amountMinor: bigint; endedAt: Date; toldAt: Date };
const readRow = statement<DisputeKey, DisputeRow>(import.meta.dirname, 'read-dispute');
const insertRow = statement<DisputeRow>(import.meta.dirname, 'insert-dispute');
const endRow = statement<DisputeKey & End>(import.meta.dirname, 'end-dispute');
const moveDisputed = statement<AttemptKey & { deltaMinor: bigint }>(import.meta.dirname, 'move-disputed');

/** What changed: `takenMinor` is what the bank took by it, negative what it gave again, 0 when no money moved. */
export type DisputeChange = { readonly dispute: Dispute; readonly from: DisputeState | undefined; readonly takenMinor: bigint };

/** An end is never open again; but a bank may decide otherwise later: what was lost is won, and what was won is lost. */
export const DISPUTE_TRANSITIONS: Readonly<Record<DisputeState, readonly DisputeState[]>> = {
  opened: ['won', 'lost'],
  won: ['lost'],
  lost: ['won'],
};

/**
 * Records a dispute's news; undefined when it says nothing new. An open or lost dispute counts against what can be
 * refunded (P3). Of two ends the one that the provider told last stands, in whatever order they are heard (P7).
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
  if (before && !isNews(before, news)) return undefined;
  const { state, toldAt, reason } = news;
  const { minor: amountMinor, currency } = news.amount;
  if (before === undefined) {
    const endedAt = state === 'opened' ? null : transportAt;
    await tx.query(insertRow, { ...key, orderId, state, currency, amountMinor, reason, openedAt: transportAt, endedAt, toldAt });
  } else await tx.query(endRow, { ...key, state, amountMinor, endedAt: transportAt, toldAt });
  const takenMinor = counted(state, amountMinor) - (before ? counted(before.state, before.amountMinor) : 0n);
  if (takenMinor !== 0n) await tx.query(moveDisputed, { slot, accountId, attemptId, deltaMinor: takenMinor });
  const dispute = present(await readDispute(tx, attempt, news.disputeId), 'a recorded dispute is there');
  return { dispute, from: before?.state, takenMinor };
}

/** A dispute of an attempt by the provider's id. */
export async function readDispute(queries: Queries, attempt: AttemptKey, disputeId: string): Promise<Dispute | undefined> {
  const { slot, accountId, attemptId } = attempt;
  const row = await queries.maybe(readRow, { slot, accountId, attemptId, disputeReference: disputeId });
  if (row === undefined) return undefined;
  const { disputeReference, currency, amountMinor: minor, ...rest } = row;
  return { ...rest, disputeId: disputeReference, amount: { currency, minor } };
}

/** Providers count in seconds: of two ends told within one, the win stands. */
function isNews(before: Pick<DisputeRow, 'state' | 'toldAt'>, { state, toldAt }: DisputeNews): boolean {
  if (!DISPUTE_TRANSITIONS[before.state].includes(state)) return false;
  const laterMs = toldAt.getTime() - before.toldAt.getTime();
  return before.state === 'opened' || laterMs > 0 || (laterMs === 0 && state === 'won');
}

function counted(state: DisputeState, amountMinor: bigint): bigint {
  return state === 'won' ? 0n : amountMinor;
}
