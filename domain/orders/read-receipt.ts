import type { Queries } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import { readDocuments } from './issue-document.ts';
import type { OrderKey } from './order.ts';
import type { CreditNote, Receipt } from './receipt-port.ts';
import { refuse } from './refusals.ts';

export type Papers = { readonly receipt: Receipt; readonly creditNotes: readonly CreditNote[] };

/** The receipt of an order and the credit notes that followed it. Refuses `orders.no_receipt` for one that was not paid. */
export async function readReceipt(queries: Queries, order: OrderKey): Promise<Papers | Refusal<'orders.no_receipt'>> {
  const documents = await readDocuments(queries, order);
  const receipt = documents.find((one) => one.kind === 'receipt');
  if (receipt === undefined) return refuse('orders.no_receipt');
  return { receipt, creditNotes: documents.filter((one) => one.kind === 'credit_note') };
}
