/** How a line stands, told to those who watch it: at once, again when it changes, and once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findNumber, reportUse } from '#domain/lines';
import { joinLine } from '#domain/orders';
import { linkSim, stockSim } from '#domain/sims';
import { parseStatement } from '#platform/database';
import { activeLine, allowed, buy, newLine, OPERATOR, PACK, RENEW, runDue, stateOf, type TestHouse, testHouse } from '#tests/house';
import { meetOn } from '#tests/meeting';
import {
  changeWatch,
  endExpiredWatches,
  endWatch,
  notePolicyPeer,
  openWatch,
  type Statuses,
  type Teller,
  type TellOutcome,
  tellDueWatchers,
  tellWatchersOf,
  type Watch,
  type WatchAnswer,
  type WatchRequest,
} from './index.ts';

const PCRF = 'pcrf.epc.example';
const GB = 1_000_000_000n;

type Line = Awaited<ReturnType<typeof activeLine>>;

function asked(number: string, over: Partial<WatchRequest> = {}): WatchRequest {
  return {
    ...{ door: 'sy', peer: PCRF, reference: `${PCRF};1;1`, realm: 'epc.example', notify: null, notifyId: null },
    ...{ imsi: null, number, counters: null, endsAt: null, originStateId: 1 },
    ...over,
  };
}

/** How its counters stand, without what is to come. */
const wordsOf = (statuses: Statuses): Record<string, string> =>
  Object.fromEntries(Object.entries(statuses).map(([counter, { status }]) => [counter, status]));
const wordsTo = (answer: WatchAnswer) => (answer.result === 'success' ? wordsOf(answer.statuses) : answer.result);

/** A node that tells, and what it told. */
function nodeOf({ tools, catalog }: TestHouse, outcomes: TellOutcome[] = [], peers: readonly string[] = [PCRF]) {
  const told: string[] = [];
  const say = (watch: Watch, what: string) => told.push(`${watch.reference} ${what}`);
  const teller: Teller = {
    tools,
    catalog: async () => catalog,
    doors: {
      peers: () => peers,
      spendingLimit: true,
      tell: async (watch, changed: Statuses) => {
        say(watch, Object.values(wordsOf(changed)).join());
        return outcomes.shift() ?? 'told';
      },
      terminate: async (watch) => {
        say(watch, 'over');
        return 'told';
      },
    },
  };
  return { teller, told };
}

async function numberOf(house: TestHouse, line: Line): Promise<string> {
  return (await stateOf(house, line)).line.number;
}

async function use(house: TestHouse, line: Line, quantity: bigint, key = 'use'): Promise<void> {
  allowed(await reportUse(house.tools, house.catalog, { ...line, key, service: 'data', zone: 'home', quantity }));
}

const payload = ({ accountId }: Line) => `${accountId}`;

test('a watch is told how the line stands at once, and what changes afterwards, each change once [LIFE-1, LIFE-4]', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  const { teller, told } = nodeOf(house);
  const begun = await openWatch(house.tools, house.catalog, asked(await numberOf(house, line)));
  assert.deepEqual([begun.result, wordsTo(begun)], ['success', { data: 'full' }]);
  await tellWatchersOf(teller, payload(line));
  assert.deepEqual(told, [], 'nothing changed');
  await use(house, line, 6n * GB);
  await tellWatchersOf(teller, payload(line));
  await tellWatchersOf(teller, payload(line));
  assert.deepEqual(told.splice(0), [`${PCRF};1;1 throttled-128`]);
  await buy(house, line, [RENEW]);
  await tellWatchersOf(teller, payload(line));
  assert.deepEqual(told.splice(0), [`${PCRF};1;1 full`]);
});

test('a line that stops is spent, one that is not paid for is barred, and time alone is reason enough to look', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house, { plan: 'day-1gb' });
  const { teller, told } = nodeOf(house);
  await openWatch(house.tools, house.catalog, asked(await numberOf(house, line)));
  await use(house, line, 2n * GB);
  await tellWatchersOf(teller, payload(line));
  assert.deepEqual(told.splice(0), [`${PCRF};1;1 spent`]);
  assert.equal(await tellDueWatchers(teller), 0);
  house.clock.advance(24 * 3600_000);
  // Nobody has written yet that its day is over.
  assert.equal(await tellDueWatchers(teller), 1);
  assert.deepEqual(told.splice(0), [`${PCRF};1;1 barred`]);
  await runDue(house);
  await tellWatchersOf(teller, payload(line));
  assert.deepEqual(told, []);
});

test('a pack that ends puts a line back where its plan was, without anybody saying so', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  const { teller, told } = nodeOf(house);
  await use(house, line, 6n * GB);
  await buy(house, line, [PACK]);
  const begun = await openWatch(house.tools, house.catalog, asked(await numberOf(house, line)));
  assert.deepEqual(wordsTo(begun), { data: 'full' });
  while (told.length === 0) {
    house.clock.advance(24 * 3600_000);
    await tellDueWatchers(teller);
  }
  assert.deepEqual(told, [`${PCRF};1;1 throttled-128`]);
});

test('a repeated beginning is answered as things are now, and stays one watch', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  const { teller, told } = nodeOf(house);
  const request = asked(await numberOf(house, line));
  const open = () => openWatch(house.tools, house.catalog, request);
  await Promise.all([open(), open(), open()]);
  await use(house, line, 6n * GB);
  const again = await open();
  assert.deepEqual(wordsTo(again), { data: 'throttled-128' });
  await tellWatchersOf(teller, payload(line));
  assert.deepEqual(told, [], 'the answer told it');
});

test('unknown lines, counters and watches are refused by name', async (t) => {
  const house = await testHouse(t);
  const line = await newLine(house);
  const number = await numberOf(house, line);
  const open = (over: Partial<WatchRequest>) => openWatch(house.tools, house.catalog, asked(number, over));
  assert.deepEqual(await open({ number: '+15550000000' }), { result: 'user_unknown' });
  assert.deepEqual(await open({ imsi: '310260000000009' }), { result: 'user_unknown' });
  assert.deepEqual(await open({ number: null }), { result: 'user_unknown' });
  assert.deepEqual(await open({ counters: ['data', 'gold'] }), { result: 'unknown_counters', counters: ['gold'] });
  assert.deepEqual(await changeWatch(house.tools, house.catalog, asked(number)), { result: 'unknown_session' });
  assert.equal(await endWatch(house.tools, asked(number)), 'unknown_session');
  const begun = await open({ counters: ['data'] });
  assert.deepEqual(wordsTo(begun), { data: 'barred' }, 'it was never paid for');
  assert.equal(await endWatch(house.tools, { ...asked(number), peer: 'another.example' }), 'unknown_session', 'a name is its peer’s');
  assert.equal(await endWatch(house.tools, asked(number)), 'success');
  assert.equal(await endWatch(house.tools, asked(number)), 'unknown_session');
});

test('a telling that failed is tried again; a peer that forgot a watch has ended it, but not one that has just begun', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  const { teller, told } = nodeOf(house, ['failed', 'unknown']);
  const request = asked(await numberOf(house, line));
  await openWatch(house.tools, house.catalog, request);
  await use(house, line, 6n * GB);
  await tellWatchersOf(teller, payload(line));
  await tellDueWatchers(teller);
  assert.equal(told.splice(0).length, 1, 'not at once');
  house.clock.advance(5_000);
  await tellDueWatchers(teller);
  assert.equal(told.splice(0).length, 1);
  assert.equal(await endWatch(house.tools, request), 'unknown_session', 'the peer said so');

  const young = nodeOf(house, ['unknown']);
  await openWatch(house.tools, house.catalog, request);
  await buy(house, line, [RENEW]);
  await tellWatchersOf(young.teller, payload(line));
  house.clock.advance(5_000);
  await tellDueWatchers(young.teller);
  assert.deepEqual(young.told, [`${PCRF};1;1 full`, `${PCRF};1;1 full`]);
});

test('two nodes that hear of one change tell it once', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  await openWatch(house.tools, house.catalog, asked(await numberOf(house, line)));
  await use(house, line, 6n * GB);
  const [one, other] = [nodeOf(house), nodeOf(house)];
  const { slot, accountId } = line;
  await meetOn(house.database, (tx) => tx.query(lockWatches, { slot, accountId }), [
    () => tellWatchersOf(one.teller, payload(line)),
    () => tellWatchersOf(other.teller, payload(line)),
  ]);
  assert.equal(one.told.length + other.told.length, 1);
});

const lockWatches = parseStatement(
  'test.lock-watches',
  'select 1 from policy.watch where slot = :slot and account_id = :account_id for update',
);

test('what changes while a change is told is told next, by the same node', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  const { teller, told } = nodeOf(house);
  await openWatch(house.tools, house.catalog, asked(await numberOf(house, line)));
  await use(house, line, 6n * GB);
  const other = nodeOf(house);
  const slow: Teller = {
    ...teller,
    doors: {
      ...teller.doors,
      tell: async (watch, changed) => {
        if (told.length === 0) {
          await buy(house, line, [RENEW]);
          await tellWatchersOf(other.teller, payload(line));
        }
        return teller.doors.tell(watch, changed);
      },
    },
  };
  await tellWatchersOf(slow, payload(line));
  assert.deepEqual([told, other.told], [[`${PCRF};1;1 throttled-128`, `${PCRF};1;1 full`], []]);
});

test('a peer that cannot be reached from here is left to the node that can, and is told when it connects', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  await openWatch(house.tools, house.catalog, asked(await numberOf(house, line)));
  await use(house, line, 6n * GB);
  const away = nodeOf(house, [], []);
  await tellWatchersOf(away.teller, payload(line));
  assert.equal(await tellDueWatchers(away.teller), 0);
  const here = nodeOf(house);
  assert.equal(await tellDueWatchers(here.teller), 0);
  assert.equal(await notePolicyPeer(house.tools, { originHost: PCRF, originStateId: 1 }), 0);
  await tellDueWatchers(here.teller);
  assert.deepEqual([away.told, here.told], [[], [`${PCRF};1;1 throttled-128`]]);
});

test('a peer in a later life has forgotten its watches, and so have we; one whose time is over ends by itself', async (t) => {
  const house = await testHouse(t);
  const line = await activeLine(house);
  const number = await numberOf(house, line);
  await openWatch(house.tools, house.catalog, asked(number));
  assert.equal(await notePolicyPeer(house.tools, { originHost: PCRF, originStateId: 2 }), 1);
  assert.equal(await endWatch(house.tools, asked(number)), 'unknown_session');
  const endsAt = new Date(house.clock.transport().getTime() + 60_000);
  await openWatch(house.tools, house.catalog, asked(number, { door: 'spending_limit', endsAt }));
  assert.equal(await endExpiredWatches(house.tools), 0);
  house.clock.advance(60_000);
  assert.equal(await endExpiredWatches(house.tools), 1);
});

test('the IMSI decides: a SIM that serves another line is watched there, and one that serves none is over', async (t) => {
  const house = await testHouse(t);
  const [first, second] = [await activeLine(house), await activeLine(house, { plan: 'day-1gb' })];
  const imsi = '310260123456789';
  await house.database.transaction(async (tx) => {
    allowed(await stockSim(tx, { iccid: '8901260123456789011', imsi }));
    await linkSim(tx, { ...first, iccid: '8901260123456789011', at: house.clock.business() });
  });
  await openWatch(house.tools, house.catalog, asked('+15550000000', { imsi }));
  await house.database.query(moveSim, { slot: second.slot, accountId: second.accountId, lineId: second.lineId, imsi });
  await use(house, second, 2n * GB);
  const { teller, told } = nodeOf(house);
  await tellWatchersOf(teller, payload(first));
  assert.deepEqual(told.splice(0), [`${PCRF};1;1 spent`]);
  await buy(house, second, [RENEW]);
  await tellWatchersOf(teller, payload(second));
  assert.deepEqual(told.splice(0), [`${PCRF};1;1 full`]);
  await house.database.query(freeSim, { imsi });
  await tellWatchersOf(teller, payload(second));
  assert.deepEqual(told, [`${PCRF};1;1 over`]);
  assert.equal(await endWatch(house.tools, asked('')), 'unknown_session');
});

const moveSim = parseStatement(
  'test.move-sim',
  'update sims.sim set slot = :slot::smallint, account_id = :account_id::bigint, line_id = :line_id::bigint where imsi = :imsi',
);
const freeSim = parseStatement(
  'test.free-sim',
  'update sims.sim set slot = null, account_id = null, line_id = null, linked_at = null where imsi = :imsi',
);

test('a line that joins another account takes its watch along [BUY-6]', async (t) => {
  const house = await testHouse(t);
  const [line, family] = [await activeLine(house), await activeLine(house)];
  const number = await numberOf(house, line);
  await openWatch(house.tools, house.catalog, asked(number));
  await use(house, line, 6n * GB);
  const { line: joined } = allowed(await joinLine(house.house, OPERATOR, { number, to: family, reason: 'a family' }));
  const { teller, told } = nodeOf(house);
  await tellWatchersOf(teller, payload(line));
  assert.deepEqual(told.splice(0), [`${PCRF};1;1 throttled-128`]);
  await buy(house, allowed(await findNumber(house.database, number)), [RENEW]);
  await tellWatchersOf(teller, `${joined.accountId}`);
  assert.deepEqual(told, [`${PCRF};1;1 full`]);
});
