/** Use of one service or zone is not that of another: hotspots, roaming, calls abroad, and hours of the week. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  stateOf,
  type TestHouse,
  testHouse,
} from '#tests/house';
import type { NumberClaim } from './read-line.ts';
import { type LineUse, reportUse } from './report-use.ts';

const MB = 1_000_000n;
const GB = 1000n * MB;

let uses = 0;
function report(test: TestHouse, line: NumberClaim, quantity: bigint, over: Partial<LineUse> = {}) {
  uses += 1;
  return reportUse(test.house, test.catalog, { ...line, key: `use-${uses}`, service: 'data', zone: 'home', quantity, ...over });
}

async function end(test: TestHouse): Promise<void> {
  await drainOutbox(test);
  await checkInvariants(test);
}

async function payAsYouGoLine(test: TestHouse, minor: bigint): Promise<NumberClaim> {
  const line = await newLine(test);
  await buy(test, line, [{ kind: 'change', product: 'payg' }], { way: BALANCE });
  await fillBalance(test, line, minor);
  return line;
}

test('a call costs what its hour says, and each tariff rounds by itself [LIFE-1] [BUY-1]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 1000n);
  allowed(await report(test, line, 30n, { service: 'voice' }));
  assert.equal((await balanceOf(test, line)).balance, 997n, 'half a minute at noon is 2.5 cents');
  test.clock.moveBusinessTo('2026-11-03T02:00:00Z');
  allowed(await report(test, line, 30n, { service: 'voice' }));
  assert.equal((await balanceOf(test, line)).balance, 995n, 'at nine in the evening 1.5');
  allowed(await report(test, line, 30n, { service: 'voice' }));
  test.clock.moveBusinessTo('2026-11-03T11:00:00Z');
  allowed(await report(test, line, 30n, { service: 'voice' }));
  assert.equal((await balanceOf(test, line)).balance, 992n, 'a minute by day 5, one by night 3');
  await end(test);
});

test('a call abroad has its own price, by started increments [LIFE-1] [BUY-1]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 1000n);
  allowed(await report(test, line, 1n, { service: 'voice_abroad.mx' }));
  assert.equal((await balanceOf(test, line)).balance, 992n, 'a started minute to Mexico');
  allowed(await report(test, line, 59n, { service: 'voice_abroad.mx' }));
  assert.equal((await balanceOf(test, line)).balance, 992n, 'is paid to its end');
  allowed(await report(test, line, 61n, { service: 'voice_abroad.tw' }));
  assert.equal((await balanceOf(test, line)).balance, 902n, 'what has no price of its own has that of all abroad: two started minutes');
  await end(test);
});

test('use that the plan has no price for is lost, and does not stop what is paid for (G6) [LIFE-1]', async (t) => {
  const test = await testHouse(t);
  const line = await payAsYouGoLine(test, 500n);
  allowed(await report(test, line, GB, { zone: 'other' }));
  assert.deepEqual([(await balanceOf(test, line)).balance, (await stateOf(test, line)).line.state], [500n, 'active']);
  allowed(await report(test, line, MB));
  assert.equal((await balanceOf(test, line)).balance, 499n);
  await end(test);
});

test('a roaming pass serves its zone alone, and what is sold for home does not roam [BUY-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const abroad = allowed(await report(test, line, GB, { zone: 'mexico-canada' }));
  assert.deepEqual([abroad.uncovered, abroad.pairs.length], [GB, 0]);
  await buy(test, line, [{ kind: 'pack', product: 'roam-mexico-canada-7d' }]);
  const covered = allowed(await report(test, line, GB, { zone: 'mexico-canada' }));
  assert.deepEqual([covered.fullSpeed, covered.uncovered], [GB, 0n]);
  assert.equal(allowed(await report(test, line, 60n, { service: 'voice', zone: 'mexico-canada' })).uncovered, 0n);
  assert.equal(allowed(await report(test, line, GB, { zone: 'europe' })).uncovered, GB);
  assert.equal(allowed(await report(test, line, 4n * GB)).after.left, GB, 'the 5 GB at home are as they were');
  await end(test);
});

test('a hotspot has an allowance of its own: it does not take the plan’s data, nor does its end slow the phone [BUY-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test, { plan: 'month-20gb-hotspot' });
  const hotspot = allowed(await report(test, line, 6n * GB, { service: 'data.hotspot' }));
  assert.deepEqual([hotspot.fullSpeed, hotspot.throttled, hotspot.uncovered], [5n * GB, 0n, GB]);
  assert.equal((await stateOf(test, line)).line.state, 'active');
  const phone = allowed(await report(test, line, 20n * GB));
  assert.deepEqual([phone.fullSpeed, phone.uncovered], [20n * GB, 0n]);
  await end(test);
});

test('a zero-rated service counts against nothing [BUY-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test, { plan: 'month-20gb-hotspot' });
  const chat = allowed(await report(test, line, 7n * GB, { service: 'data.chat' }));
  assert.deepEqual([chat.uncovered, chat.after], [0n, chat.before]);
  await end(test);
});

test('calls abroad are not taken from minutes at home; those sold for one country serve it alone [BUY-1]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test, { plan: 'month-20gb-hotspot' });
  const uncoveredOf = async (service: LineUse['service']) => allowed(await report(test, line, 60n, { service })).uncovered;
  assert.deepEqual([await uncoveredOf('voice'), await uncoveredOf('voice_abroad.mx'), await uncoveredOf('voice_abroad.cn')], [0n, 0n, 60n]);
  await end(test);
});

test('what stands apart in a plan that begins when the data runs out stands apart at once [BUY-6]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test, { plan: 'day-1gb' });
  await buy(test, line, [{ kind: 'queue', product: 'month-20gb-hotspot', startRule: 'on_exhaustion' }]);
  allowed(await report(test, line, 7n * GB, { service: 'data.hotspot' }));
  assert.equal((await stateOf(test, line)).line.planCode, 'month-20gb-hotspot');
  assert.equal(allowed(await report(test, line, GB, { service: 'data.hotspot' })).uncovered, GB, 'the hotspot’s 5 GB are used');
  assert.equal(allowed(await report(test, line, 20n * GB)).uncovered, 0n, 'the phone’s 20 GB are not');
  await end(test);
});
