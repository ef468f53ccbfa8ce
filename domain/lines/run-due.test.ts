import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { activeLine, buy, checkInvariants, drainOutbox, stateOf, type TestHouse, testHouse } from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { readHappenings } from './read-line.ts';
import { nextLineDue, runDueLines } from './run-due.ts';

const readTold = parseStatement('test.told', `select kind, at from outbox.event where kind like 'lines.%' order by at, event_id`);
const readForfeits = parseStatement(
  'test.forfeits',
  `select reason, sum(quantity)::bigint as quantity from allowances.forfeit group by reason`,
);
const START = new Date('2026-11-02T17:00:00Z');
const END = new Date('2026-12-03T05:00:00Z');
const fromEnd = (days: number) => new Date(END.getTime() + days * DAY_MS);

async function told({ database }: TestHouse): Promise<[string, Date][]> {
  const rows = (await database.query(readTold, {})) as { kind: string; at: Date }[];
  return rows.map(({ kind, at }) => [kind, at]);
}

async function end(test: TestHouse): Promise<void> {
  await drainOutbox(test);
  await checkInvariants(test);
}

const LIFE: [string, Date][] = [
  ['lines.ending', fromEnd(-3)],
  ['lines.ending', fromEnd(-1)],
  ['lines.expired', END],
  ['lines.suspended', fromEnd(30)],
  ['lines.parked', fromEnd(60)],
  ['lines.lost', fromEnd(90)],
];

test('moved through everything that falls due, a line is reminded, expires and ends at the very instants [LIFE-2] [LIFE-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  const stops: Date[] = [];
  const target = fromEnd(200);
  for (let next = await nextLineDue(test.database, target); next !== undefined; next = await nextLineDue(test.database, target)) {
    stops.push(next);
    test.clock.moveBusinessTo(next);
    await runDueLines(test.house, test.catalog);
  }
  assert.deepEqual(
    stops,
    LIFE.map(([, at]) => at),
  );
  assert.deepEqual(await told(test), LIFE);
  assert.deepEqual((await stateOf(test, line)).line.state, 'lost');
  await end(test);
});

test('moved in one leap, the same is told with the same instants, and written once [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  test.clock.moveBusinessTo(fromEnd(200));
  assert.equal(await runDueLines(test.house, test.catalog), 1);
  assert.equal(await runDueLines(test.house, test.catalog), 0);
  assert.deepEqual(await told(test), LIFE);
  assert.deepEqual(
    (await readHappenings(test.database, line)).map(({ event, at }) => [event, at]),
    [
      ['renew', START],
      ...LIFE.filter(([kind]) => kind !== 'lines.ending').map(([kind, at]) => [
        { 'lines.expired': 'expire', 'lines.suspended': 'suspend', 'lines.parked': 'park', 'lines.lost': 'lose' }[kind],
        at,
      ]),
    ],
  );
  await end(test);
});

test('what was not used is forfeited at the end of its own time, whatever the clock was when somebody looked [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  await activeLine(test, { plan: 'day-1gb' });
  test.clock.advance(5 * DAY_MS);
  await runDueLines(test.house, test.catalog);
  const forfeits = (await test.database.query(readForfeits, {})) as { reason: string; quantity: bigint }[];
  // A gigabyte, an hour of talk in seconds, a hundred messages.
  assert.deepEqual(forfeits, [{ reason: 'ended', quantity: 1_000_000_000n + 3600n + 100n }]);
  await end(test);
});

test('two that run what is due at once do each thing once (two connections) [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  test.clock.moveBusinessTo(END);
  const works = [() => runDueLines(test.house, test.catalog), () => runDueLines(test.house, test.catalog)] as const;
  await meetOn(test.database, ofAccount(line), works);
  assert.deepEqual(await told(test), LIFE.slice(0, 3));
  await end(test);
});

test('queued plans begin one after the other through the same runs, also when nobody looked for months [BUY-3]', async (t) => {
  const test = await testHouse(t);
  const line = await activeLine(test);
  for (let count = 0; count < 3; count += 1) await buy(test, line, [{ kind: 'queue', product: 'month-5gb', startRule: 'at_end' }]);
  test.clock.moveBusinessTo('2027-02-20T00:00:00Z');
  await runDueLines(test.house, test.catalog);
  const { line: now, queue } = await stateOf(test, line);
  assert.deepEqual(
    [now.state, now.periodStartedAt, now.paidUntil, queue.length],
    ['active', new Date('2027-02-03T05:00:00Z'), new Date('2027-03-03T05:00:00Z'), 0],
  );
  assert.deepEqual(
    (await told(test)).map(([kind]) => kind),
    ['lines.plan_started', 'lines.plan_started', 'lines.plan_started'],
  );
  await end(test);
});

test('a line that fails does not keep those behind it waiting, and is told of [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  const lines = [await activeLine(test), await activeLine(test)] as const;
  const breaking = parseStatement('test.break-line', "update lines.line set market = 'XX', due_at = :at where line_id = :line_id");
  await test.database.query(breaking, { lineId: lines[0].lineId, at: START });
  test.clock.moveBusinessTo(END);
  await assert.rejects(runDueLines(test.house, test.catalog), AggregateError);
  assert.equal((await stateOf(test, lines[1])).line.state, 'expired');
});

test('nothing is due for a line that is lost, and nothing stops a clock that has nothing to stop for [LIFE-2]', async (t) => {
  const test = await testHouse(t);
  assert.equal(await nextLineDue(test.database, fromEnd(1000)), undefined);
  await activeLine(test);
  assert.equal(await nextLineDue(test.database, fromEnd(-4)), undefined);
  test.clock.moveBusinessTo(fromEnd(200));
  await runDueLines(test.house, test.catalog);
  assert.equal(await nextLineDue(test.database, fromEnd(1000)), undefined);
  await end(test);
});
