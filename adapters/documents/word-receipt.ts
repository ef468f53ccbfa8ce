/**
 * The words of the page, block by block, in the document's language: pure. What stands where, drawing decides. Japan's
 * qualified invoice (Consumption Tax Act art. 57-4) is known by the seller's registration number, a T and 13 digits.
 */
import { formatDate, formatMaskedNumber, formatMoney, formatNumber, hasMessage, type Language, say, sayLoosely } from '#platform/messages';
import type { PaidWith, ReceiptDocument, ReceiptTax } from './receipt-document.ts';

export type Fact = { readonly label: string; readonly value: string };
export type ReceiptWords = {
  readonly brand: string;
  readonly title: string;
  /** The Japanese name of the document, whatever the reader's language: the tax office's. */
  readonly legalTitle: string | null;
  readonly facts: readonly Fact[];
  readonly seller: readonly string[];
  readonly columns: readonly [string, string, string, string];
  readonly rows: readonly (readonly [string, string, string, string])[];
  readonly sums: readonly Fact[];
  readonly total: Fact;
  readonly notes: readonly string[];
  readonly pageOf: (page: number, pages: number) => string;
};

export function wordReceipt(document: ReceiptDocument): ReceiptWords {
  const { language, lines, net, total, kind } = document;
  const isQualified = isRegistrationNumber(document.seller.taxNumber);
  const money = (amount: ReceiptDocument['total']) => formatMoney(language, amount);
  return {
    brand: document.brand.name,
    title: titleOf(kind, isQualified, language),
    legalTitle: isQualified ? (kind === 'receipt' ? '適格簡易請求書' : '適格返還請求書') : null,
    facts: factsOf(document),
    seller: sellerOf(document, isQualified),
    columns: [
      say(language, 'receipt.item'),
      say(language, 'receipt.net'),
      say(language, 'receipt.tax_column'),
      say(language, 'receipt.gross'),
    ],
    rows: lines.map((line) => [line.name, money(line.net), money(line.tax), money(line.gross)]),
    sums: [{ label: say(language, 'receipt.subtotal'), value: money(net) }, ...document.taxes.map((tax) => taxFact(tax, document))],
    total: { label: say(language, kind === 'receipt' ? 'receipt.total' : 'receipt.total_refunded'), value: money(total) },
    notes: notesOf(document),
    pageOf: (page, pages) => say(language, 'receipt.page', { page, pages }),
  };
}

function isRegistrationNumber(taxNumber: string): boolean {
  return /^T\d{13}$/.test(taxNumber);
}

function titleOf(kind: ReceiptDocument['kind'], isQualified: boolean, language: Language): string {
  if (kind === 'credit_note') return say(language, 'receipt.title_credit_note');
  return say(language, isQualified ? 'receipt.title_qualified_invoice' : 'receipt.title');
}

function factsOf(document: ReceiptDocument): Fact[] {
  const { language, kind, refersTo, orderNumber, paidWith } = document;
  const fact = (label: string, value: string | null): Fact[] => (value === null ? [] : [{ label, value }]);
  const number = document.isNumberMasked ? formatMaskedNumber(document.lineNumber) : formatNumber(document.lineNumber);
  const isReceipt = kind === 'receipt';
  return [
    ...fact(say(language, isReceipt ? 'receipt.number' : 'receipt.credit_note_number'), document.documentNumber),
    ...fact(say(language, 'receipt.refers_to'), refersTo?.receiptNumber ?? null),
    ...fact(say(language, 'receipt.date'), formatDate(language, document.issuedAt, document.zone)),
    ...fact(say(language, 'receipt.line'), number),
    ...fact(say(language, 'receipt.order'), orderNumber),
    ...fact(say(language, isReceipt ? 'receipt.paid_with' : 'receipt.refunded_to'), paidWith && methodText(paidWith, language)),
    ...fact(say(language, 'receipt.reason'), reasonText(refersTo?.reason, language)),
  ];
}

/** A reason in a clerk's own words is not for the customer: only one that has words of ours is told. */
function reasonText(reason: string | undefined, language: Language): string | null {
  const key = `notice.reason.${reason}`;
  return hasMessage(key) ? sayLoosely(language, key, {}) : null;
}

function methodText({ kind, brand, lastFour }: PaidWith, language: Language): string {
  if (kind === 'card' && brand !== undefined && lastFour !== undefined)
    return say(language, 'receipt.method.card', { brand: capital(brand), lastFour });
  const key = kind === 'card' ? 'receipt.method.card_unknown' : `receipt.method.${kind}`;
  return sayLoosely(language, hasMessage(key) ? key : 'receipt.method.other', {});
}

function capital(brand: string): string {
  return brand.slice(0, 1).toUpperCase() + brand.slice(1);
}

function sellerOf({ seller, language }: ReceiptDocument, isQualified: boolean): string[] {
  const key = isQualified ? 'receipt.registration_number' : 'receipt.tax_number';
  return [seller.name, ...seller.address, ...(seller.taxNumber === '' ? [] : [say(language, key, { number: seller.taxNumber })])];
}

function taxFact({ name, rate, base, amount }: ReceiptTax, { language, pricesIncludeTax }: ReceiptDocument): Fact {
  const key = pricesIncludeTax ? 'receipt.tax_included' : 'receipt.tax';
  const label = rate === null ? name : say(language, key, { name, rate });
  const on = base === null ? '' : ` ${say(language, 'receipt.tax_base', { base })}`;
  return { label: label + on, value: formatMoney(language, amount) };
}

function notesOf({ language, creditNotes, zone, url }: ReceiptDocument): string[] {
  const given = creditNotes.map(({ documentNumber, issuedAt, amount }) =>
    say(language, 'receipt.credited', { number: documentNumber, date: issuedAt, amount, zone }),
  );
  return [...given, ...(url === null ? [] : [say(language, 'receipt.check', { url })])];
}
