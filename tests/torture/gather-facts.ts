/** The history, put together by order and by line: what clients asked and were told, and nothing else. */
import type { ItemRequest, OrderState } from '#domain/orders';
import { encodeJson } from '#platform/json';
import type { Ask, LineAnswer, OpenedLine, OrderAnswer, QuoteAnswer, RefundAnswer } from './asks.ts';
import type { AskEntry, Entry, Outcome, VisitEntry } from './history.ts';

type Told<Kind extends Ask['ask'], Value> = Omit<AskEntry, 'ask' | keyof Outcome> & {
  readonly ask: Extract<Ask, { ask: Kind }>;
} & Outcome<Value>;

export type OrderFacts = {
  readonly order: string;
  readonly number: string;
  readonly items: readonly ItemRequest[];
  readonly quote: QuoteAnswer;
  readonly places: Told<'place', OrderAnswer>[];
  readonly pays: Told<'pay_again', OrderAnswer>[];
  readonly cancels: Told<'cancel', OrderAnswer>[];
  readonly refunds: Told<'refund', RefundAnswer>[];
  readonly looks: Told<'order', OrderAnswer>[];
  readonly visits: VisitEntry[];
};

export type LineFacts = OpenedLine & {
  readonly number: string;
  readonly plan: string;
  readonly openedAt: Date;
  /** The end of its first period, as it was told, and when. */
  firstEnd: Date | undefined;
  firstEndToldAt: Date | undefined;
};

export type Facts = { readonly orders: ReadonlyMap<string, OrderFacts>; readonly lines: ReadonlyMap<string, LineFacts> };

export function gatherFacts(entries: readonly Entry[]): Facts {
  const orders = new Map<string, OrderFacts>();
  const lines = new Map<string, LineFacts>();
  for (const entry of entries) {
    if (entry.kind === 'visit') orders.get(entry.order)?.visits.push(entry);
    else if (entry.order !== null) addAsk(orders.get(entry.order), entry);
    else if (entry.outcome === 'ok') addAnswer(orders, lines, entry);
  }
  return { orders, lines };
}

function addAnswer(orders: Map<string, OrderFacts>, lines: Map<string, LineFacts>, entry: AskEntry & { outcome: 'ok' }): void {
  const { ask, value } = entry;
  if (ask.ask === 'open_line') {
    const opened = {
      ...(value as OpenedLine),
      number: ask.number,
      plan: ask.plan,
      openedAt: entry.at,
      firstEnd: undefined,
      firstEndToldAt: undefined,
    };
    lines.set(ask.number, opened);
  }
  if (ask.ask === 'line') {
    const line = lines.get(ask.number);
    if (line === undefined || line.firstEnd !== undefined) return;
    line.firstEnd = (value as LineAnswer).paidUntil ?? undefined;
    line.firstEndToldAt = entry.endedAt;
  }
  if (ask.ask === 'quote') {
    const quote = value as QuoteAnswer;
    const nothing = { places: [], pays: [], cancels: [], refunds: [], looks: [], visits: [] };
    orders.set(quote.order, { order: quote.order, number: ask.number, items: ask.items, quote, ...nothing });
  }
}

function addAsk(facts: OrderFacts | undefined, entry: AskEntry): void {
  if (facts === undefined) return;
  switch (entry.ask.ask) {
    case 'place':
      return void facts.places.push(entry as OrderFacts['places'][number]);
    case 'pay_again':
      return void facts.pays.push(entry as OrderFacts['pays'][number]);
    case 'cancel':
      return void facts.cancels.push(entry as OrderFacts['cancels'][number]);
    case 'refund':
      return void facts.refunds.push(entry as OrderFacts['refunds'][number]);
    case 'order':
      return void facts.looks.push(entry as OrderFacts['looks'][number]);
    default:
      return;
  }
}

/** What makes two placings the same: who pays how. Key and quote are the order's own. */
export function contentOf({ ask }: OrderFacts['places'][number]): string {
  return encodeJson([ask.way, ask.personId]);
}

/** It happened, or nobody knows that it did not. */
export function mayHaveHappened({ outcome }: { readonly outcome: Outcome['outcome'] }): boolean {
  return outcome !== 'fail';
}

/** Every answer about how the order stands. */
export function statesTold(facts: OrderFacts): readonly (Pick<OrderAnswer, 'order' | 'state'> & { readonly receipt?: string | null })[] {
  const all: readonly Outcome<OrderAnswer | RefundAnswer>[] = [
    ...facts.places,
    ...facts.pays,
    ...facts.cancels,
    ...facts.looks,
    ...facts.refunds,
  ];
  return all.flatMap((told) => (told.outcome === 'ok' ? [told.value] : []));
}

export const TOOK_EFFECT: readonly OrderState[] = ['applied', 'delivered'];
