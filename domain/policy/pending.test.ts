/** What time alone will change of how a line stands is told ahead, with the instant at which it does (3GPP TS 29.594, TS 29.219). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportUse } from '#domain/lines';
import { parseStatement } from '#platform/database';
import { activeLine, allowed, buy, PACK, RENEW, stateOf, type TestHouse, testHouse } from '#tests/house';
import { type CounterStatus, changeWatch, openWatch, type Teller, tellDueWatchers, tellWatchersOf, type WatchRequest } from './index.ts';

const PCF = 'pcf.5gc.example';
const GB = 1_000_000_000n;
const DAY_MS = 24 * 3600_000;
const QUEUE = { kind: 'queue', product: 'month-5gb', startRule: 'at_end' } as const;

type Line = Awaited<ReturnType<typeof activeLine>>;

async function scene(t: Parameters<typeof testHouse>[0], over: Parameters<typeof activeLine>[1] = {}) {
  const house = await testHouse(t);
  const line = await activeLine(house, over);
  const { number, paidUntil } = (await stateOf(house, line)).line;
  assert.ok(paidUntil);
  const told: string[] = [];
  const teller: Teller = {
    tools: house.tools,
    catalog: async () => house.catalog,
    doors: {
      peers: () => [],
      spendingLimit: true,
      tell: async (_watch, changed) => {
        told.push(...Object.values(changed).map(textOf));
        return 'told';
      },
      terminate: async () => 'told',
    },
  };
  const request: WatchRequest = {
    ...{ door: 'spending_limit', peer: PCF, reference: 'limit-1', realm: null, notify: 'http://pcf.example/1', notifyId: null },
    ...{ imsi: null, number, counters: null, endsAt: null, originStateId: 0 },
  };
  const standing = async () => {
    const answer = await changeWatch(house.tools, house.catalog, request);
    assert.equal(answer.result, 'success');
    return answer.result === 'success' ? (answer.statuses['data'] ?? assert.fail()) : assert.fail();
  };
  const tell = async () => {
    await tellWatchersOf(teller, `${line.accountId}`);
    return told.splice(0);
  };
  assert.equal((await openWatch(house.tools, house.catalog, request)).result, 'success');
  return { house, line, end: paidUntil, tell, tellDue: () => tellDueWatchers(teller).then(() => told.splice(0)), standing };
}

/** "full; barred 2026-12-03T05:00:00Z" */
function textOf({ status, pending }: CounterStatus): string {
  return [status, ...pending.map((one) => `${one.status} ${one.at.toISOString()}`)].join('; ');
}

async function use(house: TestHouse, line: Line, quantity: bigint): Promise<void> {
  allowed(await reportUse(house.tools, house.catalog, { ...line, key: 'use', service: 'data', zone: 'home', quantity }));
}

const at = (date: Date): string => date.toISOString();
const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

test('the end of a plan is told ahead, and another end when it was renewed, each once [LIFE-2]', async (t) => {
  const { house, line, end, tell, standing } = await scene(t);
  assert.equal(textOf(await standing()), `full; barred ${at(end)}`);
  assert.deepEqual(await tell(), [], 'the answer told it');
  await buy(house, line, [RENEW]);
  const { paidUntil } = (await stateOf(house, line)).line;
  assert.ok(paidUntil && paidUntil > end);
  assert.deepEqual(await tell(), [`full; barred ${at(paidUntil)}`], 'the same word, with another end');
  assert.deepEqual(await tell(), []);
});

test('a throttle that lifts when the next plan begins is told ahead, and told again when it has [LIFE-1, BUY-3]', async (t) => {
  const { house, line, end, tell, tellDue } = await scene(t);
  await use(house, line, 6n * GB);
  assert.deepEqual(await tell(), [`throttled-128; barred ${at(end)}`]);
  await buy(house, line, [QUEUE]);
  const [told = ''] = await tell();
  assert.match(told, new RegExp(`^throttled-128; full ${at(end)}; barred `));
  house.clock.advance(end.getTime() - house.clock.business().getTime());
  assert.deepEqual(await tellDue(), [told.replace(/^throttled-128; full [^;]+/, 'full')], 'who knows of no pending statuses hears it too');
});

test('a pack that ends before its plan is told ahead', async (t) => {
  const { house, line, end, tell } = await scene(t);
  await use(house, line, 6n * GB);
  await buy(house, line, [PACK]);
  const [told = ''] = await tell();
  const packEnds = later(house.clock.business(), 30 * DAY_MS);
  assert.equal(told, `full; throttled-128 ${at(packEnds)}; barred ${at(end)}`);
});

test('a line that nothing changes by itself has nothing pending', async (t) => {
  const { house, line, end, tell, tellDue } = await scene(t);
  house.clock.advance(end.getTime() - house.clock.business().getTime());
  assert.deepEqual(await tellDue(), ['barred']);
  await buy(house, line, [RENEW]);
  assert.match((await tell())[0] ?? '', /^full; barred /);
});

test('instants are the network’s own: a calendar that was moved is not its clock', async (t) => {
  const { house, end, standing } = await scene(t);
  house.clock.businessMs += 10 * DAY_MS;
  assert.equal(textOf(await standing()), `full; barred ${at(later(end, -10 * DAY_MS))}`);
});

test('what was told ahead is what comes, if nobody does anything', async (t) => {
  const { house, line, standing } = await scene(t);
  await use(house, line, 6n * GB);
  await buy(house, line, [PACK]);
  await buy(house, line, [QUEUE]);
  await buy(house, line, [QUEUE]);
  const { pending } = await standing();
  assert.ok(pending.length >= 2, `there is something to come: ${JSON.stringify(pending)}`);
  for (const [place, one] of pending.entries()) {
    house.clock.advance(one.at.getTime() - house.clock.transport().getTime() - 1);
    assert.notEqual((await standing()).status, one.status, 'not before');
    house.clock.advance(1);
    assert.deepEqual(await standing(), { status: one.status, pending: pending.slice(place + 1) });
  }
});

test('what was kept before statuses were told ahead is told once more', async (t) => {
  const { house, line, end, tell } = await scene(t);
  await house.database.query(asBefore, { slot: line.slot, accountId: line.accountId });
  assert.deepEqual(await tell(), [`full; barred ${at(end)}`]);
  assert.deepEqual(await tell(), []);
});

const asBefore = parseStatement(
  'test.watch-told-as-before',
  `update policy.watch set told = '{"data":"full"}' where slot = :slot and account_id = :account_id`,
);
