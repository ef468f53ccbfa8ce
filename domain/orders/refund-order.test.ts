import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOrderAllowances } from '#domain/allowances';
import { reportUse } from '#domain/lines';
import { money } from '#domain/money';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#platform/clock';
import { isRefusal } from '#platform/refusals';
import {
  activeLine,
  allowed,
  BALANCE,
  balanceOf,
  buy,
  checkInvariants,
  drainOutbox,
  fillBalance,
  newLine,
  newPerson,
  OPERATOR,
  order,
  PACK,
  place,
  quote,
  RENEW,
  refusal,
  runJanitor,
  stateOf,
  type TestHouse,
  testHouse,
  topUp,
  usd,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { readDocuments } from './issue-document.ts';
import type { Order } from './order.ts';
import { type RefundRequest, refundOrder } from './refund-order.ts';

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

const ask = (test: TestHouse, done: Order, over: Partial<RefundRequest> = {}) =>
  refundOrder(test.house, OPERATOR, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'test', ...over });
const amount = (minor: bigint): Pick<RefundRequest, 'asked'> => ({ asked: { kind: 'amount', amount: usd(minor) } });

test('refunded whole: the money goes back by the way it came and the line is as it was [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const before = await stateOf(test, line);
  test.clock.advance(HOUR_MS);
  const done = await buy(test, line, [RENEW]);
  const refunded = allowed(await ask(test, done));
  assert.deepEqual([refunded.order.state, refunded.amount], ['refunded', usd(1751n)]);
  const after = await stateOf(test, line);
  assert.deepEqual({ ...after.line, lastPaidAt: null }, { ...before.line, lastPaidAt: null });
  assert.ok((await readOrderAllowances(test.database, { ...done, itemNo: 0 })).every((one) => one.withdrawnAt !== null));
  await end(test);
});

test('refunded in parts, the parts are pro rata over net and taxes, and the last takes the remainder to the cent [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  const numbers = [];
  for (const [key, minor] of [
    ['one', 333n],
    ['two', 500n],
  ] as const) {
    const part = allowed(await ask(test, done, { key, ...amount(minor) }));
    numbers.push(part.creditNoteNumber);
    assert.equal(part.order.state, 'applied');
  }
  const last = allowed(await ask(test, done, { key: 'three' }));
  numbers.push(last.creditNoteNumber);
  assert.deepEqual([last.amount, last.order.state], [usd(1751n - 833n), 'refunded']);
  const notes = (await readDocuments(test.database, done)).flatMap((one) => (one.kind === 'credit_note' ? [one.content.sum] : []));
  const summed = (of: (note: (typeof notes)[number]) => bigint) => notes.reduce((total, note) => total + of(note), 0n);
  assert.deepEqual([summed((note) => note.net.minor), summed((note) => note.tax.minor)], [1500n, 251n]);
  assert.deepEqual(
    numbers.map((number) => number.replace(/^US-\d+-/, '')),
    ['C-000001', 'C-000002', 'C-000003'],
  );
  await end(test);
});

test('the same key is one refund, however often it is asked; with other content it is refused [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  const first = allowed(await ask(test, done, amount(500n)));
  const again = allowed(await ask(test, done, amount(500n)));
  assert.deepEqual([again.creditNoteNumber, again.amount], [first.creditNoteNumber, first.amount]);
  assert.equal(refusal(await ask(test, done, amount(400n))), 'orders.key_reused');
  assert.equal(refusal(await ask(test, done)), 'orders.key_reused');
  assert.equal(test.simulator.state().refunds.length, 1);
  await end(test);
});

test('no more than was paid goes back (P3) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  assert.equal(refusal(await ask(test, done, amount(1752n))), 'catalog.refund_too_large');
  assert.equal(refusal(await ask(test, done, amount(0n))), 'catalog.refund_not_positive');
  allowed(await ask(test, done, { key: 'part', ...amount(1000n) }));
  assert.equal(refusal(await ask(test, done, amount(752n))), 'catalog.refund_too_large');
  allowed(await ask(test, done));
  assert.equal(refusal(await ask(test, done, { key: 'more' })), 'orders.not_refundable');
  await end(test);
});

test('two refunds at once give back no more than was paid, each with its own number (P3) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  const works = [() => ask(test, done, { key: 'one', ...amount(1000n) }), () => ask(test, done, { key: 'two', ...amount(1000n) })] as const;
  const [first, second] = await meetOn(test.database, ofAccount(line), works);
  allowed(first);
  assert.ok(isRefusal(second));
  assert.deepEqual([second.code, second.values], ['catalog.refund_too_large', { currency: 'USD', leftMinor: 751n }]);
  await end(test);
});

test('one refund asked twice at once is made once (P3) [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  const works = [() => ask(test, done), () => ask(test, done)] as const;
  const [first, second] = await meetOn(test.database, ofAccount(line), works);
  assert.equal(allowed(first).creditNoteNumber, allowed(second).creditNoteNumber);
  assert.equal(test.simulator.state().refunds.length, 1);
  await end(test);
});

test('paid from the balance, it goes back to the balance [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const done = await buy(test, line, [RENEW, PACK], { way: BALANCE });
  assert.deepEqual(await balanceOf(test, line), { balance: 3000n, held: 0n });
  allowed(await ask(test, done, { key: 'part', ...amount(700n) }));
  assert.deepEqual(await balanceOf(test, line), { balance: 3700n, held: 0n });
  assert.equal(allowed(await ask(test, done)).order.state, 'refunded');
  assert.deepEqual(await balanceOf(test, line), { balance: 5000n, held: 0n });
  assert.equal(test.simulator.state().refunds.length, 0);
  await end(test);
});

test('a top-up goes back as far as it was not spent, and what is held for a moment and forgotten is not spent [BUY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await fillBalance(test, line, 2000n);
  const spent = await buy(test, line, [PACK], { way: BALANCE });
  const no = await ask(test, done);
  assert.ok(isRefusal(no));
  assert.deepEqual([no.code, no.values], ['orders.value_used', { currency: 'USD', spentMinor: 500n }]);
  allowed(await ask(test, spent));
  assert.equal(allowed(await ask(test, done)).order.state, 'refunded');
  assert.deepEqual(await balanceOf(test, line), { balance: 0n, held: 0n });
  await end(test);
});

test('a hold past its time does not keep a top-up from going back (L7) [BUY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await fillBalance(test, line, 2000n);
  allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  assert.equal(refusal(await ask(test, done)), 'orders.value_used');
  test.clock.advance(31 * MINUTE_MS);
  assert.equal(allowed(await ask(test, done)).order.state, 'refunded');
  test.clock.advance(HOUR_MS);
  await end(test);
});

test('what was used stays used, the rest is taken back [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [PACK]);
  const used = { ...line, key: 'u', service: 'data', zone: 'home', quantity: 5_300_000_000n } as const;
  allowed(await reportUse(test.house, test.catalog, used));
  allowed(await ask(test, done));
  const [allowance] = await readOrderAllowances(test.database, { ...done, itemNo: 0 });
  assert.ok(allowance);
  assert.equal((allowance.granted ?? 0n) - allowance.used - allowance.forfeited, 0n);
  await end(test);
});

test('a refunded renewal under a later one leaves the later one whole, one period earlier [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const first = await buy(test, line, [RENEW]);
  await buy(test, line, [RENEW]);
  const second = await buy(test, line, [RENEW]);
  allowed(await ask(test, first));
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, new Date('2027-02-03T05:00:00Z'));
  allowed(await ask(test, second));
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, new Date('2027-01-03T05:00:00Z'));
  await end(test);
});

test('a refunded queued plan leaves the queue, and what waited behind it moves up [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const queue = (product: string) => buy(test, line, [{ kind: 'queue', product, startRule: 'at_end' }]);
  const first = await queue('month-unlimited');
  const second = await queue('month-5gb');
  allowed(await ask(test, first));
  const { queue: waiting } = await stateOf(test, line);
  assert.deepEqual(
    waiting.map((plan) => [plan.orderId, plan.startsAt]),
    [[second.orderId, new Date('2026-12-03T05:00:00Z')]],
  );
  const [data] = await readOrderAllowances(test.database, { ...second, itemNo: 0 });
  assert.deepEqual(data?.validFrom, new Date('2026-12-03T05:00:00Z'));
  await end(test);
});

test('a refunded first period ends the line now, and a refunded change brings the old plan back [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const first = await buy(test, line, [RENEW]);
  test.clock.advance(DAY_MS);
  const changed = await buy(test, line, [{ kind: 'change', product: 'month-unlimited' }]);
  assert.equal((await stateOf(test, line)).line.planCode, 'month-unlimited');
  allowed(await ask(test, changed));
  const { line: back } = await stateOf(test, line);
  assert.deepEqual([back.planCode, back.paidUntil, back.anchorDay], ['month-5gb', new Date('2026-12-03T05:00:00Z'), 2]);
  allowed(await ask(test, first));
  assert.equal((await stateOf(test, line)).line.state, 'expired');
  await end(test);
});

test('who may not refund is refused, and nothing is refunded that took no effect [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const done = await buy(test, line, [RENEW]);
  const owner = await newPerson(test, line);
  assert.equal(
    refusal(await refundOrder(test.house, owner, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'x' })),
    'access.not_allowed',
  );
  assert.equal(refusal(await ask(test, (await order(test, line, [RENEW])).order)), 'orders.not_refundable');
});

test('an amount that the provider cannot give back exactly is refused before anything is written [PAY-5]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test, { number: '+96550000003', market: 'KW', taxRegion: undefined });
  const done = await buy(test, line, [topUp(5000n, 'KWD')]);
  const dinars = (minor: bigint) => ({ asked: { kind: 'amount', amount: money('KWD', minor) } }) as const;
  assert.equal(refusal(await ask(test, done, dinars(1234n))), 'orders.amount_not_chargeable');
  allowed(await ask(test, done, dinars(1230n)));
  assert.deepEqual(await balanceOf(test, line), { balance: 3770n, held: 0n });
  await end(test);
});
