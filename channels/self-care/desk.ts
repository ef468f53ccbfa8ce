/** What every use case of self-care is handed. */
import type { Asker as DomainAsker } from '#domain/access';
import type { OrderDocument, OrdersHouse, OrderWatch } from '#domain/orders';
import { nameSource } from '#platform/http';
import type { Language } from '#platform/messages';
import type { Sealer } from '#platform/seal';
import type { Asker } from '#channels/web';

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

/** The port for receipts as PDF: adapters/documents draws them. */
export type RenderReceipt = (receipt: Receipt, creditNotes: readonly CreditNote[], reading: ReceiptReading) => Promise<Uint8Array>;

export type Desk = {
  readonly house: OrdersHouse;
  readonly sealer: Sealer;
  readonly watch: OrderWatch;
  readonly renderReceipt: RenderReceipt;
  /** Origins of the provider's pages: "https://checkout.stripe.com". */
  readonly paymentOrigins: readonly string[];
};

/** Self-care without sign-in is for guests: by number alone, known by where they ask from. */
export function guestOf({ sealer }: Pick<Desk, 'sealer'>, { source }: Asker): DomainAsker & { kind: 'guest' } {
  return { kind: 'guest', source: nameSource(sealer, source) };
}
