/**
 * Orders of a line: all of them for who may see them, else the reader's own. Of what others ordered it says what and how much,
 * never their link nor their receipt: both tell how they paid (ID-6).
 */
import type { Asker, OrderRowView, OrdersView, RefusalView, TextFileView } from '#channels/web';
import { writeCsv } from '#domain/care';
import { decimalText } from '#domain/money';
import { linkOf, type Order, ordersOfLine, readOrder, readOutcome, standingOf, totalOf } from '#domain/orders';
import { attemptsOfOrder } from '#domain/payments';
import { present } from '#platform/assert';
import { formatId } from '#platform/ids';
import type { Language } from '#platform/messages';
import type { Desk } from '../desk.ts';
import { isNone, type OwnLine, ofLine, openOwnLine, whenJoined } from './own-line.ts';

/** A page of at most 14 KB holds them. */
const ORDERS_LISTED = 50;
const ORDERS_IN_FILE = 1000;

export async function listOrders(desk: Desk, asker: Asker, { id }: { readonly id: string }): Promise<OrdersView | RefusalView> {
  const line = await openOwnLine(desk, asker, id, 'see_line');
  if (isNone(line)) return line;
  const [orders, joined] = await Promise.all([ordersOf(desk, asker.language, line, ORDERS_LISTED), whenJoined(desk, line)]);
  return { ...ofLine(id, line), ...joined, orders };
}

/** Newest first. */
export async function ordersOf({ house }: Desk, language: Language, line: OwnLine, limit: number): Promise<OrderRowView[]> {
  const listed = await ordersOfLine(house.database, line.key, Math.max(limit, ORDERS_LISTED));
  const orders = await Promise.all(listed.map((key) => readOrder(house.database, key)));
  const shown = orders
    .map((order) => present(order, 'an order is never deleted'))
    .filter(({ personId }) => personId === line.personId || line.may('see_orders'));
  return Promise.all(shown.slice(0, limit).map(async (order) => orderRow({ house }, language, line, order)));
}

/** With their receipts, newest first: amounts as plain decimals, instants in UTC, for programs that read it. */
export async function writeOrders(desk: Desk, asker: Asker, { id }: { readonly id: string }): Promise<TextFileView | RefusalView> {
  const line = await openOwnLine(desk, asker, id, 'see_line');
  if (isNone(line)) return line;
  const { number } = line.state.line;
  const orders = await ordersOf(desk, asker.language, line, ORDERS_IN_FILE);
  const rows = orders.map(({ orderNumber, names, total, placedAt, state, receiptNumber = null }) => ({
    ...{ date: placedAt.toISOString(), number, order: orderNumber, text: names.join(' + '), state },
    ...{ amount: decimalText(total), currency: total.currency, receipt: receiptNumber },
  }));
  return { fileName: 'orders.csv', type: 'text/csv; charset=utf-8', text: writeCsv(rows) };
}

async function orderRow({ house }: Pick<Desk, 'house'>, language: Language, { personId }: OwnLine, order: Order): Promise<OrderRowView> {
  const isOwn = order.personId === personId;
  const [attempts, { receiptNumber }] = await Promise.all([attemptsOfOrder(house.database, order), readOutcome(house.database, order)]);
  return {
    ...rowOf(language, order, personId),
    state: standingOf(order, attempts),
    ...(isOwn && receiptNumber !== undefined ? { receiptNumber } : {}),
  };
}

/** What needs nothing read beside the order. */
export function rowOf(language: Language, order: Order, personId: bigint): Omit<OrderRowView, 'state' | 'receiptNumber'> {
  return {
    orderNumber: formatId('ord', order.orderId),
    ...(order.personId === personId ? { secret: linkOf(order) } : {}),
    names: order.content.items.map(({ names }) => names[language]),
    total: totalOf(order),
    placedAt: order.placedAt,
  };
}
