/**
 * Receipts and credit notes: numbered per market and slot, without gaps, in a series each; what they say is kept with
 * them, so that they read the same for ever.
 */
import type { Market, Names, RefundAsked, Seller, TaxDocument, TaxRefund } from '#domain/catalog';
import type { MethodUsed } from '#domain/payments';
import { type Queries, statement, type Transaction } from '#platform/database';
import { decodeJson, encodeJson } from '#platform/json';
import { type Order, type OrderKey, type QuoteContent, sumOf } from './order.ts';
import type { Payment } from './payment.ts';

/** What a receipt has of its own; the rest it says is its quote's. */
type ReceiptRow = {
  readonly zone: string;
  readonly seller: Seller;
  readonly tender: 'balance' | 'provider';
  readonly method: MethodUsed | null;
};

export type ReceiptContent = ReceiptRow & {
  readonly number: string;
  readonly items: readonly { readonly names: Names; readonly kind: string }[];
  readonly sum: TaxDocument;
};

export type CreditNoteContent = {
  readonly zone: string;
  readonly seller: Seller;
  readonly receiptNumber: string;
  readonly reason: string;
  /** What a repeat under the same key is compared with. */
  readonly asked: RefundAsked;
  readonly sum: TaxRefund;
};

export type OrderDocument = { readonly key: string; readonly documentNumber: string; readonly issuedAt: Date } & (
  | { readonly kind: 'receipt'; readonly content: ReceiptContent }
  | { readonly kind: 'credit_note'; readonly content: CreditNoteContent }
);

type DocumentRow = { key: string; market: string; kind: 'receipt' | 'credit_note'; number: bigint; content: string; issuedAt: Date };
const issueRow = statement<OrderKey & Omit<DocumentRow, 'number'>, { number: bigint }>(import.meta.dirname, 'issue-document');
const readRows = statement<OrderKey, DocumentRow & { sold: string | null }>(import.meta.dirname, 'read-documents');

type Issued = { readonly market: Market; readonly order: Order; readonly at: Date };

/** Numbers and writes the receipt. Its number, `US-17-000123`, is known once it is written: `receiptNumberOf`. */
export function issueReceipt(tx: Transaction, { market, order, payment, at }: Issued & { payment: Payment }): void {
  const content: ReceiptRow = {
    zone: market.zone,
    seller: market.seller,
    tender: payment.tender,
    method: payment.tender === 'provider' ? payment.method : null,
  };
  tx.write(issueRow, documentRow(market, order, { kind: 'receipt', key: '', content, at }));
}

/** Numbers and writes a credit note, once per key; gives its number, `US-17-C-000004`. */
export async function issueCreditNote(
  tx: Transaction,
  note: Issued & { key: string; receiptNumber: string; reason: string; asked: RefundAsked; sum: TaxRefund },
): Promise<string> {
  const { market, order, key, receiptNumber, reason, asked, sum, at } = note;
  const content: CreditNoteContent = { zone: market.zone, seller: market.seller, receiptNumber, reason, asked, sum };
  const row = await tx.one(issueRow, documentRow(market, order, { kind: 'credit_note', key, content, at }));
  return numberText(market.receiptPrefix, order.slot, 'credit_note', row.number);
}

function documentRow(
  { receiptPrefix: market }: Market,
  { slot, accountId, orderId }: OrderKey,
  { kind, key, content, at }: { kind: 'receipt' | 'credit_note'; key: string; content: object; at: Date },
): OrderKey & Omit<DocumentRow, 'number'> {
  return { slot, accountId, orderId, market, kind, key, content: encodeJson(content), issuedAt: at };
}

/** The number of an order's receipt; undefined for one that was not paid. */
export async function receiptNumberOf(queries: Queries, order: OrderKey): Promise<string | undefined> {
  return (await readDocuments(queries, order)).find((one) => one.kind === 'receipt')?.documentNumber;
}

/** The receipt and credit notes of an order, the receipt first. */
export async function readDocuments(queries: Queries, { slot, accountId, orderId }: OrderKey): Promise<OrderDocument[]> {
  const rows = await queries.query(readRows, { slot, accountId, orderId });
  return rows.map(({ key, kind, market, number, content, sold, issuedAt }) => {
    const shared = { key, documentNumber: numberText(market, slot, kind, number), issuedAt };
    if (sold === null) return { ...shared, kind: 'credit_note', content: decodeJson(content) };
    return { ...shared, kind: 'receipt', content: receiptFrom(decodeJson(content), decodeJson(sold)) };
  });
}

function receiptFrom(row: ReceiptRow, sold: QuoteContent): ReceiptContent {
  const items = sold.items.map(({ names, kind }) => ({ names, kind }));
  return { ...row, number: sold.number, items, sum: sumOf({ tender: row.tender, content: sold }) };
}

function numberText(prefix: string, slot: number, kind: DocumentRow['kind'], number: bigint): string {
  return `${prefix}-${slot}-${kind === 'credit_note' ? 'C-' : ''}${String(number).padStart(6, '0')}`;
}
