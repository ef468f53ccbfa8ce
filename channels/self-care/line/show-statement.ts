/** Statements by month, as a page and as CSV (SEE-4). They tell the balance and every order: the owner's. */
import type { Asker, MovementView, OrderRowView, RefusalView, StatementView, TextFileView } from '#channels/web';
import { type Movement, type PaidOrder, readStatement, type Statement, writeCsv } from '#domain/care';
import { decimalText } from '#domain/money';
import { formatId } from '#platform/ids';
import { hasMessage, type Language, sayLoosely } from '#platform/messages';
import type { Desk } from '../desk.ts';
import { rowOf } from './list-orders.ts';
import { isNone, type OwnLine, ofLine, openOwnLine } from './own-line.ts';

type OfMonth = { readonly id: string; readonly month?: string };
type Opened = { readonly line: OwnLine; readonly statement: Statement };

async function openStatement(desk: Desk, asker: Asker, { id, month }: OfMonth): Promise<Opened | RefusalView> {
  const line = await openOwnLine(desk, asker, id, 'see_orders');
  if (isNone(line)) return line;
  const { zone: timeZone, currency } = line.market;
  return { line, statement: await readStatement(desk.house, { line: line.key, month, timeZone, currency }) };
}

export async function showStatement(desk: Desk, asker: Asker, request: OfMonth): Promise<StatementView | RefusalView> {
  const opened = await openStatement(desk, asker, request);
  if (isNone(opened)) return opened;
  const { line, statement } = opened;
  const { month, months, opening, closing } = statement;
  return {
    ...ofLine(request.id, line),
    ...{ month, months, opening, closing },
    paid: statement.paid.map((paid) => paidRow(asker.language, paid, line.personId)),
    movements: statement.movements.map((movement) => movementView(asker.language, movement)),
  };
}

/** Receipts name how was paid: of the reader's own only (ID-6). */
function paidRow(language: Language, { order, receiptNumber, at }: PaidOrder, personId: bigint): OrderRowView {
  const isReturned = order.state === 'refunding' || order.state === 'refunded';
  return {
    ...rowOf(language, order, personId),
    placedAt: at,
    state: isReturned ? (order.state === 'refunding' ? 'refunding' : 'refunded') : 'delivered',
    ...(order.personId === personId && receiptNumber !== undefined ? { receiptNumber } : {}),
  };
}

function movementView(language: Language, { at, kind, order, amount, balanceAfter }: Movement): MovementView {
  const key = `line.moved.${kind}`;
  const items = order?.content.items.map(({ names }) => names[language]).join(' + ') ?? '';
  const text =
    kind === 'sale'
      ? ({ key: 'line.moved.order', values: { items } } as const)
      : ({ key: hasMessage(key) && kind !== 'order' ? key : 'line.moved.other', values: {} } as const);
  return { at, text, amount, balanceAfter };
}

/** Amounts as plain decimals, instants in UTC: for programs that read it. */
export async function writeStatement(desk: Desk, asker: Asker, request: OfMonth): Promise<TextFileView | RefusalView> {
  const opened = await openStatement(desk, asker, request);
  if (isNone(opened)) return opened;
  const { line, statement } = opened;
  const { language } = asker;
  const { number } = line.state.line;
  const paid = statement.paid.map(({ order, at, total, receiptNumber }) => ({
    ...{ date: at.toISOString(), number, entry: 'order', order: formatId('ord', order.orderId) },
    text: order.content.items.map(({ names }) => names[language]).join(' + '),
    ...{ amount: decimalText(total), currency: total.currency, balance_after: null },
    receipt: order.personId === line.personId ? (receiptNumber ?? null) : null,
  }));
  const moved = statement.movements.map((movement) => {
    const { text } = movementView(language, movement);
    const { at, order, amount, balanceAfter } = movement;
    return {
      ...{ date: at.toISOString(), number, entry: 'balance', order: order === undefined ? null : formatId('ord', order.orderId) },
      text: sayLoosely(language, text.key, text.values),
      ...{ amount: decimalText(amount), currency: amount.currency, balance_after: decimalText(balanceAfter), receipt: null },
    };
  });
  return { fileName: `statement-${statement.month}.csv`, type: 'text/csv; charset=utf-8', text: writeCsv([...paid, ...moved]) };
}
