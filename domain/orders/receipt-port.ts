/** The port for receipts as files: an adapter draws them (adapters/documents), apps hand it to the doors. */
import type { Language } from '#platform/messages';
import type { OrderDocument } from './issue-document.ts';

export type Receipt = Extract<OrderDocument, { kind: 'receipt' }>;
export type CreditNote = Extract<OrderDocument, { kind: 'credit_note' }>;

/** How a receipt is to be told; `isNumberMasked` for who may not see the line's number in full (ID-6). */
export type ReceiptReading = {
  readonly language: Language;
  readonly brand: { readonly name: string; readonly accent: string };
  readonly isNumberMasked: boolean;
  readonly orderNumber: string | null;
  readonly url: string | null;
};

/** A receipt as PDF, naming the credit notes that followed it. */
export type RenderReceipt = (receipt: Receipt, creditNotes: readonly CreditNote[], reading: ReceiptReading) => Promise<Uint8Array>;
