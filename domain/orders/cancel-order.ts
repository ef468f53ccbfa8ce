/**
 * Cancelling ends an order that is not paid. A payment that arrives all the same goes back (P5): the page is closed
 * after the commit, and whatever comes of it is resolved like any outcome.
 */
import { type Asker, actorOf } from '#domain/access';
import { endHold, instantUnder, lockAccount } from '#domain/ledger';
import { attemptsOfOrder, closeAttempt, isLive } from '#domain/payments';
import { writeEntry } from '#domain/records';
import { formatId } from '#platform/ids';
import { writeEvents } from '#platform/outbox';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import { ORDER_LIFECYCLE, type Order, type OrderKey, type OrderReason } from './order.ts';
import { cancelledEvent } from './order-events.ts';
import { holdReference } from './place-order.ts';
import { orderUnderLock, saveOrder } from './read-order.ts';
import { refuse } from './refusals.ts';
import { resolveAttempt } from './settle-order.ts';

/**
 * Cancels an order for whoever may: the holder of its link, its owner, an operator (the caller has checked). A repeat
 * gives the cancelled order. Refuses `orders.not_open` once it took effect.
 */
export async function cancelOrder(
  house: OrdersHouse,
  asker: Asker,
  key: OrderKey,
  reason: OrderReason = 'asked',
): Promise<Order | Refusal<'orders.not_open'>> {
  const cancelled = await cancelCommitted(house, key, actorOf(asker), reason);
  if (isRefusal(cancelled)) return cancelled;
  let order = cancelled;
  for (const attempt of (await attemptsOfOrder(house.database, key)).filter(isLive)) {
    const outcome = await closeAttempt(house.providers, attempt, house.clock.transport());
    order = (await resolveAttempt(house, attempt, outcome)).order;
  }
  return order;
}

/** Ends an order that nobody paid, or that the balance can no longer pay: the janitor's and the settler's way. */
export async function endUnpaid(house: OrdersHouse, key: OrderKey, reason: OrderReason): Promise<Order> {
  const ended = await cancelOrder(house, { kind: 'operator', name: 'janitor' }, key, reason);
  return isRefusal(ended) ? orderUnderLock(house.database, key) : ended;
}

function cancelCommitted(
  house: OrdersHouse,
  key: OrderKey,
  actor: string,
  reason: OrderReason,
): Promise<Order | Refusal<'orders.not_open'>> {
  return house.database.transaction(async (tx) => {
    const account = await lockAccount(tx, key);
    const order = await orderUnderLock(tx, key);
    if (order.state === 'cancelled') return order;
    const state = ORDER_LIFECYCLE[order.state].cancel;
    if (state === undefined) return refuse('orders.not_open');
    const at = instantUnder(account, house.clock.business());
    const cancelled: Order = { ...order, state, reason, endedAt: house.clock.transport(), lookAt: null };
    const { slot, accountId, orderId } = order;
    const subject = formatId('ord', orderId);
    if (order.tender === 'balance') await endHold(tx, account, { reference: holdReference(order), as: 'released', at });
    saveOrder(tx, cancelled);
    writeEntry(tx, { slot, accountId, entryId: house.mintId(slot), actor, action: 'orders.cancel', subject, reason, at });
    writeEvents(tx, [cancelledEvent(house, cancelled, at)]);
    return cancelled;
  });
}
