/** What happened in a run, counted: for the report, and for whoever wants to know whether a run was any test at all. */
import { decimalText } from '#domain/money';
import { gatherFacts } from './gather-facts.ts';
import type { AskEntry, Why } from './history.ts';
import { longestAnswerMs } from './judge-answers.ts';
import type { Evidence } from './judge-books.ts';
import { writtenOrder } from './judge-order.ts';

export type Tally = Readonly<Record<string, number>>;
export type Counts = {
  /** Orders that were asked for: those that are there, and those that came to nothing. */
  readonly orders: number;
  readonly neverPlaced: number;
  readonly renewalsInEffect: number;
  /** `delivered (provider)`, `refunded (balance)`, …; and of them those with a request to place, pay, cancel or refund that was not answered. */
  readonly ends: Tally;
  readonly doubtfulEnds: Tally;
  readonly answers: Readonly<Record<AskEntry['outcome'], number>>;
  readonly unanswered: Partial<Record<Why, number>>;
  readonly longestAnswerMs: number;
  /** Requests that carried a key that had been sent before. */
  readonly repeats: number;
  readonly payments: number;
  readonly capturedUsd: string;
  readonly refundedUsd: string;
  /** What was held against the model, in how many pieces. */
  readonly compared: Tally;
};

const usd = (minor: bigint) => decimalText({ currency: 'USD', minor });

export function countOutcomes(evidence: Evidence): Counts {
  const { entries, books, outside } = evidence;
  const { orders } = gatherFacts(entries);
  const booked = new Map(books.orders.map((order) => [writtenOrder(order), order]));
  const asks = entries.filter((entry) => entry.kind === 'ask');
  const asked = [...orders.values()].filter(({ places }) => places.length > 0);
  const endOf = (order: string): string => {
    const row = booked.get(order);
    if (row === undefined) return 'never placed';
    const isVain = row.state === 'refunded' && row.appliedAt === null;
    return `${row.state} (${row.tender}${isVain ? ', never took effect' : ''})`;
  };
  const isDoubtful = ({ places, pays, cancels, refunds }: (typeof asked)[number]) =>
    [...places, ...pays, ...cancels, ...refunds].some(({ outcome }) => outcome === 'unknown');
  const keys = asks.flatMap(({ ask, order }) => ('key' in ask ? [`${order} ${ask.ask} ${ask.key}`] : []));
  const paid = outside.payments.filter(({ received }) => received > 0);
  return {
    orders: asked.filter(({ order }) => booked.has(order)).length,
    neverPlaced: asked.filter(({ order }) => !booked.has(order)).length,
    renewalsInEffect: asked.filter(
      ({ order, items }) => booked.get(order)?.state === 'delivered' && items.some(({ kind }) => kind === 'renew'),
    ).length,
    ends: tally(asked.map(({ order }) => endOf(order))),
    doubtfulEnds: tally(asked.filter(isDoubtful).map(({ order }) => endOf(order))),
    answers: { ok: 0, fail: 0, unknown: 0, ...tally(asks.map(({ outcome }) => outcome)) },
    unanswered: tally(asks.flatMap((entry) => (entry.outcome === 'unknown' ? [entry.why] : []))),
    longestAnswerMs: longestAnswerMs(entries),
    repeats: keys.length - new Set(keys).size,
    payments: paid.length,
    capturedUsd: usd(paid.reduce((sum, { received }) => sum + BigInt(received), 0n)),
    refundedUsd: usd(paid.reduce((sum, { refunded }) => sum + BigInt(refunded), 0n)),
    compared: countCompared(evidence),
  };
}

function countCompared({ entries, books, outside }: Evidence): Tally {
  const allowances = books.allowances.reduce((sum, { count }) => sum + count, 0n);
  const notices = books.notices.reduce((sum, { count }) => sum + count, 0n);
  return {
    'answers about orders': entries.filter((entry) => entry.kind === 'ask' && entry.order !== null && entry.outcome !== 'unknown').length,
    orders: books.orders.length,
    'payments at the provider': outside.payments.length,
    lines: books.lines.length,
    'receipts and credit notes': books.documents.length,
    allowances: Number(allowances),
    'messages about an effect': Number(notices),
    'accounts of the house': books.named.length,
    'series of document numbers': new Set(books.documents.map(({ market, slot, kind }) => `${market} ${slot} ${kind}`)).size,
  };
}

function tally(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, left], [, right]) => right - left));
}
