import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { type ChargingHouse, chargingHouse, MB } from '#tests/charging';
import { activeLine, stateOf } from '#tests/house';
import { dropOldDays } from './drop-days.ts';
import { countDifferences, noteDifference } from './note-difference.ts';

const kept = parseStatement('test.kept-days', 'select charging.kept_days()::text as day');
const counts = parseStatement(
  'test.kept-rows',
  `select (select count(*) from charging.request) as requests, (select count(*) from charging.session) as sessions,
     (select count(*) from charging.session_claim) as claims, (select coalesce(sum(requests), 0)::bigint from charging.carried) as carried,
     (select coalesce(sum(used), 0)::bigint from charging.carried) as used`,
);
const dropDay = parseStatement('test.drop-day', 'select charging.drop_day(:day::date) as dropped');
const deleteAll = parseStatement('test.delete-requests', 'delete from charging.request');

async function used(house: ChargingHouse, octets: bigint, ends: boolean): Promise<void> {
  const line = await activeLine(house.test);
  const session = house.session({ ...line, number: (await stateOf(house.test, line)).line.number });
  await session.begin();
  await session.update(octets);
  if (ends) await session.end(0n);
}

const daysOf = async ({ test: { database } }: ChargingHouse) =>
  ((await database.query(kept, {})) as { day: string }[]).map(({ day }) => day);
const countsOf = ({ test: { database } }: ChargingHouse) => database.one(counts, {});

test('after 400 days the requests of a day go with their sessions, are carried forward, and the books agree (G3, L2)', async (t) => {
  const house = await chargingHouse(t);
  const { tools, clock } = house.test;
  await used(house, 3n * MB, true);
  await used(house, 4n * MB, true);
  clock.advance(400 * DAY_MS);
  await used(house, 5n * MB, true);
  assert.deepEqual(await dropOldDays(tools), [], 'on the last day they are there');
  clock.advance(DAY_MS);
  await used(house, 6n * MB, true);
  assert.deepEqual(await dropOldDays(tools), ['2026-11-02']);
  assert.deepEqual(await dropOldDays(tools), [], 'once');
  assert.deepEqual(await daysOf(house), ['2027-12-07', '2027-12-08']);
  assert.deepEqual(await countsOf(house), { requests: 6n, sessions: 2n, claims: 2n, carried: 6n, used: 7n * MB });
  await house.end();
});

test('a day of which a session is open stays until it has ended', async (t) => {
  const house = await chargingHouse(t);
  const { tools, clock } = house.test;
  await used(house, MB, false);
  clock.advance(401 * DAY_MS);
  await used(house, MB, true);
  assert.deepEqual(await dropOldDays(tools), []);
  assert.equal((await daysOf(house)).length, 2);
});

test('the program can delete no request, and drop no day that is younger (L2)', async (t) => {
  const house = await chargingHouse(t);
  const { database, clock } = house.test;
  await used(house, MB, true);
  clock.advance(399 * DAY_MS);
  await used(house, MB, true);
  await assert.rejects(database.query(dropDay, { day: '2026-11-02' }), /kept for 400 days/);
  await assert.rejects(database.query(deleteAll, {}), /permission denied/);
});

test('two nodes that drop a day at once while the network asks: it is carried once, and nobody is kept from charging', async (t) => {
  const house = await chargingHouse(t);
  const { tools, clock } = house.test;
  await used(house, 3n * MB, true);
  clock.advance(401 * DAY_MS);
  await used(house, MB, true);
  const dropped = await Promise.all([dropOldDays(tools), dropOldDays(tools), used(house, 2n * MB, true), used(house, 2n * MB, true)]);
  assert.deepEqual([dropped[0], dropped[1]].flat(), ['2026-11-02']);
  assert.deepEqual((await countsOf(house)) as object, { requests: 9n, sessions: 3n, claims: 3n, carried: 3n, used: 3n * MB });
  await house.end();
});

test('a request that came again with another content is noted once for each content (G1)', async (t) => {
  const house = await chargingHouse(t);
  const { database, clock } = house.test;
  const { slot, accountId } = await activeLine(house.test);
  const since = clock.transport();
  clock.advance(1000);
  const note = (contentHash: Buffer) =>
    database.transaction(async (tx) =>
      noteDifference(tx, { slot, accountId, sessionId: accountId, key: '2:1', contentHash, recordedAt: clock.transport() }),
    );
  for (const octet of [1, 1, 2]) await note(Buffer.alloc(16, octet));
  assert.equal(await countDifferences(database, { since, until: clock.transport() }), 2n);
  assert.equal(await countDifferences(database, { since: clock.transport(), until: clock.transport() }), 0n);
});
