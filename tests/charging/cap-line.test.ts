import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAllowances, shareOf } from '#domain/allowances';
import { createChargingEngine, PROFILES, reconcileSharesOfAll } from '#domain/charging';
import { readHappenings } from '#domain/lines';
import { capLine, joinLine } from '#domain/orders';
import { readEntries } from '#domain/records';
import { parseStatement } from '#platform/database';
import { createIdMint } from '#platform/ids';
import { activeLine, allowed, GUEST, newPerson, OPERATOR, refusal, stateOf } from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import type { PlayedLine, Playing } from './ask-scenario.ts';
import { type ChargingHouse, chargingHouse, exampleSession, grantOf, MB } from './example-charging.ts';
import { ledgerOf, openScenario } from './play-scenario.ts';
import { withScenarioTerms } from './scenario-terms.ts';

/** So little is granted whole, and not in parts that grow smaller towards the end. */
const LITTLE = PROFILES.standard.data.floor;

type Family = { readonly house: ChargingHouse; readonly playing: Playing; readonly parent: PlayedLine; readonly child: PlayedLine };

/** A parent whose plan shares 100 MB, and a child with 30 MB of its own, used up by now. */
async function family(t: Parameters<typeof chargingHouse>[0]): Promise<Family> {
  const house = await chargingHouse(t, {}, withScenarioTerms);
  const playing = await openScenario(house, { lines: [{ plan: 'family' }, { plan: 'member' }], market: 'US', peer: 'standard' });
  const [parent, child] = playing.lines;
  assert.ok(parent && child);
  const session = house.session(child);
  await session.begin();
  await session.end(30n * MB);
  return { house, playing, parent, child };
}

async function shareIn({ house, child }: Family) {
  const { slot, accountId, lineId } = child;
  const all = await readAllowances(house.test.database, { slot, accountId, at: house.test.clock.business() });
  const shared = all.find((one) => one.lineId === null);
  assert.ok(shared);
  return shareOf(shared, lineId);
}

test('two sessions of a capped line that meet on two nodes hold together no more than its cap [SIM-4]', async (t) => {
  const one = await family(t);
  const { house, child, playing, parent } = one;
  const { tools, catalog, database } = house.test;
  allowed(await capLine(house.test.house, OPERATOR, { number: child.number, octets: LITTLE, reason: 'a child' }));
  const mintId = createIdMint(() => tools.clock.transport().getTime(), 1000);
  const other = createChargingEngine({ ...tools, mintId }, async () => catalog, { error: (facts: unknown) => console.error(facts) });
  t.after(() => other.close());
  const sessions = [exampleSession(house.engine, child), exampleSession(other, child)] as const;
  const answers = await meetOn(database, ofAccount(child), [() => sessions[0].begin(), () => sessions[1].begin()]);
  // On a loaded machine the second may come to the account first: whoever does is served, and the other is not.
  const granted = answers.map(grantOf);
  assert.deepEqual(granted.map(String).toSorted(), [`${LITTLE}`, 'credit_limit_reached']);
  assert.deepEqual(await shareIn(one), { cap: LITTLE, used: 0n, reserved: LITTLE });
  assert.notEqual(grantOf(await exampleSession(other, parent).begin()), 'credit_limit_reached', 'the others go on');
  await sessions[granted[0] === LITTLE ? 0 : 1].end(LITTLE);
  assert.deepEqual(await shareIn(one), { cap: LITTLE, used: LITTLE, reserved: 0n });
  assert.match(await ledgerOf(playing), /^active,/);
  await house.end();
});

test('a cap that meets a request: what the request took before it is counted [SIM-4]', async (t) => {
  const one = await family(t);
  const { house, child } = one;
  const session = house.session(child);
  const [granted] = await meetOn(house.test.database, ofAccount(child), [
    () => session.begin(),
    () => capLine(house.test.house, OPERATOR, { number: child.number, octets: MB, reason: 'a child' }),
  ]);
  assert.deepEqual(await shareIn(one), { cap: MB, used: 0n, reserved: grantOf(granted) });
  assert.equal(grantOf(await session.update(MB)), 'credit_limit_reached');
  assert.deepEqual(await shareIn(one), { cap: MB, used: MB, reserved: 0n });
  await house.end();
});

test('only the owner of an account caps its lines, and each change is written down [SIM-4] (S1)', async (t) => {
  const one = await family(t);
  const { house, child } = one;
  const { test } = house;
  const owner = await newPerson(test, child);
  const user = await newPerson(test, child, 'user');
  const cap = (asker: Parameters<typeof capLine>[1], octets: bigint | null) =>
    capLine(test.house, asker, { number: child.number, octets, reason: 'a child' });
  const as = ({ personId }: { personId: bigint }) => ({ kind: 'person', personId, source: 'test' }) as const;
  assert.equal(refusal(await cap(GUEST, 5n * MB)), 'access.not_allowed');
  assert.equal(refusal(await cap(as(user), 5n * MB)), 'access.not_allowed');
  assert.deepEqual(await cap(as(owner), 5n * MB), { octetsBefore: null });
  assert.deepEqual(await cap(as(owner), 5n * MB), { octetsBefore: 5n * MB }, 'asked again, it is done');
  assert.deepEqual(await cap(OPERATOR, null), { octetsBefore: 5n * MB });
  const entries = (await readEntries(test.database, child)).filter(({ action }) => action === 'orders.cap_line');
  assert.deepEqual(
    entries.map(({ subject, before, after }) => ({ subject, before, after })),
    [
      { subject: child.number, before: { octets: null }, after: { octets: 5n * MB } },
      { subject: child.number, before: { octets: 5n * MB }, after: { octets: null } },
    ],
  );
  assert.equal(refusal(await capLine(test.house, OPERATOR, { number: '+12065550000', octets: null, reason: '' })), 'lines.not_found');
  await house.end();
});

test('a line that came to the end of its share is stopped by its plan, and goes on when its cap is raised [SIM-4] [LIFE-1]', async (t) => {
  const { house, child, parent } = await family(t);
  const cap = (octets: bigint) => capLine(house.test.house, OPERATOR, { number: child.number, octets, reason: 'a child' });
  allowed(await cap(5n * MB));
  const session = house.session(child);
  await session.begin();
  assert.equal(grantOf(await session.update(5n * MB)), 'credit_limit_reached');
  assert.equal((await stateOf(house.test, child)).line.state, 'stopped');
  assert.equal((await stateOf(house.test, parent)).line.state, 'active');
  allowed(await cap(5n * MB + LITTLE));
  assert.equal((await stateOf(house.test, child)).line.state, 'active');
  assert.equal((await readHappenings(house.test.database, child)).at(-1)?.event, 'replenish');
  assert.equal(grantOf(await session.update(0n)), LITTLE);
  await session.end(LITTLE);
  await house.end();
});

const readExhausted = parseStatement(
  'test.exhausted',
  "select (payload ->> 'capReached')::boolean as cap_reached from outbox.event where kind = 'lines.exhausted' order by event_id",
);

test('the news of a line at its cap is of its share; once all that is shared is used up, it is of the data [SIM-4, LIFE-3]', async (t) => {
  const { house, child, parent } = await family(t);
  const news = async () =>
    (await house.test.database.query(readExhausted, {})).map((row) => (row as { capReached: boolean | null }).capReached);
  allowed(await capLine(house.test.house, OPERATOR, { number: child.number, octets: 5n * MB, reason: 'a child' }));
  const session = house.session(child);
  await session.begin();
  await session.end(5n * MB);
  assert.deepEqual(await news(), [true]);
  const others = house.session(parent);
  await others.begin();
  await others.end(95n * MB);
  assert.deepEqual(await news(), [true, null]);
  await house.end();
});

test('a line that leaves its account leaves its cap behind [SIM-4]', async (t) => {
  const one = await family(t);
  const { house, child } = one;
  allowed(await capLine(house.test.house, OPERATOR, { number: child.number, octets: 5n * MB, reason: 'a child' }));
  const { slot, accountId } = await activeLine(house.test);
  allowed(await joinLine(house.test.house, OPERATOR, { number: child.number, to: { slot, accountId }, reason: 'moves out' }));
  assert.equal(await shareIn(one), undefined);
  await house.end();
});

test('a share that differs from what its line used and holds is found [SIM-4]', async (t) => {
  const { house, child } = await family(t);
  allowed(await capLine(house.test.house, OPERATOR, { number: child.number, octets: 50n * MB, reason: 'a child' }));
  const session = house.session(child);
  await session.begin();
  await session.update(3n * MB);
  const { database } = house.test;
  assert.deepEqual(await reconcileSharesOfAll(database), []);
  await database.query(parseStatement('test.wrong-share', 'update allowances.line_share set used = used + 1, reserved = reserved - 1'), {});
  const [found] = await reconcileSharesOfAll(database);
  assert.ok(found);
  assert.deepEqual([found.lineId, found.used - found.posted, found.reserved - found.held], [child.lineId, 1n, -1n]);
});
