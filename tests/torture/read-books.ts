/** What we say of ourselves when all is over, read from the tables as a plain copy: the model is held against it. */
import type pg from 'pg';
import { reconcileAllowances } from '#domain/allowances';
import { findUnreconciled, type HouseTotal, readHouseTotals, rollUpHouse } from '#domain/ledger';
import type { OrderState, Tender } from '#domain/orders';
import { createDatabase, createPool, parseStatement, type Queries } from '#platform/database';

const reads =
  <Row extends object>(name: string, sql: string) =>
  (queries: Queries): Promise<Row[]> =>
    queries.query<object, Row>(parseStatement(`torture.${name}`, sql), {});

export type BookedOrder = {
  orderId: bigint;
  accountId: bigint;
  state: OrderState;
  tender: Tender;
  reason: string | null;
  totalMinor: bigint;
  /** Transport time. */
  beganAt: Date;
  appliedAt: Date | null;
};
const readOrders = reads<BookedOrder>(
  'orders',
  'select order_id, account_id, state, tender, reason, total_minor, began_at, applied_at from orders.order',
);

export type BookedAttempt = { attemptId: bigint; orderId: bigint };
const readAttempts = reads<BookedAttempt>('attempts', 'select attempt_id, order_id from payments.attempt');

export type BookedDocument = {
  orderId: bigint;
  kind: 'receipt' | 'credit_note';
  key: string;
  market: string;
  slot: number;
  number: bigint;
  totalMinor: bigint;
};
const readDocuments = reads<BookedDocument>(
  'documents',
  `select order_id, kind, key, market, slot, number, trim(trailing 'n' from content -> 'sum' -> 'total' ->> 'minor')::bigint as total_minor
   from orders.document`,
);

export type BookedLine = {
  number: string;
  accountId: bigint;
  state: string;
  paidUntil: Date | null;
  balanceMinor: bigint;
  heldMinor: bigint;
};
const readLines = reads<BookedLine>(
  'lines',
  `select l.number, l.account_id, l.state, l.paid_until, a.balance_minor, a.held_minor
   from lines.line l join ledger.account a using (slot, account_id)`,
);

export type BookedAllowances = { orderId: bigint; itemNo: number; count: bigint; withdrawn: bigint };
const readAllowances = reads<BookedAllowances>(
  'allowances',
  'select order_id, item_no, count(*) as count, count(withdrawn_at) as withdrawn from allowances.allowance group by order_id, item_no',
);

/** How often the effect of an order was told by SMS: once for each effect. */
export type BookedNotices = { orderId: bigint; count: bigint };
const readNotices = reads<BookedNotices>(
  'notices',
  "select order_id, count(*) as count from notices.notice where kind = 'orders.applied' and channel = 'sms' group by order_id",
);

const readNamed = reads<HouseTotal>(
  'named',
  `select leg.name, leg.unit, sum(leg.amount)::bigint as amount
   from ledger.transaction t, unnest(t.leg_accounts, t.leg_units, t.leg_amounts) as leg (name, unit, amount) group by leg.name, leg.unit`,
);

const readCounters = reads<{ slot: number; market: string; kind: string; lastNumber: bigint }>(
  'counters',
  'select slot, market, kind, last_number from orders.document_counter',
);

const readSlots = reads<{ slot: number }>('slots', 'select distinct slot from ledger.account');

export type Books = Awaited<ReturnType<typeof readBooks>>;

/** `connection`: as the superuser, who sees all. */
export async function readBooks(connection: pg.ClientConfig) {
  const source = createPool({ connection, connectionsMax: 4, onIdleError: () => {} });
  const database = createDatabase(source);
  try {
    await rollUpHouse(database);
    const slots = await readSlots(database);
    const unreconciled: object[] = await findUnreconciled(database);
    for (const { slot } of slots) unreconciled.push(...(await reconcileAllowances(database, { slot })));
    const [orders, attempts, documents, lines] = await Promise.all([
      readOrders(database),
      readAttempts(database),
      readDocuments(database),
      readLines(database),
    ]);
    const [allowances, notices, named, counters] = await Promise.all([
      readAllowances(database),
      readNotices(database),
      readNamed(database),
      readCounters(database),
    ]);
    return {
      orders,
      attempts,
      documents,
      lines,
      allowances,
      notices,
      named,
      counters,
      unreconciled,
      rolledUp: await readHouseTotals(database),
    };
  } finally {
    await source.close();
  }
}
