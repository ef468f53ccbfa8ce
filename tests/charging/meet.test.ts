import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChargingEngine, type ChargingRequest, createChargingEngine, endSilentSessions, PROFILES } from '#domain/charging';
import { createIdMint } from '#platform/ids';
import { buy, RENEW, stateOf } from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import type { Playing } from './ask-scenario.ts';
import { type ChargingHouse, chargingHouse, itemOf, MB } from './example-charging.ts';
import { ledgerOf, openScenario } from './play-scenario.ts';
import { withScenarioTerms } from './scenario-terms.ts';

type Meeting = {
  readonly house: ChargingHouse;
  readonly playing: Playing;
  readonly nodes: readonly [ChargingEngine, ChargingEngine];
  readonly failures: unknown[];
};
type Context = Parameters<typeof chargingHouse>[0];

/** A line, and two nodes that know nothing of each other. */
async function twoNodes(t: Context, plan: string, topUp?: bigint): Promise<Meeting> {
  const house = await chargingHouse(t, {}, withScenarioTerms);
  const lines = [{ plan, ...(topUp === undefined ? {} : { topUp }) }];
  const playing = await openScenario(house, { lines, market: 'US', peer: 'standard' });
  const { tools, catalog } = house.test;
  const mintId = createIdMint(() => tools.clock.transport().getTime(), 1000);
  const failures: unknown[] = [];
  const other = createChargingEngine({ ...tools, mintId }, async () => catalog, { error: (facts: unknown) => failures.push(facts) });
  t.after(() => other.close());
  return { house, playing, nodes: [house.engine, other], failures };
}

function request(
  { playing }: Meeting,
  operation: 'begin' | 'update' | 'end',
  number: bigint,
  used?: bigint,
  reference = 'smf;1',
): ChargingRequest {
  const [line] = playing.lines;
  const item = { ratingGroup: 10, serviceIdentifier: null };
  return {
    ...{ peer: 'smf.example', profile: PROFILES.standard, reference, operation, key: `${operation}:${number}`, number, kind: 'data' },
    contentHash: Buffer.alloc(16),
    line: { number: line?.number ?? '' },
    items: [{ ...item, ...(operation === 'end' ? {} : { asked: null }), ...(used === undefined ? {} : { used }) }],
  };
}

function meet<const Results extends readonly unknown[]>(
  { house, playing }: Meeting,
  works: { readonly [Place in keyof Results]: () => Promise<Results[Place]> },
): Promise<Results> {
  const [line] = playing.lines;
  assert.ok(line);
  return meetOn(house.test.database, ofAccount(line), works);
}

test('a request and its retransmission on another node get one answer, and debit once (G1)', async (t) => {
  const meeting = await twoNodes(t, 'small');
  const [one, other] = meeting.nodes;
  await one.charge(request(meeting, 'begin', 0n));
  const update = request(meeting, 'update', 1n, 3n * MB);
  const [first, second] = await meet(meeting, [() => one.charge(update), () => other.charge(update)]);
  assert.deepEqual(first, second);
  assert.match(await ledgerOf(meeting.playing), /data 3\+\d+\/100/);
  await meeting.house.end();
});

test('a session begun twice at once on two nodes begins once, and holds once (G1)', async (t) => {
  const meeting = await twoNodes(t, 'small');
  const [one, other] = meeting.nodes;
  const begin = request(meeting, 'begin', 0n);
  const [first, second] = await meet(meeting, [() => one.charge(begin), () => other.charge(begin)]);
  assert.deepEqual(first, second);
  assert.equal(await ledgerOf(meeting.playing), 'active; data 0+5/100');
  await meeting.house.end();
});

test('two sessions that meet on one balance hold together no more than there is (G2)', async (t) => {
  const meeting = await twoNodes(t, 'payg', 500n);
  const [one, other] = meeting.nodes;
  await one.charge(request(meeting, 'begin', 0n, undefined, 'spender'));
  await one.charge(request(meeting, 'end', 1n, 499n * MB, 'spender'));
  const begin = (reference: string) => request(meeting, 'begin', 0n, undefined, reference);
  const answers = await meet(meeting, [() => one.charge(begin('a')), () => other.charge(begin('b'))]);
  assert.deepEqual(answers.map((answer) => itemOf(answer).result).sort(), ['credit_limit_reached', 'success']);
  assert.equal(await ledgerOf(meeting.playing), 'active; money 1+1');
  await meeting.house.end();
});

test('a renewal that meets a debit: the use is debited to what held it, and what was bought is whole [BUY-3]', async (t) => {
  const meeting = await twoNodes(t, 'small');
  const [one] = meeting.nodes;
  const [line] = meeting.playing.lines;
  assert.ok(line);
  await one.charge(request(meeting, 'begin', 0n));
  await meet(meeting, [() => one.charge(request(meeting, 'update', 1n, 100n * MB)), () => buy(meeting.house.test, line, [RENEW])]);
  assert.equal((await stateOf(meeting.house.test, line)).line.state, 'active');
  await one.charge(request(meeting, 'end', 2n, 1n * MB));
  assert.equal(await ledgerOf(meeting.playing), 'active; data 100+0/100; data 1+0/100');
  await meeting.house.end();
});

test('an end that meets our own closing is debited once, whoever comes first (G5)', async (t) => {
  const meeting = await twoNodes(t, 'small');
  const [one] = meeting.nodes;
  const { tools, clock } = meeting.house.test;
  await one.charge(request(meeting, 'begin', 0n));
  clock.advance(3 * 3_600_000);
  const [ended, answer] = await meet(meeting, [() => endSilentSessions(tools), () => one.charge(request(meeting, 'end', 1n, 2n * MB))]);
  assert.deepEqual(
    ended.map(({ reason }) => reason),
    ['silent'],
  );
  assert.equal(answer.result, 'success');
  assert.equal(await ledgerOf(meeting.playing), 'active; data 2+0/100');
  await meeting.house.end();
});

test('what a node knows of an account is good until another node has charged it: held, used and number are the last ones', async (t) => {
  const meeting = await twoNodes(t, 'small');
  const [one, other] = meeting.nodes;
  const { clock } = meeting.house.test;
  await one.charge(request(meeting, 'begin', 0n));
  for (let number = 1n; number <= 6n; number += 1n) {
    // Faster and faster, so that no two grants are alike.
    clock.advance(10_000);
    const node = number % 3n === 0n ? other : one;
    assert.equal((await node.charge(request(meeting, 'update', number, number * MB))).result, 'success');
    await meeting.house.end();
  }
  await other.charge(request(meeting, 'end', 7n, 0n));
  assert.equal(await ledgerOf(meeting.playing), 'active; data 21+0/100');
  await meeting.house.end();
});

test('what a node knows of an account is good until somebody buys: the next quota is of the pack that ends sooner [BUY-1]', async (t) => {
  const meeting = await twoNodes(t, 'small');
  const [one] = meeting.nodes;
  const [line] = meeting.playing.lines;
  assert.ok(line);
  await one.charge(request(meeting, 'begin', 0n));
  await one.charge(request(meeting, 'update', 1n, 2n * MB));
  await buy(meeting.house.test, line, [{ kind: 'pack', product: 'pack-50' }]);
  await one.charge(request(meeting, 'update', 2n, 1n * MB));
  assert.equal(await ledgerOf(meeting.playing), 'active; data 3+0/100; data 0+5/50');
  await one.charge(request(meeting, 'end', 3n, 0n));
  await meeting.house.end();
});

test('another node that hears of three sessions of one account at once knows each allowance once (G2)', async (t) => {
  const meeting = await twoNodes(t, 'small');
  const [one, other] = meeting.nodes;
  const references = ['smf;1', 'smf;2', 'smf;3'];
  for (const reference of references) await one.charge(request(meeting, 'begin', 0n, undefined, reference));
  const answers = await Promise.all(
    references.map((reference, index) => other.charge(request(meeting, 'update', 1n, index === 0 ? 150n * MB : 0n, reference))),
  );
  assert.deepEqual(meeting.failures, []);
  assert.deepEqual([...new Set(answers.map(({ result }) => result))], ['success']);
  assert.match(await ledgerOf(meeting.playing), /data 90\+[\d.]+\/100; lost 60/);
  await meeting.house.end();
});
