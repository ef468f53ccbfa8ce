import type { Money } from '#domain/money';
import { assert, present } from '#platform/assert';
import { type Queries, statement, type Transaction } from '#platform/database';
import { slotOf } from '#platform/ids';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { lockIntent } from './open-intent.ts';
import { type Attempt, type AttemptKey, type Refund, refundable } from './payment.ts';
import { readAttempt } from './read-attempt.ts';
import { refuse } from './refusals.ts';
import { nextAskAt } from './schedule-asking.ts';

export type RefundRow = Omit<Refund, 'amount' | 'paymentId' | 'providerId'> & {
  currency: string;
  amountMinor: bigint;
  paymentReference: string;
  refundReference: string | null;
};
type RefundKey = { readonly slot: number; readonly accountId: bigint; readonly refundId: bigint };
type OrderKey = { readonly slot: number; readonly accountId: bigint; readonly orderId: bigint };
const readRow = statement<RefundKey, RefundRow>(import.meta.dirname, 'read-refund');
const findRow = statement<{ slot: number; refundId: bigint }, RefundRow>(import.meta.dirname, 'find-refund');
const byKeyRow = statement<AttemptKey & { key: string }, RefundRow>(import.meta.dirname, 'refund-by-key');
const orderRows = statement<OrderKey, RefundRow>(import.meta.dirname, 'refunds-of-order');
const dueRows = statement<{ transportNow: Date; limitRows: number }, RefundRow>(import.meta.dirname, 'refunds-due');
type NewRefund = 'state' | 'refundReference' | 'failure' | 'tryNo' | 'tryStartedAt' | 'endedAt';
const insertRefund = statement<Omit<RefundRow, NewRefund>>(import.meta.dirname, 'insert-refund');
const moveRefunding = statement<AttemptKey & { deltaMinor: bigint }>(import.meta.dirname, 'move-refunding');

export type RefundStart = {
  readonly attempt: Pick<Attempt, 'slot' | 'accountId' | 'attemptId' | 'intentId'>;
  readonly amount: Money;
  /** The caller's idempotency key within the attempt. */
  readonly key: string;
  /** The caller's word for why: `cancelled`, `late`, `excess`, … */
  readonly reason: string;
  readonly transportAt: Date;
};

export type StartRefundRefusal = Refusal<'payments.key_reused' | 'payments.nothing_captured' | 'payments.refund_exceeds_captured'>;

/**
 * Sets part of a capture aside to be given back by the original method; sent after the commit (`sendRefund`). The same
 * key gives the refund that is there. Refunds of an attempt never exceed what it captured, less disputes (P3): refuses
 * `payments.refund_exceeds_captured` with `refundableMinor` and `currency`.
 */
export async function startRefund(tools: Pick<Tools, 'mintId'>, tx: Transaction, start: RefundStart): Promise<Refund | StartRefundRefusal> {
  assert(start.amount.minor > 0n, 'a refund is of more than nothing');
  const { slot, accountId, attemptId } = start.attempt;
  await lockIntent(tx, start.attempt);
  const [attempt, before] = await Promise.all([
    readAttempt(tx, start.attempt),
    tx.maybe(byKeyRow, { slot, accountId, attemptId, key: start.key }),
  ]);
  if (before) return isOf(before, start.amount) ? refundFrom(before) : refuse('payments.key_reused');
  const paymentReference = attempt?.handles.payment;
  if (attempt?.state !== 'succeeded' || paymentReference === undefined) return refuse('payments.nothing_captured');
  const left = refundable(attempt);
  assert(left.currency === start.amount.currency, 'a refund is in the currency that was charged');
  if (start.amount.minor > left.minor)
    return refuse('payments.refund_exceeds_captured', { refundableMinor: left.minor, currency: left.currency });
  const refundId = tools.mintId(slot);
  const { intentId, orderId, provider } = attempt;
  await Promise.all([
    tx.query(moveRefunding, { slot, accountId, attemptId, deltaMinor: start.amount.minor }),
    tx.query(insertRefund, {
      ...{ slot, accountId, refundId, attemptId, intentId, orderId, provider, paymentReference, key: start.key, reason: start.reason },
      currency: start.amount.currency,
      amountMinor: start.amount.minor,
      startedAt: start.transportAt,
      askAt: nextAskAt(start.transportAt, start.transportAt),
    }),
  ]);
  return present(await readRefund(tx, { slot, accountId, refundId }), 'a refund that was started is there');
}

function isOf(before: RefundRow, amount: Money): boolean {
  return before.currency === amount.currency && before.amountMinor === amount.minor;
}

/** Gives back to the attempt what a failed refund had set aside. */
export async function releaseRefund(tx: Transaction, refund: Refund): Promise<void> {
  const { slot, accountId, attemptId } = refund;
  await tx.query(moveRefunding, { slot, accountId, attemptId, deltaMinor: -refund.amount.minor });
}

export async function readRefund(queries: Queries, { slot, accountId, refundId }: RefundKey): Promise<Refund | undefined> {
  const row = await queries.maybe(readRow, { slot, accountId, refundId });
  return row && refundFrom(row);
}

/** By our id alone, which carries the slot: what a webhook about a refund names. */
export async function findRefund(queries: Queries, refundId: bigint): Promise<Refund | undefined> {
  const row = await queries.maybe(findRow, { slot: slotOf(refundId), refundId });
  return row && refundFrom(row);
}

/** An order's refunds, oldest first. */
export async function refundsOfOrder(queries: Queries, { slot, accountId, orderId }: OrderKey): Promise<Refund[]> {
  return (await queries.query(orderRows, { slot, accountId, orderId })).map(refundFrom);
}

/** Refunds that are to be sent again or asked about now (`pursueRefund`), longest due first. */
export async function refundsDue(queries: Queries, transportNow: Date, limitRows: number): Promise<Refund[]> {
  return (await queries.query(dueRows, { transportNow, limitRows })).map(refundFrom);
}

function refundFrom({ currency, amountMinor, paymentReference, refundReference, ...rest }: RefundRow): Refund {
  return { ...rest, amount: { currency, minor: amountMinor }, paymentId: paymentReference, providerId: refundReference };
}
