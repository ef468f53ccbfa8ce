/** The books as they stand, read straight from the tables: what the invariants are held against. */
import type { OrderState, Tender } from '#domain/orders';
import type { AttemptState, RefundState } from '#domain/payments';
import { type Database, parseStatement, type Queries } from '#platform/database';

type Row<T> = { readonly [Key in keyof T]: T[Key] };
const reads = <T>(name: string, sql: string) => {
  const parsed = parseStatement(`books.${name}`, sql);
  return (queries: Queries) => queries.query(parsed, {}) as Promise<readonly Row<T>[]>;
};

export const readUnbalanced = reads<{ transactionId: bigint }>(
  'unbalanced',
  `select distinct t.transaction_id from ledger.transaction t, unnest(t.leg_units, t.leg_amounts) as leg (unit, amount)
   group by t.transaction_id, leg.unit having sum(leg.amount) <> 0`,
);

/** What each named account holds, balances too, summed over all accounts. */
export const readNamed = reads<{ name: string; unit: string; amount: bigint }>(
  'named',
  `select leg.name, leg.unit, sum(leg.amount)::bigint as amount
   from ledger.transaction t, unnest(t.leg_accounts, t.leg_units, t.leg_amounts) as leg (name, unit, amount)
   group by leg.name, leg.unit order by leg.name, leg.unit`,
);

export const readPostings = reads<{ kind: string; reference: string; count: bigint }>(
  'postings',
  'select kind, reference, count(*) as count from ledger.transaction group by kind, reference',
);

export const readHolds = reads<{ reference: string; state: string }>('holds', 'select reference, state from ledger.hold');

export type BookedOrder = {
  orderId: bigint;
  state: OrderState;
  tender: Tender;
  reason: string | null;
  currency: string;
  totalMinor: bigint;
  paidByAttemptId: bigint | null;
  lookAt: Date | null;
  appliedAt: Date | null;
  deliveredAt: Date | null;
};
export const readOrders = reads<BookedOrder>(
  'orders',
  'select order_id, state, tender, reason, currency, total_minor, paid_by_attempt_id, look_at, applied_at, delivered_at from orders.order',
);

export type BookedAttempt = {
  attemptId: bigint;
  orderId: bigint;
  state: AttemptState;
  currency: string;
  capturedMinor: bigint | null;
  refundingMinor: bigint;
  supersededAt: Date | null;
};
export const readAttempts = reads<BookedAttempt>(
  'attempts',
  'select attempt_id, order_id, state, currency, captured_minor, refunding_minor, superseded_at from payments.attempt',
);

export type BookedRefund = {
  refundId: bigint;
  attemptId: bigint;
  orderId: bigint;
  key: string;
  state: RefundState;
  currency: string;
  amountMinor: bigint;
};
export const readRefunds = reads<BookedRefund>(
  'refunds',
  'select refund_id, attempt_id, order_id, key, state, currency, amount_minor from payments.refund',
);

export const readNumbers = reads<{
  slot: number;
  market: string;
  kind: string;
  first: bigint;
  last: bigint;
  count: bigint;
  counter: bigint | null;
}>(
  'numbers',
  `select slot, market, kind, min(d.number) as first, max(d.number) as last, count(*) as count, max(c.last_number) as counter
   from orders.document d left join orders.document_counter c using (slot, market, kind) group by slot, market, kind`,
);

export const readReceipts = reads<{ orderId: bigint; count: bigint }>(
  'receipts',
  `select order_id, count(*) as count from orders.document where kind = 'receipt' group by order_id`,
);

/** Events about orders, and how often each was applied. */
export const readEvents = reads<{ kind: string; orderId: bigint; count: bigint; waiting: bigint; undelivered: bigint }>(
  'events',
  `select e.kind, trim(trailing 'n' from e.payload ->> 'orderId')::bigint as order_id, count(*) as count,
     count(*) filter (where e.relayed_at is null) as waiting,
     count(*) filter (where e.kind = 'orders.applied' and not exists (
       select from outbox.applied a where a.slot = e.slot and a.account_id = e.account_id and a.event_id = e.event_id and a.consumer = 'delivery'
     )) as undelivered
   from outbox.event e where e.payload ->> 'orderId' is not null group by 1, 2`,
);

/** Accounts whose requests paid, or whose open sessions hold, other sums than the ledger says. */
export const readChargedMoney = reads<{ accountId: bigint; paid: bigint; posted: bigint; holds: bigint; held: bigint }>(
  'charged-money',
  `select account_id, sum(paid)::bigint as paid, sum(posted)::bigint as posted, sum(holds)::bigint as holds, sum(held)::bigint as held
   from (
     select account_id, paid_minor as paid, 0 as posted, 0 as holds, 0 as held from charging.request where paid_minor <> 0
     union all
     select account_id, paid_minor, 0, 0, 0 from charging.carried where paid_minor <> 0
     union all
     select t.account_id, 0, -leg.amount, 0, 0
     from ledger.transaction t, unnest(t.leg_accounts, t.leg_amounts) as leg (name, amount)
     where t.kind in ('pay_as_you_go', 'pay_as_you_go_refund') and t.reference like 'ses\\_%' and leg.name = 'balance'
     union all
     select account_id, 0, 0, (one ->> 10)::bigint, 0 from charging.open_session, json_array_elements(groups) as one
     union all
     select account_id, 0, 0, 0, amount_minor from ledger.hold where state = 'held' and reference like 'ses\\_%'
   ) as one group by account_id having sum(paid) <> sum(posted) or sum(holds) <> sum(held)`,
);

/** Notices of one event by one way: one, or the customer is told twice. */
export const readToldTwice = reads<{ eventId: bigint; channel: string }>(
  'told-twice',
  'select event_id, channel from notices.notice group by event_id, channel having count(*) > 1',
);

/** Items of orders that took effect, and how many allowances each made. */
export const readGrants = reads<{ orderId: bigint; itemNo: number; count: bigint; withdrawn: bigint }>(
  'grants',
  'select order_id, item_no, count(*) as count, count(withdrawn_at) as withdrawn from allowances.allowance group by order_id, item_no',
);

export const readSlots = reads<{ slot: number }>('slots', 'select distinct slot from ledger.account');

/** Tables that the program only adds to, with what it may do to them all the same. */
export const readAppendOnlyRights = reads<{ name: string; may: string }>(
  'rights',
  `select name, may from unnest(array['ledger.transaction', 'records.entry', 'records.house_entry', 'allowances.use', 'allowances.forfeit', 'charging.request', 'charging.carried', 'charging.difference', 'lines.happening', 'orders.document', 'outbox.applied']) as name,
     unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as may where has_table_privilege(name, may)`,
);

export async function readRole(database: Database): Promise<string> {
  const [row] = (await database.query(parseStatement('books.role', 'select current_user as role'), {})) as { role: string }[];
  return row?.role ?? '';
}

const readPlaced = reads<{ name: string }>(
  'placed',
  `select a.table_schema || '.' || quote_ident(a.table_name) as name
   from information_schema.columns a
   join information_schema.columns s using (table_schema, table_name)
   where a.column_name = 'account_id' and s.column_name = 'slot' and table_schema <> 'pg_catalog'`,
);

/** Tables with a row outside its account's slot, where nobody would find it (docs/decisions/0008-slots-are-asserted.md). */
export async function readMisplaced(queries: Queries): Promise<string[]> {
  const tables = (await readPlaced(queries)).map(({ name }) => name);
  const misplaced = parseStatement(
    'books.misplaced',
    tables
      .map((name) => `select '${name}' as name where exists (select from ${name} where slot <> account_id & 1023)`)
      .join('\nunion all '),
  );
  return ((await queries.query(misplaced, {})) as { name: string }[]).map(({ name }) => name);
}
