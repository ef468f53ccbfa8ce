import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE_MS } from '#platform/clock';
import {
  activeLine,
  allowed,
  BALANCE,
  balanceOf,
  buy,
  checkInvariants,
  drainOutbox,
  fillBalance,
  moveNumber,
  newLine,
  PACK,
  place,
  quote,
  RENEW,
  runJanitor,
  stateOf,
  type TestHouse,
  testHouse,
} from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { settleFromBalance } from './settle-from-balance.ts';

async function end(test: TestHouse): Promise<void> {
  await runJanitor(test);
  await drainOutbox(test);
  await checkInvariants(test);
}

test('settled from the balance twice at once, it is paid once (L6) [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 5000n);
  const { order: placed } = allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }));
  const works = [() => settleFromBalance(test.house, placed), () => settleFromBalance(test.house, placed)] as const;
  const [first, second] = await meetOn(test.database, ofAccount(line), works);
  assert.deepEqual([first.state, second.state], ['applied', 'applied']);
  assert.deepEqual(await balanceOf(test, line), { balance: 3500n, held: 0n });
  await end(test);
});

test('a hold whose time has passed is settled all the same while the money is there, and cancelled when it is not (L7) [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 2000n);
  const placed = [allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE }))];
  test.clock.advance(31 * MINUTE_MS);
  placed.push(allowed(await place(test, { quote: await quote(test, line, [RENEW]), way: BALANCE })));
  const [first, second] = placed;
  assert.ok(first && second);
  assert.deepEqual(await balanceOf(test, line), { balance: 2000n, held: 1500n });
  assert.equal((await settleFromBalance(test.house, second.order)).state, 'applied');
  const ended = await settleFromBalance(test.house, first.order);
  assert.deepEqual([ended.state, ended.reason], ['cancelled', 'not_paid']);
  await end(test);
});

test('held, and then it can take no effect: cancelled, and the money is free again (L6) [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  await fillBalance(test, line, 2000n);
  const { order: placed } = allowed(await place(test, { quote: await quote(test, line, [PACK]), way: BALANCE }));
  await moveNumber(test, line);
  const ended = await settleFromBalance(test.house, placed);
  assert.deepEqual([ended.state, ended.reason], ['cancelled', 'number_moved']);
  assert.deepEqual(await balanceOf(test, line), { balance: 2000n, held: 0n });
  await end(test);
});

test('a balance pays a first renewal too [PAY-2]', async (t) => {
  const test = await testHouse(t);
  const line = await newLine(test);
  await fillBalance(test, line, 2000n);
  assert.equal((await buy(test, line, [RENEW], { way: BALANCE })).state, 'applied');
  assert.equal((await stateOf(test, line)).line.state, 'active');
  await end(test);
});
