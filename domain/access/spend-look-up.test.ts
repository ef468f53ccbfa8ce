import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { testDatabase } from '#tests/database';
import { forgetLookUps, type LookUpLimits, spendLookUp } from './spend-look-up.ts';

const LIMITS: LookUpLimits = { windowMs: 10 * MINUTE_MS, perSource: 3, inTotal: 5 };
const guest = (source: string) => ({ kind: 'guest', source }) as const;
const countRows = parseStatement('test.count-look-ups', 'select count(*) as count from access.look_up');

test('a source may look so many numbers up in a window, and is told how long to wait then [ID-6]', async (t) => {
  const { tools, clock } = await testDatabase(t, { startAt: '2026-11-02T17:03:30Z' });
  for (let count = 0; count < 3; count += 1) assert.equal(await spendLookUp(tools, guest('a'), LIMITS), undefined);
  const refused = await spendLookUp(tools, guest('a'), LIMITS);
  assert.deepEqual([refused?.code, refused?.values], ['access.too_many_look_ups', { minutes: 7 }]);
  assert.equal(await spendLookUp(tools, guest('b'), LIMITS), undefined);
  clock.advance(7 * MINUTE_MS);
  assert.equal(await spendLookUp(tools, guest('a'), LIMITS), undefined);
});

test('all sources share a budget, so that many together cannot walk through the numbers either [ID-6]', async (t) => {
  const { tools } = await testDatabase(t);
  for (const source of ['a', 'b', 'c', 'd', 'e']) assert.equal(await spendLookUp(tools, guest(source), LIMITS), undefined);
  assert.equal((await spendLookUp(tools, guest('f'), LIMITS))?.code, 'access.too_many_look_ups');
});

test('a source that is spent uses up nothing of what the others share [ID-6]', async (t) => {
  const { tools } = await testDatabase(t);
  for (let count = 0; count < 50; count += 1) await spendLookUp(tools, guest('noisy'), LIMITS);
  assert.equal(await spendLookUp(tools, guest('b'), LIMITS), undefined);
  assert.equal(await spendLookUp(tools, guest('c'), LIMITS), undefined);
});

test('people who signed in share the budget of their source; operators are not counted [ID-6]', async (t) => {
  const { tools } = await testDatabase(t);
  const person = { kind: 'person', personId: 1n, source: 'a' } as const;
  for (let count = 0; count < 3; count += 1) await spendLookUp(tools, guest('a'), LIMITS);
  assert.equal((await spendLookUp(tools, person, LIMITS))?.code, 'access.too_many_look_ups');
  for (let count = 0; count < 10; count += 1) assert.equal(await spendLookUp(tools, { kind: 'operator', name: 'x' }, LIMITS), undefined);
});

test('many at once from one source get no more than its budget (many connections) [ID-6]', async (t) => {
  const { tools } = await testDatabase(t);
  const answers = await Promise.all(Array.from({ length: 8 }, () => spendLookUp(tools, guest('a'), LIMITS)));
  assert.equal(answers.filter((answer) => answer === undefined).length, 3);
});

test('windows that ended are forgotten', async (t) => {
  const { tools, clock, database } = await testDatabase(t);
  await spendLookUp(tools, guest('a'), LIMITS);
  clock.advance(2 * LIMITS.windowMs);
  await forgetLookUps(tools, LIMITS);
  assert.deepEqual(await database.query(countRows, {}), [{ count: 0n }]);
});
