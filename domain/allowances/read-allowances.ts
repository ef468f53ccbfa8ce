import { type Queries, statement } from '#platform/database';
import type { AccountKey, Allowance, OrderItemKey } from './allowance.ts';

const readValid = statement<AccountKey & { lineId: bigint | null; at: Date }, Allowance>(import.meta.dirname, 'read-allowances');
const readOfOrder = statement<OrderItemKey, Allowance>(import.meta.dirname, 'read-order-allowances');

/** Those that have not ended at the instant, waiting ones included: the line's own and the shared, or the whole account's. */
export function readAllowances(queries: Queries, read: AccountKey & { lineId?: bigint; at: Date }): Promise<Allowance[]> {
  return queries.query(readValid, { slot: read.slot, accountId: read.accountId, lineId: read.lineId ?? null, at: read.at });
}

/** What an item of an order delivered, ended and withdrawn ones included. */
export function readOrderAllowances(queries: Queries, { slot, accountId, orderId, itemNo }: OrderItemKey): Promise<Allowance[]> {
  return queries.query(readOfOrder, { slot, accountId, orderId, itemNo });
}
