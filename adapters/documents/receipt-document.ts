import type { Seller } from '#domain/catalog';
import type { Money } from '#domain/money';
import type { Language } from '#platform/messages';

/** How it was paid: `receipt.method.<kind>`, for a card with its brand and last four digits. */
export type PaidWith = { readonly kind: string; readonly brand?: string | undefined; readonly lastFour?: string | undefined };

export type ReceiptLine = { readonly name: string; readonly net: Money; readonly tax: Money; readonly gross: Money };

export type ReceiptTax = {
  readonly name: string;
  /** "8.875%"; null for a fixed amount. */
  readonly rate: string | null;
  /** What it was reckoned on, without tax; null for a fixed amount. */
  readonly base: Money | null;
  readonly amount: Money;
};

/** All that a receipt or a credit note says, as plain data; the same data gives the same bytes for ever. */
export type ReceiptDocument = {
  readonly kind: 'receipt' | 'credit_note';
  readonly language: Language;
  readonly brand: { readonly name: string; readonly accent: string };
  readonly seller: Seller;
  /** "US-17-000123", "US-17-C-000004". */
  readonly documentNumber: string;
  readonly issuedAt: Date;
  /** IANA zone of the market, in which dates are told. */
  readonly zone: string;
  /** E.164. */
  readonly lineNumber: string;
  /** Guests see the number masked (ID-6). */
  readonly isNumberMasked: boolean;
  readonly orderNumber: string | null;
  readonly lines: readonly ReceiptLine[];
  readonly taxes: readonly ReceiptTax[];
  readonly pricesIncludeTax: boolean;
  readonly net: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly paidWith: PaidWith | null;
  /** A credit note's receipt and, where it has words (`notice.reason.<reason>`), its reason. */
  readonly refersTo: { readonly receiptNumber: string; readonly reason: string } | null;
  /** A receipt's credit notes so far. */
  readonly creditNotes: readonly { readonly documentNumber: string; readonly issuedAt: Date; readonly amount: Money }[];
  /** Where the document can be seen online. */
  readonly url: string | null;
};
