/** What orders keeps of a receipt or credit note becomes the document in its reader's language: pure. */
import type { TaxAmount, TaxTotal } from '#domain/catalog';
import { type Money, percentText, sum } from '#domain/money';
import type { OrderDocument } from '#domain/orders';
import type { Language } from '#platform/messages';
import type { PaidWith, ReceiptDocument, ReceiptTax } from './receipt-document.ts';

export type Receipt = Extract<OrderDocument, { kind: 'receipt' }>;
export type CreditNote = Extract<OrderDocument, { kind: 'credit_note' }>;

export type ReceiptReading = {
  readonly language: Language;
  readonly brand: ReceiptDocument['brand'];
  readonly isNumberMasked: boolean;
  readonly orderNumber: string | null;
  readonly url: string | null;
};

/** The receipt, naming the credit notes that followed it. */
export function composeReceipt(receipt: Receipt, creditNotes: readonly CreditNote[], reading: ReceiptReading): ReceiptDocument {
  const { content } = receipt;
  const { sum: sale } = content;
  return {
    ...common(receipt, receipt, reading),
    kind: 'receipt',
    lines: sale.items.map(({ net, tax, gross }, itemNo) => ({ name: nameOf(receipt, itemNo, reading.language), net, tax, gross })),
    taxes: taxesOf(sale.taxes, sale.items, reading.language),
    net: sale.net,
    tax: sale.tax,
    total: sale.total,
    refersTo: null,
    creditNotes: creditNotes.map((note) => ({
      documentNumber: note.documentNumber,
      issuedAt: note.issuedAt,
      amount: note.content.sum.total,
    })),
  };
}

/** A credit note, with the receipt it takes from. */
export function composeCreditNote(note: CreditNote, receipt: Receipt, reading: ReceiptReading): ReceiptDocument {
  const { sum: refund, receiptNumber, reason } = note.content;
  return {
    ...common(note, receipt, reading),
    kind: 'credit_note',
    lines: refund.items.map(({ itemNo, net, tax, gross }) => ({ name: nameOf(receipt, itemNo, reading.language), net, tax, gross })),
    taxes: taxesOf(refund.taxes, refund.items, reading.language),
    net: refund.net,
    tax: refund.tax,
    total: refund.total,
    refersTo: { receiptNumber, reason },
    creditNotes: [],
  };
}

function common({ documentNumber, issuedAt, content }: OrderDocument, receipt: Receipt, reading: ReceiptReading) {
  const { language, brand, isNumberMasked, orderNumber, url } = reading;
  const { tender, method, number, sum: sale } = receipt.content;
  return {
    language,
    brand,
    seller: content.seller,
    documentNumber,
    issuedAt,
    zone: content.zone,
    lineNumber: number,
    isNumberMasked,
    orderNumber,
    pricesIncludeTax: sale.pricesIncludeTax,
    paidWith: paidWith(tender, method),
    url,
  };
}

function nameOf(receipt: Receipt, itemNo: number, language: Language): string {
  return receipt.content.items[itemNo]?.names[language] ?? '';
}

/** Per rate: what it was reckoned on is the sum of the items it applies to (for Japan, what the law wants on the paper). */
function taxesOf(
  totals: readonly TaxTotal[],
  items: readonly { readonly net: Money; readonly taxes: readonly TaxAmount[] }[],
  language: Language,
): ReceiptTax[] {
  return totals.map(({ code, names, rate, amount }) => {
    const taxed = items.filter((item) => item.taxes.some((tax) => tax.code === code)).map((item) => item.net);
    const base = rate === null ? null : sum(amount.currency, taxed);
    return { name: names[language], rate: rate === null ? null : percentText(rate), base, amount };
  });
}

function paidWith(tender: Receipt['content']['tender'], method: Receipt['content']['method']): PaidWith | null {
  if (tender === 'balance') return { kind: 'balance' };
  return method === null ? null : { kind: method.kind, brand: method.brand, lastFour: method.last4 };
}
