/**
 * A month of a line (SEE-4): the orders that were paid for it, and every movement of the money balance with what was there
 * before and after, so that a balance never changes without a reason that can be read. Months are those of the market's clock.
 */
import { BALANCE, type Posting, readPostings } from '#domain/ledger';
import type { LineKey } from '#domain/lines';
import { add, type Money, sum, zero } from '#domain/money';
import { type Order, ordersOfLine, readOrder, readReceipt, totalOf } from '#domain/orders';
import { present } from '#platform/assert';
import { parseId } from '#platform/ids';
import { isRefusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';

/** More than anybody buys for one line. */
const ORDERS_MAX = 5000;

export type PaidOrder = { readonly order: Order; readonly at: Date; readonly total: Money; readonly receiptNumber: string | undefined };
export type Movement = {
  readonly at: Date;
  /** What the ledger calls it: 'sale', 'refund', 'pay_as_you_go', … */
  readonly kind: string;
  /** The order it is of, where it is of one. */
  readonly order: Order | undefined;
  readonly amount: Money;
  readonly balanceAfter: Money;
};

export type Statement = {
  /** "2026-11" */
  readonly month: string;
  /** From the first in which anything happened to the present one, the newest first. */
  readonly months: readonly string[];
  readonly paid: readonly PaidOrder[];
  readonly opening: Money;
  readonly movements: readonly Movement[];
  readonly closing: Money;
};

export type StatementAsked = {
  readonly line: LineKey;
  readonly month: string | undefined;
  readonly timeZone: string;
  readonly currency: string;
};

/** A month that is none of the line's is its present one. Movements are the account's: lines that share one share its balance. */
export async function readStatement(tools: Tools, { line, month: wished, timeZone, currency }: StatementAsked): Promise<Statement> {
  const { database } = tools;
  const monthOf = localMonth(timeZone);
  const [orders, postings] = await Promise.all([paidOrders(tools, line), readPostings(database, line)]);
  const now = tools.clock.business();
  const instants = [now, ...orders.map(({ at }) => at), ...postings.map(({ effectiveAt }) => effectiveAt)];
  const first = instants.reduce((earliest, at) => (at.getTime() < earliest.getTime() ? at : earliest));
  const months = monthsFrom(monthOf(first), monthOf(now)).reverse();
  const month = months.find((one) => one === wished) ?? present(months[0], 'there is a present month');
  const moved = movementsOf(postings, orders, currency);
  const before = moved.filter(({ at }) => monthOf(at) < month);
  const movements = byDay(
    moved.filter(({ at }) => monthOf(at) === month),
    timeZone,
  );
  const opening = before.at(-1)?.balanceAfter ?? zero(currency);
  return {
    month,
    months,
    paid: orders.filter(({ at }) => monthOf(at) === month),
    opening,
    movements,
    closing: movements.at(-1)?.balanceAfter ?? opening,
  };
}

/** Oldest first. */
async function paidOrders({ database }: Tools, line: LineKey): Promise<PaidOrder[]> {
  const listed = await ordersOfLine(database, line, ORDERS_MAX);
  const orders = await Promise.all(
    listed
      .toReversed()
      .filter(({ state }) => state !== 'placed' && state !== 'cancelled')
      .map(async (key) => {
        const order = present(await readOrder(database, key), 'an order is never deleted');
        const papers = await readReceipt(database, order);
        const receiptNumber = isRefusal(papers) ? undefined : papers.receipt.documentNumber;
        return { order, at: order.effectiveAt ?? order.placedAt, total: totalOf(order), receiptNumber };
      }),
  );
  return orders.sort((one, other) => one.at.getTime() - other.at.getTime());
}

function movementsOf(postings: readonly Omit<Posting, 'recordedAt'>[], orders: readonly PaidOrder[], currency: string): Movement[] {
  let balance = zero(currency);
  const moved = postings.flatMap(({ kind, reference, legs, effectiveAt: at, transactionId }) => {
    const amount = sum(
      currency,
      legs.filter(({ name }) => name === BALANCE).map((leg) => leg.amount),
    );
    const orderId = parseId('ord', reference);
    const order = orderId === undefined ? undefined : orders.find((one) => one.order.orderId === orderId)?.order;
    return amount.minor === 0n ? [] : [{ at, kind, order, amount, transactionId }];
  });
  moved.sort((one, other) => one.at.getTime() - other.at.getTime() || (one.transactionId < other.transactionId ? -1 : 1));
  return moved.map(({ at, kind, order, amount }) => {
    balance = add(balance, amount);
    return { at, kind, order, amount, balanceAfter: balance };
  });
}

/** Use that money paid for is one movement a day: the network reports it every few megabytes. */
function byDay(movements: readonly Movement[], timeZone: string): Movement[] {
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone });
  const merged: Movement[] = [];
  for (const movement of movements) {
    const last = merged.at(-1);
    const isSame =
      last !== undefined &&
      movement.order === undefined &&
      last.kind === movement.kind &&
      dayOf.format(last.at) === dayOf.format(movement.at);
    if (isSame) merged[merged.length - 1] = { ...movement, amount: add(last.amount, movement.amount) };
    else merged.push(movement);
  }
  return merged;
}

function localMonth(timeZone: string): (instant: Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit' });
  return (instant) => format.format(instant).slice(0, 7);
}

/** Both included, oldest first. */
function monthsFrom(first: string, last: string): string[] {
  const months: string[] = [];
  const at = new Date(`${first}-01T00:00:00Z`);
  for (; at.toISOString().slice(0, 7) <= last; at.setUTCMonth(at.getUTCMonth() + 1)) months.push(at.toISOString().slice(0, 7));
  return months;
}
