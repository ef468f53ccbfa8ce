/**
 * Delivered: after the commit that applied it, the network was told. Until the charging engine stands, the telling is
 * this step alone; it is a consumer of the outbox, so that no death between commit and telling loses it.
 */
import { lockAccount } from '#domain/ledger';
import { type Database, statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { OrderKey } from './order.ts';

const deliverRow = statement<OrderKey & { deliveredAt: Date }>(import.meta.dirname, 'deliver-order');

export function deliverOrder(tools: Pick<Tools, 'clock'> & { database: Database }, key: OrderKey): Promise<void> {
  return tools.database.transaction(async (tx) => deliverOrderIn(tools, tx, key));
}

/**
 * Inside the transaction that marks the event applied; sent with its COMMIT. Only an order that took effect is delivered:
 * one that was refunded meanwhile, and one that is delivered, stay as they are (`ORDER_LIFECYCLE`).
 */
export function deliverOrderIn(tools: Pick<Tools, 'clock'>, tx: Transaction, { slot, accountId, orderId }: OrderKey): void {
  tx.withCommit(lockAccount(tx, { slot, accountId }));
  tx.write(deliverRow, { slot, accountId, orderId, deliveredAt: tools.clock.transport() });
}
