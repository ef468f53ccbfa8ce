/**
 * Settles what the balance pays: the hold ends and the order takes effect in one transaction. No outside party is asked,
 * so a placed balance order is settled at once, or by the janitor when we died in between.
 */
import { available, endHold, instantUnder, lockAccount } from '#domain/ledger';
import { isRefusal } from '#platform/refusals';
import { applyOrder, seeLine } from './apply-order.ts';
import { endUnpaid } from './cancel-order.ts';
import type { OrdersHouse } from './house.ts';
import type { Order, OrderReason } from './order.ts';
import { holdReference } from './place-order.ts';
import { orderUnderLock } from './read-order.ts';
import { refuse } from './refusals.ts';

/** Settles a placed order from the balance that was held for it; cancels it when it can take no effect. A repeat finds it ended. */
export async function settleFromBalance(house: OrdersHouse, key: Order): Promise<Order> {
  const settled = await house.database.transaction(async (tx) => {
    const [account, order, seen] = await Promise.all([
      lockAccount(tx, key),
      orderUnderLock(tx, key, key.content),
      seeLine(tx, key.content),
    ]);
    if (order.state !== 'placed' || order.tender !== 'balance') return order;
    const now = instantUnder(account, house.clock.business());
    const held = await endHold(tx, account, { reference: holdReference(order), as: 'settled', at: now });
    // A hold past its deadline may be released (L7); the money may be there all the same.
    if (held === undefined && available(account).minor < order.totalMinor)
      return refuse('orders.cannot_take_effect', { reason: 'not_paid' });
    const applied = await applyOrder(house, tx, { account, order, seen, payment: { tender: 'balance' }, now });
    return applied.kind === 'applied' ? applied.order : refuse('orders.cannot_take_effect', { reason: applied.reason });
  });
  if (!isRefusal(settled)) {
    if (settled.state === 'applied') house.tookEffect?.(key);
    return settled;
  }
  return endUnpaid(house, key, settled.values['reason'] as OrderReason);
}
