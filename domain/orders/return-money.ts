/** Refunds on their way: sent after the commit that started them, asked about until they end, booked when they are paid. */
import { type Account, instantUnder, lockAccount } from '#domain/ledger';
import { againKey, pursueRefund, type Refund, type RefundOutcome, readRefund, recordRefundOutcome, refundsOfOrder } from '#domain/payments';
import { present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { writeEvents } from '#platform/outbox';
import { bookRefundPaid, bookRefundSentBack } from './book-sale.ts';
import type { OrdersHouse } from './house.ts';
import { ORDER_LIFECYCLE, type Order } from './order.ts';
import { refundFailedEvent } from './order-events.ts';
import { orderUnderLock, saveOrder } from './read-order.ts';

/** Sends or asks about each refund and records what came of it. Repeatable: the janitor finishes what we do not. */
export async function pursueRefunds(house: OrdersHouse, refunds: readonly Refund[]): Promise<void> {
  for (const refund of refunds.filter((one) => one.endedAt === null)) {
    const after = await pursue(house, refund);
    // What was asked about and came to nothing is sent anew now: by the next round it would be too old to be sent again.
    if (after.state === 'started' && after.tryNo !== refund.tryNo) await pursue(house, after);
  }
}

async function pursue(house: OrdersHouse, refund: Refund): Promise<Refund> {
  return resolveRefund(house, refund, await pursueRefund(house.providers, refund, house.clock.transport()));
}

/** Records a refund's outcome; when it was paid out, books it and ends the order that waited for it. */
export function resolveRefund(house: OrdersHouse, refund: Refund, outcome: RefundOutcome): Promise<Refund> {
  return house.database.transaction(async (tx) => {
    const account = await lockAccount(tx, refund);
    const before = present(await readRefund(tx, refund), 'a refund that was started is there');
    const after = await recordRefundOutcome(tx, { refund, outcome, transportAt: house.clock.transport() });
    if (after.state === 'succeeded' && before.state !== 'succeeded') await finish(house, tx, account, after);
    if (after.state === 'failed' && before.state === 'succeeded') await reopen(house, tx, account, after);
    if (after.state === 'failed' && before.state !== 'failed') writeEvents(tx, [refundFailedEvent(house, after)]);
    return after;
  });
}

async function finish(house: OrdersHouse, tx: Transaction, account: Account, refund: Refund): Promise<void> {
  bookRefundPaid(house, tx, { account, refund, at: instantUnder(account, house.clock.business()) });
  const [order, refunds] = await Promise.all([orderUnderLock(tx, refund), refundsOfOrder(tx, refund)]);
  const open = stillOwed(refunds).some((one) => one.refundId !== refund.refundId);
  const state = ORDER_LIFECYCLE[order.state].given_back;
  if (state === undefined || open) return;
  const ended: Order = { ...order, state, endedAt: house.clock.transport() };
  saveOrder(tx, ended);
}

/** The payer's bank sent a refund back: the money is with us again, owed as before, and somebody must look. */
async function reopen(house: OrdersHouse, tx: Transaction, account: Account, refund: Refund): Promise<void> {
  bookRefundSentBack(house, tx, { account, refund, at: instantUnder(account, house.clock.business()) });
  const order = await orderUnderLock(tx, refund);
  const state = order.state === 'refunded' ? ORDER_LIFECYCLE[order.state].give_back : undefined;
  if (state !== undefined) saveOrder(tx, { ...order, state, endedAt: null });
}

/** Refunds that are not with the payer yet, but for those that were sent again in their stead. */
export function stillOwed(refunds: readonly Refund[]): Refund[] {
  return refunds.filter((one) => one.state !== 'succeeded' && !refunds.some((again) => again.key === againKey(one)));
}
