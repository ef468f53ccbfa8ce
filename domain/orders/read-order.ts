import { timingSafeEqual } from 'node:crypto';
import type { LineKey } from '#domain/lines';
import { present } from '#platform/assert';
import { type Queries, statement, type Transaction } from '#platform/database';
import { parseLink, slotOf } from '#platform/ids';
import { decodeJson, encodeJson } from '#platform/json';
import type { Refusal } from '#platform/refusals';
import type { Order, OrderKey, OrderState, Quote, QuoteContent, Tender } from './order.ts';
import { refuse } from './refusals.ts';

type QuoteKey = { slot: number; accountId: bigint; quoteId: bigint };
export type OrderInList = OrderKey & { state: OrderState; tender: Tender; currency: string; totalMinor: bigint; placedAt: Date };

const readQuoteRow = statement<QuoteKey, Quote>(import.meta.dirname, 'read-quote');
const readOrderRow = statement<OrderKey, Order>(import.meta.dirname, 'read-order');
const readOrderStateRow = statement<OrderKey, Omit<Order, 'content'>>(import.meta.dirname, 'read-order-state');
const findOrderRow = statement<{ slot: number; orderId: bigint }, OrderKey>(import.meta.dirname, 'find-order');
const moveOrderRow = statement<MovedOrder>(import.meta.dirname, 'move-order');
const ordersOfLineRows = statement<LineKey & { limitRows: number }, OrderInList>(import.meta.dirname, 'orders-of-line');

type MovedOrder = Omit<Order, 'effect'> & { effect: string | null };

/** The order with this id in this account, if there is one. */
export async function readOrder(queries: Queries, { slot, accountId, orderId }: OrderKey): Promise<Order | undefined> {
  const row = await queries.maybe(readOrderRow, { slot, accountId, orderId });
  return row && { ...row, content: decodeJson(row.content), effect: row.effect === null ? null : decodeJson(row.effect) };
}

/** What never changes of an order: may be read before any lock. */
export async function readOrderContent(queries: Queries, { slot, accountId, orderId }: OrderKey): Promise<QuoteContent> {
  return present(await readQuoteIn(queries, { slot, accountId, quoteId: orderId }), 'an order keeps its quote').content;
}

/** The order with this id, whichever account it is in: for an operator. Refuses `orders.not_found`. */
export async function findOrder(queries: Queries, orderId: bigint): Promise<Order | Refusal<'orders.not_found'>> {
  const key = await queries.maybe(findOrderRow, { slot: slotOf(orderId), orderId });
  return (key && (await readOrder(queries, key))) ?? refuse('orders.not_found');
}

/** The order that must be there, under the account's lock; its content is not read again by whoever has it. */
export async function orderUnderLock(queries: Queries, key: OrderKey, content?: QuoteContent): Promise<Order> {
  if (content === undefined) return present(await readOrder(queries, key), 'an order is never deleted');
  const { slot, accountId, orderId } = key;
  const row = await queries.one(readOrderStateRow, { slot, accountId, orderId });
  return { ...row, content, effect: row.effect === null ? null : decodeJson(row.effect) };
}

/** The order a secret link points at. Refuses `orders.not_found`, the same for a wrong token and a wrong id. */
export async function openOrder(queries: Queries, link: string): Promise<Order | Refusal<'orders.not_found'>> {
  const parts = parseLink(link);
  const order = parts && (await readOrder(queries, { slot: slotOf(parts.accountId), accountId: parts.accountId, orderId: parts.id }));
  return order !== undefined && sameToken(order.token, parts?.token) ? order : refuse('orders.not_found');
}

/**
 * The quote a secret link points at; one that was forgotten after it was ordered is read from its order, so that placing it
 * again with the same key, however late, finds that order. Refuses `orders.quote_unknown`.
 */
export async function openQuote(queries: Queries, link: string): Promise<Quote | Refusal<'orders.quote_unknown'>> {
  const parts = parseLink(link);
  if (parts === undefined) return refuse('orders.quote_unknown');
  const key = { slot: slotOf(parts.accountId), accountId: parts.accountId, quoteId: parts.id };
  const quote = (await readQuoteIn(queries, key)) ?? quoteOf(await readOrder(queries, { ...key, orderId: parts.id }));
  return quote !== undefined && sameToken(quote.token, parts.token) ? quote : refuse('orders.quote_unknown');
}

/** Its price held until it was ordered. */
function quoteOf(order: Order | undefined): Quote | undefined {
  if (order === undefined) return undefined;
  const { slot, accountId, orderId: quoteId, token, content, beganAt: expiresAt } = order;
  return { slot, accountId, quoteId, token, content, expiresAt };
}

export async function readQuoteIn(queries: Queries, key: QuoteKey): Promise<Quote | undefined> {
  const row = await queries.maybe(readQuoteRow, key);
  return row && { ...row, content: decodeJson(row.content) };
}

/** Newest first. */
export function ordersOfLine(queries: Queries, { slot, accountId, lineId }: LineKey, limitRows: number): Promise<OrderInList[]> {
  return queries.query(ordersOfLineRows, { slot, accountId, lineId, limitRows });
}

/** Writes the parts of an order that may change. Under the account's lock. */
export function saveOrder(tx: Transaction, order: Order): void {
  tx.write(moveOrderRow, { ...order, effect: order.effect === null ? null : encodeJson(order.effect) });
}

function sameToken(kept: string, given: string | undefined): boolean {
  if (given === undefined || kept.length !== given.length) return false;
  return timingSafeEqual(Buffer.from(kept), Buffer.from(given));
}
