/**
 * Delivered: after the commit that applied it, the network was told. Until the charging engine stands, the telling is
 * this step alone; it is a consumer of the outbox, so that no death between commit and telling loses it.
 */
import { type Queries, statement } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { OrderKey } from './order.ts';

const deliverRow = statement<OrderKey & { deliveredAt: Date }>(import.meta.dirname, 'deliver-order');

/**
 * By itself, or inside the transaction that marks the event applied. Only an order that took effect is delivered: one that
 * was refunded meanwhile, and one that is delivered, stay as they are (`ORDER_LIFECYCLE`). One statement, on the one row it
 * looks at: it needs no account's lock, so whoever moves an order under that lock writes no state it did not change.
 */
export async function deliverOrder(tools: Pick<Tools, 'clock'>, queries: Queries, { slot, accountId, orderId }: OrderKey): Promise<void> {
  await queries.query(deliverRow, { slot, accountId, orderId, deliveredAt: tools.clock.transport() });
}
