import { type Money, sum } from '#domain/money';
import { refundsOfOrder } from '#domain/payments';
import type { Queries } from '#platform/database';
import { readDocuments } from './issue-document.ts';
import type { Order } from './order.ts';

/** What came of an order in the end: its receipt, and what goes or has gone back when it is given back as a whole. */
export type OrderOutcome = { readonly receiptNumber: string | undefined; readonly refunded: Money | undefined };

/** Nothing is read for an order that was not paid: it is looked at each second. */
export async function readOutcome(queries: Queries, order: Order): Promise<OrderOutcome> {
  if (order.paidAt === null) return { receiptNumber: undefined, refunded: undefined };
  const isReturned = order.state === 'refunding' || order.state === 'refunded';
  const [documents, refunds] = await Promise.all([readDocuments(queries, order), isReturned ? refundsOfOrder(queries, order) : []]);
  const credited = documents.flatMap((one) => (one.kind === 'credit_note' ? [one.content.sum.total] : []));
  // A capture for which nothing was delivered goes back without a receipt, so without credit notes.
  const returned = credited.length > 0 ? credited : refunds.map(({ amount }) => amount);
  return {
    receiptNumber: documents.find((one) => one.kind === 'receipt')?.documentNumber,
    refunded: isReturned ? sum(order.currency, returned) : undefined,
  };
}
