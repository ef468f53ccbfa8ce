/** Quotes, orders and receipts as the API tells them. */
import type { TaxTotal } from '#domain/catalog';
import { decimalText, type Money, percentText } from '#domain/money';
import type { AnyWay, Order, QuoteContent, QuotedItem, Sentence } from '#domain/orders';
import type { Attempt, MethodUsed } from '#domain/payments';
import { type Language, say, sayLoosely } from '#platform/messages';

export function showMoney(amount: Money): { currency: string; amount: string } {
  return { currency: amount.currency, amount: decimalText(amount) };
}

/** Sentences in words, their days in the market's zone. */
export function saySentences(language: Language, zone: string, now: Date, sentences: readonly Sentence[]): string[] {
  return sentences.map(({ key, values }) => sayLoosely(language, key, { zone, now, ...values }));
}

/** Ends of plans are told to those who may see the line; ends of packs count from now and tell nothing. */
export function showItems(language: Language, items: QuoteContent['items'], seesLine: boolean) {
  return items.map((item: QuotedItem) => ({
    kind: item.kind,
    product: item.productCode,
    name: item.names[language],
    price: showMoney(item.price),
    ...(seesLine || item.kind === 'pack' ? period(item) : {}),
  }));
}

function period({ usableFrom, usableUntil }: QuotedItem) {
  return { ...(usableFrom === null ? {} : { usableFrom }), ...(usableUntil === null ? {} : { usableUntil }) };
}

export function showTaxes(language: Language, taxes: readonly TaxTotal[], included: boolean) {
  return taxes.map(({ names, rate, amount }) => ({
    name: names[language],
    ...(rate === null ? {} : { rate: percentText(rate) }),
    amount: showMoney(amount),
    included,
  }));
}

/** How an order is or was to be paid. */
export function showWay(language: Language, order: Pick<Order, 'tender'>, attempt: Attempt | undefined) {
  if (order.tender === 'balance') return { kind: 'balance' } as const;
  const kind: Exclude<AnyWay['kind'], 'balance'> = attempt?.way ?? 'page';
  const method = attempt?.method;
  if (!method) return { kind, ...(attempt?.choice ? { method: attempt.choice } : {}) };
  return { kind, ...showMethod(language, method) };
}

export function showMethod(language: Language, { kind, brand, last4 }: Pick<MethodUsed, 'kind' | 'brand' | 'last4'>) {
  if (brand === undefined || last4 === undefined) return { method: kind };
  return {
    method: kind,
    label: say(language, 'receipt.method.card', { brand: `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`, lastFour: last4 }),
  };
}
