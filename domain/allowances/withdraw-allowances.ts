/** A refund or a cancellation takes back what an order delivered and nobody has used. What was used stays used. */
import { assert } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { AccountKey, Allowance, OrderItemKey, Service } from './allowance.ts';
import { addForfeited, insertForfeits } from './forfeit-ended.ts';
import { readOrderAllowances } from './read-allowances.ts';

export type Withdrawal = OrderItemKey & {
  /** Taken back once under this id, however often it is asked. */
  readonly refundId: bigint;
  /** part ÷ of, of what was granted; the whole item when part = of, which also ends what is unlimited. */
  readonly share: { readonly part: bigint; readonly of: bigint };
  readonly at: Date;
};

export type Withdrawn = {
  readonly allowanceId: bigint;
  readonly service: Service;
  readonly zone: string;
  readonly granted: bigint | null;
  /** Used by customers, and held by charging sessions: not taken back. */
  readonly used: bigint;
  readonly reserved: bigint;
  /** Taken back by this call; 0 for what is unlimited and for a repeat. */
  readonly taken: bigint;
};

const lockOfOrder = statement<OrderItemKey>(import.meta.dirname, 'lock-order-allowances');
const countOfRefund = statement<OrderItemKey & { refundId: bigint }, { count: bigint }>(import.meta.dirname, 'count-refunded');
const markWithdrawn = statement<OrderItemKey & { at: Date }>(import.meta.dirname, 'mark-withdrawn');

/**
 * Under the account's lock. Takes back min(share of granted, rounded down; what is unused) of each allowance of the item,
 * and, when the share is whole, ends them all. Tells what was used already, for the caller to judge: a refusal
 * of the caller's rolls it back.
 */
export async function withdrawAllowances(
  tools: Pick<Tools, 'mintId' | 'clock'>,
  tx: Transaction,
  withdrawal: Withdrawal,
): Promise<Withdrawn[]> {
  const { slot, accountId, orderId, itemNo, refundId, share, at } = withdrawal;
  assert(0n < share.part && share.part <= share.of, 'a share is more than nothing and at most the whole');
  const item = { slot, accountId, orderId, itemNo };
  const [, allowances, refunded] = await Promise.all([
    tx.query(lockOfOrder, item),
    readOrderAllowances(tx, item),
    tx.one(countOfRefund, { ...item, refundId }),
  ]);
  const withdrawn = allowances.map((allowance) => withdraw(allowance, share, refunded.count > 0n));
  await Promise.all([
    post(
      tools,
      tx,
      withdrawal,
      withdrawn.filter(({ taken }) => taken > 0n),
    ),
    share.part === share.of ? tx.query(markWithdrawn, { ...item, at }) : [],
  ]);
  return withdrawn;
}

function withdraw(allowance: Allowance, share: Withdrawal['share'], again: boolean): Withdrawn {
  const { allowanceId, service, zone, granted, used, reserved, forfeited } = allowance;
  const unused = granted === null || again ? 0n : granted - used - reserved - forfeited;
  const due = share.part === share.of ? unused : ((granted ?? 0n) * share.part) / share.of;
  return { allowanceId, service, zone, granted, used, reserved, taken: due < unused ? due : unused };
}

async function post(
  tools: Pick<Tools, 'mintId' | 'clock'>,
  tx: Transaction,
  { slot, accountId, refundId, at }: AccountKey & Pick<Withdrawal, 'refundId' | 'at'>,
  withdrawn: readonly Withdrawn[],
): Promise<void> {
  if (withdrawn.length === 0) return;
  const allowanceIds = withdrawn.map((one) => one.allowanceId);
  const quantities = withdrawn.map((one) => one.taken);
  await Promise.all([
    tx.query(insertForfeits, {
      slot,
      accountId,
      reason: 'refunded',
      causeId: refundId,
      recordedAt: tools.clock.transport(),
      forfeitIds: withdrawn.map(() => tools.mintId(slot)),
      allowanceIds,
      quantities,
      effectiveAts: withdrawn.map(() => at),
    }),
    tx.query(addForfeited, { slot, accountId, allowanceIds, quantities }),
  ]);
}
