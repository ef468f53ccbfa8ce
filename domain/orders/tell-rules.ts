/**
 * The rules of a quote as sentences, told before paying (BUY-3, PAY-3): which rule each item works by stands in the quote,
 * dates and amounts are filled in here. A guest is told the same rules without what they would say of the line (ID-6).
 */
import type { Market, Plan, Product, UsageRate } from '#domain/catalog';
import type { LineWithQueue } from '#domain/lines';
import { add, type Money, money, priceOf } from '#domain/money';
import { present } from '#platform/assert';
import { MINUTE_MS } from '#platform/clock';
import { type Language, type MessageKey, say } from '#platform/messages';
import type { OrdersHouse } from './house.ts';
import type { QuoteContent, QuotedItem } from './order.ts';

export type SentenceValue = string | number | bigint | Date | Money;
/** A sentence of the catalogue and what it is filled with. */
export type Sentence = { readonly key: MessageKey; readonly values: Readonly<Record<string, SentenceValue>> };

/** What somebody who may see the line is told of it beside the rules. */
export type KnownLine = { readonly state: LineWithQueue; readonly balance: Money };

export type Telling = {
  readonly language: Language;
  readonly now: Date;
  /** When the line was last paid for: for the warning, which everybody gets. */
  readonly lastPaidAt: Date | null;
  /** The line's present plan. */
  readonly plan: Plan | undefined;
  /** Undefined for a guest. */
  readonly known?: KnownLine | undefined;
};

export type ToldRules = { readonly changes: readonly Sentence[]; readonly warnings: readonly Sentence[] };

/** What will change and by which rules; and what to think of before paying. */
export function tellRules(house: Pick<OrdersHouse, 'catalog'>, content: QuoteContent, telling: Telling): ToldRules {
  const market = marketOf(house, content);
  const terms = productsOf(house, content).flatMap((product) => tellTerms(market, product));
  return {
    changes: [...tellItems(house, content, telling), ...terms, sentence('rule.refund_if_moved')],
    warnings: content.paidRecently && telling.lastPaidAt !== null ? [recentlyPaid(telling.lastPaidAt, telling.now)] : [],
  };
}

/** What each item does: also true once it is done. */
export function tellItems(house: Pick<OrdersHouse, 'catalog'>, content: QuoteContent, telling: Telling): Sentence[] {
  const market = marketOf(house, content);
  return productsOf(house, content).flatMap((product, index) => {
    const item = present(content.items[index], 'every item has its product');
    return tellItem({ content, item, product, market }, telling);
  });
}

function marketOf(house: Pick<OrdersHouse, 'catalog'>, { market, marketVersion }: QuoteContent): Market {
  return present(house.catalog().marketVersion(market, marketVersion), 'a market version is kept for ever');
}

function productsOf(house: Pick<OrdersHouse, 'catalog'>, { market, items }: QuoteContent): Product[] {
  const catalog = house.catalog();
  return items.map((item) =>
    present(catalog.productVersion(market, item.productCode, item.productVersion), 'a product version is kept for ever'),
  );
}

function sentence(key: MessageKey, values: Sentence['values'] = {}): Sentence {
  return { key, values };
}

function recentlyPaid(paidAt: Date, now: Date): Sentence {
  return sentence('rule.recently_paid', { paidAt, minutes: Math.floor((now.getTime() - paidAt.getTime()) / MINUTE_MS) });
}

type SoldItem = { readonly content: QuoteContent; readonly item: QuotedItem; readonly product: Product; readonly market: Market };

function tellItem({ content, item, product, market }: SoldItem, { language, known, plan }: Telling): Sentence[] {
  if (product.kind === 'top_up') {
    const amount = present(content.sums.provider.items[item.itemNo], 'every item is taxed').net;
    if (plan !== undefined && plan.period === null)
      return [sentence('rule.top_up_extends', { amount, days: market.lifecycle.payAsYouGoDays })];
    return [
      known === undefined ? sentence('web.guest.top_up', { amount }) : sentence('rule.top_up_now', { balance: add(known.balance, amount) }),
    ];
  }
  const isTimed = product.kind === 'pack' || product.period !== null;
  const ends = item.usableUntil === null || !isTimed ? [] : [sentence('rule.forfeited', { end: item.usableUntil })];
  if (product.kind === 'pack') {
    const { unit, count } = product.validity;
    const guest = sentence('web.guest.pack', { period: say(language, `web.period.${unit}`, { count }) });
    return known === undefined || item.usableUntil === null
      ? [guest]
      : [sentence('rule.pack_now', { usableUntil: item.usableUntil }), ...ends];
  }
  if (known === undefined) return [sentence('web.guest.renew')];
  return [...tellPlan(item, product, language, known.state), ...ends];
}

/** `rule.<name>` with its instants; a plan without a period has no end to tell. */
function tellPlan(item: QuotedItem, plan: Plan, language: Language, { line, queue }: LineWithQueue): Sentence[] {
  const { rule, usableFrom, usableUntil } = item;
  if (usableFrom === null || usableUntil === null) return [];
  const presentEnd = line.paidUntil;
  const name = plan.names[language];
  const behind = queue.length > 0 && item.kind !== 'queue' ? [sentence('rule.queue_moves', { startsAt: usableUntil })] : [];
  switch (rule) {
    case 'queue_at_end':
    case 'queue_on_exhaustion':
      return [sentence(`rule.${rule}`, { usableFrom, usableUntil })];
    case 'change_now':
      if (presentEnd === null) return [sentence('rule.first_period', { usableUntil })];
      if (plan.period === null) return [sentence('rule.change_now_without_end', { plan: name, presentEnd }), ...behind];
      return [sentence('rule.change_now', { plan: name, presentEnd, usableUntil }), ...behind];
    default:
      if (presentEnd === null) return [sentence('rule.first_period', { usableUntil })];
      return [sentence(rule === 'renew_now' ? 'rule.renew_now' : 'rule.renew_from_now', { presentEnd, usableUntil }), ...behind];
  }
}

/** What holds for the product whoever asks: what happens when a plan's data is used up, when loaded money is taxed. */
export function tellTerms(market: Market, product: Product): Sentence[] {
  if (product.kind === 'top_up') return [sentence(market.taxPoint === 'load' ? 'rule.tax_at_load' : 'rule.tax_at_use')];
  if (product.kind === 'pack') return [];
  switch (product.exhaustion.kind) {
    case 'throttle':
      return [sentence('rule.exhausted_throttle', { speed: product.exhaustion.speedKbps })];
    case 'stop':
      return [sentence('rule.exhausted_stop')];
    case 'pay_as_you_go': {
      const rate = product.rates.find(({ service }) => service === 'data');
      return rate === undefined ? [sentence('rule.exhausted_stop')] : [sentence('rule.exhausted_pay_as_you_go', priceOfData(rate))];
    }
  }
}

const MB = 1_000_000n;

/** The price of the least data that costs whole minor units: "$0.01 per 1 MB". */
function priceOfData({ price }: UsageRate): { price: Money; quantity: bigint } {
  const { numerator, denominator } = price.perUnit;
  const quantity = [MB, 10n * MB, 100n * MB].find((octets) => (octets * numerator) % denominator === 0n) ?? 1000n * MB;
  return { price: money(price.currency, priceOf(quantity, price, 'half_up').minor), quantity };
}
