import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
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
  OPERATOR,
  order,
  PACK,
  quote,
  RENEW,
  type TestHouse,
  testHouse,
  topUp,
} from '#tests/house';
import type { Order } from './order.ts';
import { refundOrder } from './refund-order.ts';

const readLegs = parseStatement(
  'test.legs',
  `select leg.name, sum(leg.amount)::bigint as amount from ledger.transaction t, unnest(t.leg_accounts, t.leg_amounts) as leg (name, amount)
   where t.reference = :reference or :reference = '' group by leg.name`,
);

/** What named house accounts hold. */
async function houseHolds({ database }: TestHouse): Promise<Record<string, bigint>> {
  const rows = (await database.query(readLegs, { reference: '' })) as { name: string; amount: bigint }[];
  return Object.fromEntries(rows.map(({ name, amount }) => [name, amount]));
}

async function end(test: TestHouse): Promise<void> {
  await drainOutbox(test);
  await checkInvariants(test);
}

const sums = ({ content }: Order | { content: Order['content'] }) => {
  const { provider, balance } = content.sums;
  return {
    card: [provider.net.minor, provider.tax.minor, provider.total.minor],
    balance: balance && [balance.net.minor, balance.tax.minor, balance.total.minor],
  };
};

test('US: taxed when money comes in; what the balance pays for was taxed then and is not taxed again [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  assert.deepEqual(sums(await quote(test, line, [RENEW])), { card: [1500n, 251n, 1751n], balance: [1500n, 0n, 1500n] });
  const loaded = await buy(test, line, [topUp(2000n)]);
  // 6.5 % and 3.85 % of 20.00, and 0.95.
  assert.deepEqual([sums(loaded).card, sums(loaded).balance], [[2000n, 302n, 2302n], null]);
  const renewed = await buy(test, line, [RENEW], { way: BALANCE });
  assert.deepEqual([renewed.totalMinor, await balanceOf(test, line)], [1500n, { balance: 500n, held: 0n }]);
  assert.deepEqual(await houseHolds(test), { balance: 500n, 'boundary.stripe': -2302n, 'house.sales': 1500n, 'house.tax': 302n });
  await end(test);
});

test('US: by card the plan itself is taxed, in the region of the line’s postcode [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const regions = { '98101': 251n, '90012': 139n, '10001': 253n, '60601': 90n, unknown: 90n };
  for (const [taxRegion, tax] of Object.entries(regions)) {
    const line = await newLine(test, { taxRegion: taxRegion === 'unknown' ? undefined : taxRegion });
    assert.deepEqual(sums(await quote(test, line, [RENEW])).card, [1500n, tax, 1500n + tax], taxRegion);
  }
});

test('US: a fixed amount is due once a sale, however many items [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const { content } = await quote(test, line, [RENEW, PACK]);
  assert.deepEqual(
    content.sums.provider.taxes.map((tax) => [tax.code, tax.amount.minor]),
    [
      ['state-sales', 98n + 33n],
      ['local-sales', 58n + 19n],
      ['e911', 95n],
    ],
  );
});

test('JP: prices include tax, rounded once a document; money on the balance is untaxed and what it buys is taxed [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test, { number: '+819000000001', market: 'JP', taxRegion: undefined });
  const loaded = await buy(test, line, [topUp(5000n, 'JPY')]);
  assert.deepEqual(sums(loaded).card, [5000n, 0n, 5000n]);
  const renewed = await buy(test, line, [RENEW, PACK], { way: BALANCE });
  assert.deepEqual(sums(renewed), { card: [2300n, 230n, 2530n], balance: [2300n, 230n, 2530n] });
  assert.deepEqual(await balanceOf(test, line), { balance: 2470n, held: 0n });
  assert.deepEqual(await houseHolds(test), { balance: 2470n, 'boundary.stripe': -5000n, 'house.sales': 2300n, 'house.tax': 230n });
  await end(test);
});

test('KW: no tax, three decimals, charged exactly [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test, { number: '+96550000004', market: 'KW', taxRegion: undefined });
  const loaded = await buy(test, line, [topUp(5120n, 'KWD')]);
  assert.deepEqual(sums(loaded).card, [5120n, 0n, 5120n]);
  const renewed = await buy(test, line, [RENEW], { way: BALANCE });
  assert.deepEqual([renewed.totalMinor, await balanceOf(test, line)], [4500n, { balance: 620n, held: 0n }]);
  assert.deepEqual(await houseHolds(test), { balance: 620n, 'boundary.stripe': -5120n, 'house.sales': 4500n });
  await end(test);
});

test('a refund takes net and tax back where they were booked, whole and in parts, in each market (L8) [PAY-5]', async (t) => {
  for (const over of [
    {},
    { number: '+819000000002', market: 'JP', taxRegion: undefined },
    { number: '+96550000005', market: 'KW', taxRegion: undefined },
  ]) {
    const test = await testHouse(t);
    const line = await activeLine(test, over);
    const before = await houseHolds(test);
    const done = await buy(test, line, [RENEW, PACK]);
    const part = { currency: done.currency, minor: (done.totalMinor / 30n) * 10n };
    allowed(await refundOrder(test.house, OPERATOR, { order: done, key: 'part', asked: { kind: 'amount', amount: part }, reason: 'test' }));
    allowed(await refundOrder(test.house, OPERATOR, { order: done, key: 'rest', asked: { kind: 'rest' }, reason: 'test' }));
    assert.deepEqual(Object.fromEntries(Object.entries(await houseHolds(test)).filter(([, amount]) => amount !== 0n)), before);
    await end(test);
  }
});

test('the page of the provider shows items and taxes that add up to what is charged [PAY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 1000n);
  await order(test, line, [RENEW, PACK]);
  const [session] = test.simulator.state().sessions;
  assert.equal(
    session?.items.reduce((total, item) => total + item.amount * item.quantity, 0),
    session?.amount,
  );
  assert.equal(session?.items.length, 5);
});
