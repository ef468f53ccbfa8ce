/**
 * Delivered: after the commit that applied it, the network was told. Until the charging engine stands, the telling is
 * this step alone; it is a consumer of the outbox, so that no death between commit and telling loses it.
 */
import { lockAccount } from '#domain/ledger';
import type { Database, Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { ORDER_LIFECYCLE, type Order, type OrderKey } from './order.ts';
import { orderUnderLock, saveOrder } from './read-order.ts';

export function deliverOrder(tools: Pick<Tools, 'clock'> & { database: Database }, key: OrderKey): Promise<Order> {
  return tools.database.transaction((tx) => deliverOrderIn(tools, tx, key));
}

/** Inside the transaction that marks the event applied. An order that was refunded meanwhile stays as it is. */
export async function deliverOrderIn(tools: Pick<Tools, 'clock'>, tx: Transaction, key: OrderKey): Promise<Order> {
  const [, order] = await Promise.all([lockAccount(tx, key), orderUnderLock(tx, key)]);
  const state = ORDER_LIFECYCLE[order.state].deliver;
  if (state === undefined) return order;
  const delivered: Order = { ...order, state, deliveredAt: tools.clock.transport() };
  tx.withCommit(saveOrder(tx, delivered));
  return delivered;
}
