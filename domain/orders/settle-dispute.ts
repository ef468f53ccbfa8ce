/**
 * Disputes become true here: what the payer's bank took, gave again, and took once more is booked as often as it happens,
 * in whatever order it is heard (P7). What was bought stays: value spent or not, the loss is ours to claim, and no balance
 * is ever touched by it (L5).
 */
import { type Account, instantUnder, lockAccount } from '#domain/ledger';
import { lesser, money, subtract, sum } from '#domain/money';
import {
  type Attempt,
  claimEvent,
  type DisputeNews,
  type Refund,
  readAttempt,
  recordDispute,
  refundable,
  refundsOfOrder,
  startRefund,
} from '#domain/payments';
import { assert, present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { writeEvents } from '#platform/outbox';
import { isRefusal } from '#platform/refusals';
import { bookDispute, bookOwedAgain } from './book-sale.ts';
import type { OrdersHouse } from './house.ts';
import { ORDER_LIFECYCLE, totalOf } from './order.ts';
import { disputedEvent } from './order-events.ts';
import { orderUnderLock, saveOrder } from './read-order.ts';
import { pursueRefunds } from './return-money.ts';
import type { EventToClaim } from './settle-order.ts';

/** Records and books a dispute's news; what says nothing new changes nothing. With `event`, only if no other delivery of it was done. */
export async function settleDispute(house: OrdersHouse, attempt: Attempt, news: DisputeNews, event?: EventToClaim): Promise<void> {
  const refunds = await house.database.transaction(async (tx) => {
    const account = await lockAccount(tx, attempt);
    const transportAt = house.clock.transport();
    const { slot, accountId } = attempt;
    if (event !== undefined && !(await claimEvent(tx, { ...event, slot, accountId, transportAt }))) return [];
    const change = await recordDispute(tx, { attempt, news, transportAt });
    if (change === undefined || change.takenMinor === 0n) return [];
    const { dispute, takenMinor } = change;
    const at = instantUnder(account, house.clock.business());
    const taken = money(dispute.amount.currency, takenMinor);
    // A bank may change its mind any number of times: each of its decisions is a posting of its own.
    const reference = `${dispute.disputeId}@${dispute.toldAt.toISOString()}`;
    bookDispute(house, tx, { account, provider: attempt.provider, reference, taken, at });
    if (takenMinor > 0n) writeEvents(tx, [disputedEvent(house, dispute)]);
    return takenMinor < 0n ? oweAgain(house, tx, account, attempt, dispute.disputeId) : [];
  });
  await pursueRefunds(house, refunds);
}

/**
 * A payment that came to nothing, or its excess, counted as returned because the bank had taken it (`returnMoney`). The bank
 * gave it to us again: it is owed again, and goes back now.
 */
async function oweAgain(house: OrdersHouse, tx: Transaction, account: Account, key: Attempt, disputeId: string): Promise<Refund[]> {
  const [order, read, earlier] = await Promise.all([orderUnderLock(tx, key), readAttempt(tx, key), refundsOfOrder(tx, key)]);
  const attempt = present(read, 'a disputed attempt is there');
  if (attempt.captured === null) return [];
  const own = earlier.filter((one) => one.attemptId === attempt.attemptId);
  const paysFor = order.paidByAttemptId === attempt.attemptId;
  if (paysFor && own.some((one) => ['excess', 'given_again'].includes(one.key))) return [];
  const owed = paysFor ? subtract(attempt.captured, totalOf(order)) : attempt.captured;
  // A refund that failed is owed already.
  const started = sum(attempt.captured.currency, paysFor ? [] : own.map((one) => one.amount));
  const amount = lesser(subtract(owed, started), refundable(attempt));
  if (amount.minor <= 0n) return [];
  const refund = await startRefund(house, tx, {
    attempt,
    amount,
    key: 'given_again',
    reason: `dispute ${disputeId} won`,
    transportAt: house.clock.transport(),
  });
  assert(!isRefusal(refund), 'what was captured and neither refunded nor disputed can be refunded');
  const state = order.state === 'refunded' ? ORDER_LIFECYCLE[order.state].give_back : undefined;
  bookOwedAgain(house, tx, { account, attempt, amount, at: instantUnder(account, house.clock.business()) });
  if (state !== undefined) saveOrder(tx, { ...order, state, endedAt: null });
  return [refund];
}
