import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readOrderAllowances } from '#domain/allowances';
import { applyOperator, loadCatalog } from '#domain/catalog';
import { type LineUse, type NumberClaim, readHappenings, reportUse, runDueLines } from '#domain/lines';
import { DAY_MS, HOUR_MS } from '#platform/clock';
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
  PACK,
  place,
  quote,
  RENEW,
  runDue,
  stateOf,
  type TestHouse,
  testHouse,
  topUp,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import type { ItemRequest, Order } from './order.ts';
import { payOrder } from './pay-order.ts';

const GB = 1_000_000_000n;
const QUEUE: ItemRequest = { kind: 'queue', product: 'month-unlimited', startRule: 'at_end' };
const ON_EXHAUSTION: ItemRequest = { ...QUEUE, startRule: 'on_exhaustion' };
const CHANGE: ItemRequest = { kind: 'change', product: 'month-unlimited' };

async function end(test: TestHouse): Promise<void> {
  await drainOutbox(test);
  await checkInvariants(test);
}

let uses = 0;
async function use(test: TestHouse, line: NumberClaim, quantity: bigint, over: Partial<LineUse> = {}) {
  uses += 1;
  return allowed(
    await reportUse(test.house, test.catalog, { ...line, key: `use-${uses}`, service: 'data', zone: 'home', quantity, ...over }),
  );
}

/** What is left of the metered data an order brought. */
async function leftOf(test: TestHouse, order: Order, itemNo = 0): Promise<bigint | null> {
  const data = (await readOrderAllowances(test.database, { ...order, itemNo })).find((one) => one.service === 'data');
  assert.ok(data);
  return data.granted === null ? null : data.granted - data.used - data.forfeited;
}

test('renewed early, the new data is usable at once, the old is used first and keeps its own end [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const old = await buy(test, line, [RENEW]);
  test.clock.advance(DAY_MS);
  const renewed = await buy(test, line, [RENEW]);
  await use(test, line, 6n * GB);
  assert.deepEqual([await leftOf(test, old), await leftOf(test, renewed)], [0n, 4n * GB]);
  const [before] = await readOrderAllowances(test.database, { ...old, itemNo: 0 });
  const [after] = await readOrderAllowances(test.database, { ...renewed, itemNo: 0 });
  assert.deepEqual([before?.validUntil, after?.validUntil], [new Date('2026-12-03T05:00:00Z'), new Date('2027-01-03T05:00:00Z')]);
  assert.deepEqual(after?.validFrom, test.clock.business());
  await end(test);
});

test('two paid renewals both count, in days and in data [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const [one, two] = [await buy(test, line, [RENEW]), await buy(test, line, [RENEW])];
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, new Date('2027-02-03T05:00:00Z'));
  assert.deepEqual([await leftOf(test, one), await leftOf(test, two)], [5n * GB, 5n * GB]);
  await end(test);
});

test('two paid at the very same time both count [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const placed = [
    allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE })),
    allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE })),
  ] as const;
  await meetOn(test.database, ofAccount(line), [() => payOrder(test.house, placed[0]), () => payOrder(test.house, placed[1])]);
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, new Date('2027-02-03T05:00:00Z'));
  await end(test);
});

test('queued, it is usable from the present end and not before; nothing is lost in between [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const queued = await buy(test, line, [QUEUE]);
  await use(test, line, 5n * GB);
  const dry = await use(test, line, 1n * GB);
  assert.deepEqual([dry.uncovered > 0n || dry.throttled > 0n, (await stateOf(test, line)).line.state], [true, 'throttled']);
  const untouched = (await readOrderAllowances(test.database, { ...queued, itemNo: 0 })).find((one) => one.service === 'data');
  assert.equal(untouched?.used, 0n);
  test.clock.moveBusinessTo('2026-12-03T05:00:00Z');
  await runDue(test);
  const { line: now } = await stateOf(test, line);
  assert.deepEqual([now.state, now.planCode, now.paidUntil], ['active', 'month-unlimited', new Date('2027-01-03T05:00:00Z')]);
  assert.equal((await use(test, line, GB)).fullSpeed, GB);
  await end(test);
});

test('queued for exhaustion, it starts the moment the data is gone, with a whole period and a new anchor, and takes over the rest [BUY-3] [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test, { plan: 'day-1gb' });
  const queued = await buy(test, line, [ON_EXHAUSTION]);
  test.clock.advance(HOUR_MS);
  await use(test, line, GB + 3n);
  const { line: now, queue } = await stateOf(test, line);
  assert.deepEqual(
    [now.state, now.planCode, now.anchorDay, now.paidUntil, queue.length],
    ['active', 'month-unlimited', 2, new Date('2026-12-03T05:00:00Z'), 0],
  );
  const data = (await readOrderAllowances(test.database, { ...queued, itemNo: 0 })).find((one) => one.service === 'data');
  assert.deepEqual([data?.validFrom, data?.validUntil, data?.used], [test.clock.business(), now.paidUntil, 3n]);
  await end(test);
});

test('queued for exhaustion and never exhausted, it starts at the present end [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await buy(test, line, [ON_EXHAUSTION]);
  test.clock.moveBusinessTo('2026-12-03T05:00:00Z');
  await runDue(test);
  const { line: now } = await stateOf(test, line);
  assert.deepEqual([now.planCode, now.paidUntil], ['month-unlimited', new Date('2027-01-03T05:00:00Z')]);
  await end(test);
});

test('renewed while a plan waits, the waiting plan and its data move behind the new end, whole [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const queued = await buy(test, line, [QUEUE]);
  await buy(test, line, [RENEW]);
  const { queue } = await stateOf(test, line);
  const data = (await readOrderAllowances(test.database, { ...queued, itemNo: 0 })).find((one) => one.service === 'data');
  const moved = [new Date('2027-01-03T05:00:00Z'), new Date('2027-02-03T05:00:00Z')];
  assert.deepEqual([queue[0]?.startsAt, queue[0]?.endsAt], moved);
  assert.deepEqual([data?.validFrom, data?.validUntil], moved);
  await end(test);
});

test('changed now, what the old plan left keeps its end and is used first; the new plan decides what happens then [BUY-3] [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const old = await buy(test, line, [RENEW]);
  test.clock.moveBusinessTo('2026-11-20T17:00:00Z');
  await buy(test, line, [{ kind: 'change', product: 'day-1gb' }]);
  const { line: now } = await stateOf(test, line);
  assert.deepEqual([now.planCode, now.paidUntil, now.anchorDay], ['day-1gb', new Date('2026-11-21T17:00:00Z'), 20]);
  // Soonest end first: the day's gigabyte ends before what is left of the month.
  await use(test, line, 2n * GB);
  assert.equal(await leftOf(test, old), 4n * GB);
  await use(test, line, 4n * GB + 1n);
  assert.equal((await stateOf(test, line)).line.state, 'stopped');
  await end(test);
});

test('an expired line starts anew from now, and what was not used is gone by the stated rule [BUY-3] [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const old = await buy(test, line, [RENEW]);
  await use(test, line, GB);
  test.clock.moveBusinessTo('2026-12-20T12:00:00Z');
  const renewed = await buy(test, line, [RENEW]);
  const { line: now } = await stateOf(test, line);
  assert.deepEqual([now.state, now.paidUntil, now.anchorDay], ['active', new Date('2027-01-21T05:00:00Z'), 20]);
  assert.deepEqual([await leftOf(test, old), await leftOf(test, renewed)], [0n, 5n * GB]);
  assert.deepEqual(
    (await readHappenings(test.database, line)).map(({ event, at }) => [event, at.toISOString()]),
    [
      ['renew', '2026-11-02T17:00:00.000Z'],
      ['expire', '2026-12-03T05:00:00.000Z'],
      ['renew', '2026-12-20T12:00:00.000Z'],
    ],
  );
  await end(test);
});

test('throttled, a renewal restores full speed at once, and so does a pack [LIFE-1]', async (t) => {
  for (const item of [RENEW, PACK]) {
    const test = await testHouse(t);
    const line = await activeLine(test);
    await use(test, line, 6n * GB);
    assert.equal((await stateOf(test, line)).line.state, 'throttled');
    const done = await buy(test, line, [item]);
    assert.equal((await stateOf(test, line)).line.state, 'active');
    assert.equal((await use(test, line, 1000n)).fullSpeed, 1000n);
    assert.notEqual(await leftOf(test, done), null);
    await end(test);
  }
});

test('a renewal while its data is being used: the use meets the lock and finds the new data (two connections) [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await use(test, line, 5n * GB);
  await fillBalance(test, line, 5000n);
  const placed = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  const works = [() => payOrder(test.house, placed), () => use(test, line, GB)] as const;
  const [, used] = await meetOn(test.database, ofAccount(line), works);
  assert.deepEqual([used.fullSpeed, used.uncovered], [GB, 0n]);
  assert.equal((await stateOf(test, line)).line.state, 'active');
  await end(test);
});

test('use first, renewal second: the same end (two connections) [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const placed = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  const works = [() => use(test, line, 6n * GB), () => payOrder(test.house, placed)] as const;
  const [, { order }] = await meetOn(test.database, ofAccount(line), works);
  assert.equal((await stateOf(test, line)).line.state, 'active');
  assert.equal(await leftOf(test, order), 5n * GB);
  await end(test);
});

test('expiry and a renewal meet: whichever comes first, the period starts now or follows, and none is lost (two connections) [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const placed = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  test.clock.moveBusinessTo('2026-12-03T05:00:00Z');
  const works = [() => runDueLines(test.house, test.catalog), () => payOrder(test.house, placed)] as const;
  await meetOn(test.database, ofAccount(line), works);
  const { line: now } = await stateOf(test, line);
  assert.deepEqual([now.state, now.paidUntil], ['active', new Date('2027-01-04T05:00:00Z')]);
  await end(test);
});

test('pay as you go is kept alive by top-ups, and its own parts do not end [BUY-1] [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const changed = await buy(test, line, [{ kind: 'change', product: 'payg' }], { way: BALANCE });
  test.clock.advance(80 * DAY_MS);
  await buy(test, line, [topUp(1000n)]);
  assert.deepEqual((await stateOf(test, line)).line.paidUntil, new Date(test.clock.business().getTime() + 90 * DAY_MS));
  test.clock.advance(60 * DAY_MS);
  await use(test, line, 5n, { service: 'data.renewal' });
  const [own] = await readOrderAllowances(test.database, { ...changed, itemNo: 0 });
  assert.equal(own?.used, 5n);
  test.clock.advance(31 * DAY_MS);
  await runDue(test);
  assert.equal((await stateOf(test, line)).line.state, 'expired');
  await buy(test, line, [topUp(1000n)]);
  assert.equal((await stateOf(test, line)).line.state, 'active');
  await end(test);
});

test('a first renewal, a pack and money in one order all take effect in one commit, or none does [FX-1]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  const done = await buy(test, line, [topUp(1000n), PACK, RENEW]);
  assert.deepEqual(
    done.effect?.map((item) => item.effect.rule),
    ['renew_from_now', 'top_up_now', 'pack_now'],
  );
  assert.deepEqual(await balanceOf(test, line), { balance: 1000n, held: 0n });
  const packNo = done.content.items.find((item) => item.kind === 'pack')?.itemNo ?? -1;
  assert.equal(await leftOf(test, done, packNo), GB);
  await end(test);
});

test("an order keeps the terms it was sold under, though the catalogue's change meanwhile [BUY-1]", async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const placed = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  const file = JSON.parse(readFileSync(new URL('../../apps/demonstration/northwind.json', import.meta.url), 'utf8'));
  file.markets[0].plans.find((plan: { code: string }) => plan.code === 'month-5gb').price = '99.00';
  file.markets[0].plans.find((plan: { code: string }) => plan.code === 'month-5gb').firstDay = '2026-11-02';
  test.clock.advance(HOUR_MS);
  allowed(await applyOperator(test.tools, file, { actor: 'test', reason: 'test' }));
  const catalog = await loadCatalog(test.database);
  const house = { ...test.house, catalog: () => catalog };
  const { order } = await payOrder(house, placed);
  assert.deepEqual([order.state, await balanceOf(test, line)], ['applied', { balance: 3500n, held: 0n }]);
  const next = await quote({ house }, line, [RENEW]);
  assert.equal(next.content.items[0]?.price.minor, 9900n);
  assert.deepEqual((await buy(test, line, [CHANGE])).state, 'applied');
  await end(test);
});
