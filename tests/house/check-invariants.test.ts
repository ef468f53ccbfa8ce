/** The checks that all other tests lean on: each wrong thing that they look for is done on purpose, and must be found. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { refundOrder } from '#domain/orders';
import { parseStatement } from '#platform/database';
import {
  activeLine,
  allowed,
  buy,
  checkInvariants,
  drainOutbox,
  fillBalance,
  newLine,
  OPERATOR,
  order,
  RENEW,
  type TestHouse,
  testHouse,
  visitPage,
} from './index.ts';

const APPEND_ONLY = [
  'ledger.transaction',
  'records.entry',
  'allowances.use',
  'allowances.forfeit',
  'lines.happening',
  'orders.document',
  'outbox.applied',
];

test('what is append-only refuses the program every change, table by table (L2, S4)', async (t) => {
  const { database } = await testHouse(t);
  for (const table of APPEND_ONLY)
    for (const sql of [`update ${table} set slot = slot`, `delete from ${table}`, `truncate ${table}`])
      await assert.rejects(database.query(parseStatement(`test.${sql}`, sql), {}), /permission denied/, sql);
});

/** Done to the books as their administrator, behind the program's back; `expected` is the words in which it is found. */
const WRONGS: readonly { readonly what: string; readonly sql: string; readonly expected: RegExp }[] = [
  { what: 'a balance that nobody posted', sql: 'update ledger.account set balance_minor = balance_minor + 1', expected: /L4/ },
  { what: 'a posting that was taken out', sql: "delete from ledger.transaction where kind = 'sale'", expected: /L4|P1/ },
  {
    what: 'a receipt that is missing',
    sql: "delete from orders.document where kind = 'receipt' and number = 1",
    expected: /without gaps|receipt/,
  },
  { what: 'a counter that went ahead', sql: 'update orders.document_counter set last_number = last_number + 1', expected: /without gaps/ },
  {
    what: 'data that nobody posted',
    sql: "update allowances.allowance set used = used + 1 where service = 'data' and granted is not null",
    expected: /allowances/,
  },
  { what: 'an effect that was not delivered', sql: "update orders.order set state = 'applied'", expected: /P5/ },
  {
    what: 'an order that nobody looks after',
    sql: "update orders.order set state = 'placed', applied_at = null, look_at = null",
    expected: /P1|booked|looked after/,
  },
  { what: 'a capture that we know nothing of', sql: 'delete from payments.attempt', expected: /P1/ },
  { what: 'a capture that we have differently', sql: 'update payments.attempt set captured_minor = captured_minor - 1', expected: /P1/ },
  {
    what: 'a refund that was never made',
    sql: "update payments.attempt set refunding_minor = 5 where state = 'succeeded'",
    expected: /P3/,
  },
  {
    what: 'news that was told twice',
    sql: "insert into outbox.event select slot, account_id, event_id + 1024, kind, payload, at, relayed_at from outbox.event where kind = 'orders.applied'",
    expected: /O1/,
  },
  { what: 'a right that the program should not have', sql: 'grant delete on ledger.transaction to everline_app', expected: /L2/ },
];

async function soundHouse(t: Parameters<typeof testHouse>[0]): Promise<TestHouse> {
  const test = await testHouse(t);
  await activeLine(test);
  await drainOutbox(test);
  await checkInvariants(test);
  return test;
}

for (const { what, sql, expected } of WRONGS)
  test(`${what} is found`, async (t) => {
    const test = await soundHouse(t);
    const admin = new pg.Client(test.adminConnection);
    t.after(() => admin.end());
    await admin.connect();
    assert.ok((await admin.query(sql)).rowCount !== 0);
    await assert.rejects(checkInvariants(test), expected);
  });

test('money that the provider took or gave without us is found (P1, L8)', async (t) => {
  const test = await soundHouse(t);
  const line = await newLine(test);
  const paying = await order(test, line, [RENEW]);
  await visitPage(paying);
  await assert.rejects(checkInvariants(test), /P1|P5/);
  const other = await soundHouse(t);
  const [payment] = other.simulator.state().payments;
  const { key, url } = other.simulator;
  await fetch(`${url}/v1/refunds`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: new URLSearchParams({ payment_intent: payment?.id ?? '', amount: '100' }),
  });
  await assert.rejects(checkInvariants(other), /P3|L8/);
});

test('a hold that outlives its order is found, and what is under way is only let pass when it is said to be (L6, P5)', async (t) => {
  const test = await soundHouse(t);
  const line = await newLine(test);
  await fillBalance(test, line, 2000n);
  const done = await buy(test, line, [RENEW], { card: 'refund_pending' });
  await drainOutbox(test);
  allowed(await refundOrder(test.house, OPERATOR, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'test' }));
  await assert.rejects(checkInvariants(test), /P5|L8/);
  await checkInvariants(test, { underWay: true });
  const admin = new pg.Client(test.adminConnection);
  t.after(() => admin.end());
  await admin.connect();
  await admin.query(
    `insert into ledger.hold select slot, account_id, 'ord_' || 'x', 5, 'held', placed_at, placed_at, null from orders.order limit 1`,
  );
  await assert.rejects(checkInvariants(test, { underWay: true }), /L4, L6/);
});
