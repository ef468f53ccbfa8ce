import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findNumber } from '#domain/lines';
import { money } from '#domain/money';
import { MINUTE_MS } from '#platform/clock';
import { formatLink } from '#platform/ids';
import { isRefusal } from '#platform/refusals';
import {
  activeLine,
  allowed,
  BALANCE,
  buy,
  checkInvariants,
  drainOutbox,
  fillBalance,
  GUEST,
  newLine,
  newPerson,
  OPERATOR,
  PACK,
  quote,
  RENEW,
  refusal,
  stateOf,
  type TestHouse,
  testHouse,
  topUp,
  usd,
} from '#tests/house';
import type { ItemRequest } from './order.ts';
import { quoteOrder } from './quote-order.ts';
import { openQuote } from './read-order.ts';

const CHANGE: ItemRequest = { kind: 'change', product: 'month-unlimited' };
const QUEUE: ItemRequest = { kind: 'queue', product: 'month-unlimited', startRule: 'at_end' };

async function refused(
  test: TestHouse,
  line: Awaited<ReturnType<typeof newLine>>,
  items: readonly ItemRequest[],
  asker = OPERATOR,
): Promise<string> {
  return refusal(await quoteOrder(test.house, asker, { line, items }));
}

test('a quote states items, rule, tax and total to the cent before paying [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const { content } = await quote(test, line, [RENEW]);
  const [item] = content.items;
  assert.deepEqual([item?.kind, item?.productCode, item?.price, item?.rule], ['renew', 'month-5gb', usd(1500n), 'renew_now']);
  // Washington: 6.5 % and 3.85 % of 15.00 (0.975 and 0.5775, each rounded half up) and 0.95 once a sale.
  const sum = content.sums.provider;
  assert.deepEqual(
    sum.taxes.map(({ code, amount }) => [code, amount.minor]),
    [
      ['state-sales', 98n],
      ['local-sales', 58n],
      ['e911', 95n],
    ],
  );
  assert.deepEqual([sum.net, sum.tax, sum.total], [usd(1500n), usd(251n), usd(1751n)]);
  assert.deepEqual(
    [content.termsVersion, content.number, content.paidRecently],
    ['2025-01', (await stateOf(test, line)).line.number, true],
  );
});

test('the dates that a quote tells are those the order brings, if it is paid now [PAY-3]', async (t) => {
  const test = await testHouse(t);
  for (const items of [[RENEW], [CHANGE], [QUEUE], [PACK], [RENEW, PACK]] as const) {
    const line = await activeLine(test);
    await fillBalance(test, line, 10_000n);
    const told = (await quote(test, line, items)).content.items;
    const done = await buy(test, line, items, { way: BALANCE });
    assert.deepEqual(
      done.effect?.map(({ effect }) => [effect.rule, effect.usableFrom, effect.usableUntil]),
      told.map(({ rule, usableFrom, usableUntil }) => [rule, usableFrom, usableUntil]),
    );
  }
  await drainOutbox(test);
  await checkInvariants(test);
});

test('asking for a price changes nothing [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const before = await stateOf(test, line);
  for (const items of [[RENEW], [CHANGE], [QUEUE], [PACK], [topUp(1000n)]]) await quote(test, line, items);
  assert.deepEqual(await stateOf(test, line), before);
});

test('review warns when a renewal was paid in the last ten minutes [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const warned = async (items: readonly ItemRequest[]) => (await quote(test, line, items)).content.paidRecently;
  test.clock.advance(10 * MINUTE_MS - 1);
  assert.equal(await warned([RENEW]), true);
  assert.equal(await warned([PACK]), false);
  test.clock.advance(1);
  assert.equal(await warned([RENEW]), false);
});

test('a guest is told the renewal price, packs and top-ups, and nothing that changes or queues [ID-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  for (const item of [RENEW, PACK, topUp(1000n)]) allowed(await quoteOrder(test.house, GUEST, { line, items: [item] }));
  assert.equal(await refused(test, line, [CHANGE], GUEST), 'access.not_allowed');
  assert.equal(await refused(test, line, [QUEUE], GUEST), 'access.not_allowed');
  assert.equal(await refused(test, line, [RENEW, CHANGE].slice(1), GUEST), 'access.not_allowed');
});

test('who has no standing on the account is a guest there; the owner changes and queues [ID-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const other = await activeLine(test);
  const owner = await newPerson(test, line);
  for (const item of [CHANGE, QUEUE]) {
    allowed(await quoteOrder(test.house, owner, { line, items: [item] }));
    assert.equal(await refused(test, other, [item], owner), 'access.not_allowed');
  }
  for (const role of ['user', 'payer'] as const) {
    const person = await newPerson(test, line, role);
    assert.equal(await refused(test, line, [CHANGE], person), 'access.not_allowed');
    allowed(await quoteOrder(test.house, person, { line, items: [RENEW] }));
  }
});

test('one order holds one plan, at least one item and at most five', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  assert.equal(await refused(test, line, []), 'orders.nothing_chosen');
  assert.equal(await refused(test, line, [PACK, PACK, PACK, PACK, PACK, PACK]), 'orders.nothing_chosen');
  assert.equal(await refused(test, line, [RENEW, QUEUE]), 'orders.two_plans');
  assert.equal((await quote(test, line, [PACK, topUp(1000n), RENEW])).content.items[0]?.kind, 'renew');
});

test('a top-up is a preset or an own amount within the limits of the market [BUY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const codeOf = async (minor: bigint) => (await quote(test, line, [topUp(minor)])).content.items[0]?.productCode;
  assert.notEqual(await codeOf(1000n), await codeOf(1234n));
  for (const minor of [500n, 1234n, 20_000n])
    assert.deepEqual((await quote(test, line, [topUp(minor)])).content.items[0]?.price, usd(minor));
  for (const minor of [0n, 499n, 20_001n]) {
    const no = await quoteOrder(test.house, OPERATOR, { line, items: [topUp(minor)] });
    assert.ok(isRefusal(no));
    assert.deepEqual([no.code, no.values], ['orders.amount_outside_limits', { currency: 'USD', minMinor: 500n, maxMinor: 20_000n }]);
  }
  assert.equal(await refused(test, line, [topUp(1000n, 'EUR')]), 'orders.amount_outside_limits');
});

test('an amount that the provider cannot charge exactly is refused before it is quoted [BUY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test, { number: '+96550000001', market: 'KW', taxRegion: undefined });
  const no = await quoteOrder(test.house, OPERATOR, { line, items: [topUp(1234n, 'KWD')] });
  assert.ok(isRefusal(no));
  assert.deepEqual([no.code, no.values], ['orders.amount_not_chargeable', { currency: 'KWD', stepMinor: 10n }]);
  assert.deepEqual((await quote(test, line, [topUp(1230n, 'KWD')])).content.sums.provider.total, money('KWD', 1230n));
});

test('what is not on sale is not quoted, and pay as you go is topped up, not renewed [BUY-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  assert.equal(await refused(test, line, [{ kind: 'pack', product: 'no-such-pack' }]), 'orders.not_on_sale');
  assert.equal(await refused(test, line, [{ kind: 'pack', product: 'month-5gb' }]), 'orders.not_on_sale');
  assert.equal(await refused(test, line, [{ kind: 'change', product: 'pack-1gb' }]), 'orders.not_on_sale');
  assert.equal(await refused(test, await newLine(test, { plan: undefined }), [RENEW]), 'orders.no_plan');
  assert.equal(await refused(test, await newLine(test, { plan: 'payg' }), [RENEW]), 'lines.plan_has_no_period');
  assert.equal(await refused(test, await newLine(test), [PACK]), 'lines.pack_needs_plan');
});

test('a pack may be bought together with the renewal that it needs [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const done = await buy(test, line, [PACK, RENEW]);
  assert.equal(done.state, 'applied');
  assert.deepEqual(
    done.effect?.map(({ effect }) => effect.rule),
    ['renew_from_now', 'pack_now'],
  );
  await drainOutbox(test);
  await checkInvariants(test);
});

test("a quote's link opens it, and no other text does [ID-6]", async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const made = await quote(test, line, [RENEW]);
  const link = formatLink({ id: made.quoteId, accountId: made.accountId, token: made.token });
  assert.deepEqual(allowed(await openQuote(test.database, link)).content, made.content);
  const wrong = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
  for (const text of [wrong, link.slice(1), '', 'x'.repeat(48)])
    assert.equal(refusal(await openQuote(test.database, text)), 'orders.quote_unknown');
});

test('a number that is nobody’s has no price', async (t) => {
  const test = await testHouse(t);
  assert.equal(refusal(await findNumber(test.database, '+12065559999')), 'lines.not_found');
});
