import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAllowances } from '#domain/allowances';
import { type ChargingAnswer, type ChargingEngine, type ChargingRequest, createChargingEngine, PROFILES } from '#domain/charging';
import { createIdMint } from '#platform/ids';
import type { Playing } from './ask-scenario.ts';
import { type ChargingHouse, chargingHouse } from './example-charging.ts';
import { openScenario } from './play-scenario.ts';
import { withScenarioTerms } from './scenario-terms.ts';

/** What the network does to one request: how often it arrives, at which node first, and how many later ones overtake it. */
type Fate = { readonly arrives: number; readonly node: number; readonly overtakenBy: number; readonly octets: number };
type Life = { readonly plan: number; readonly ends: boolean; readonly fates: readonly Fate[] };

const fate: fc.Arbitrary<Fate> = fc.record({
  arrives: fc.integer({ min: 0, max: 3 }),
  node: fc.integer({ min: 0, max: 1 }),
  overtakenBy: fc.integer({ min: 0, max: 3 }),
  octets: fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 40_000_000 })),
});
const lives: fc.Arbitrary<Life[]> = fc.array(
  fc.record({ plan: fc.integer({ min: 0, max: 2 }), ends: fc.boolean(), fates: fc.array(fate, { minLength: 1, maxLength: 6 }) }),
  { minLength: 2, maxLength: 8 },
);

/** The client's own ledger: what it reported, each report once, of sessions whose beginning was answered. */
type Seen = { readonly reported: Map<string, bigint>; readonly answers: Map<string, ChargingAnswer> };

test('whatever is lost, repeated, overtaken or sent to another node: each report is debited once (G1, G3, G4, L9)', async (t) => {
  const house = await chargingHouse(t, {}, withScenarioTerms);
  const { tools, catalog } = house.test;
  const mintId = createIdMint(() => tools.clock.transport().getTime(), 1000);
  const errors: unknown[] = [];
  const other = createChargingEngine({ ...tools, mintId }, async () => catalog, { error: (facts: unknown) => errors.push(facts) });
  t.after(() => other.close());
  const nodes = [house.engine, other];
  let round = 0;
  await fc.assert(
    fc.asyncProperty(lives, async (all) => {
      round += 1;
      await playRound(house, nodes, all, round);
    }),
    { numRuns: 12, seed: 20_261_121, endOnFailure: true },
  );
  assert.deepEqual(errors, []);
  await house.end();
});

async function playRound(house: ChargingHouse, nodes: readonly ChargingEngine[], all: readonly Life[], round: number): Promise<void> {
  const lines = [[{ plan: 'small' }], [{ plan: 'payg', topUp: 20_000n }], [{ plan: 'family' }, { plan: 'member' }]];
  const playings: Playing[] = [];
  for (const owned of lines) playings.push(await openScenario(house, { lines: owned, market: 'US', peer: 'standard' }));
  const seen = playings.map((): Seen => ({ reported: new Map(), answers: new Map() }));
  await Promise.all(
    all.map((life, index) => {
      const playing = playings[life.plan];
      const one = seen[life.plan];
      assert.ok(playing !== undefined && one !== undefined);
      return live(nodes, playing, life, `round-${round};${index}`, one);
    }),
  );
  for (const [index, playing] of playings.entries()) {
    const one = seen[index];
    assert.ok(one);
    await checkLedger(house, playing, one, index === 1);
  }
}

async function live(
  nodes: readonly ChargingEngine[],
  playing: Playing,
  { ends, fates }: Life,
  reference: string,
  seen: Seen,
): Promise<void> {
  const line = playing.lines[reference.length % playing.lines.length];
  assert.ok(line);
  const base = {
    ...{ peer: 'smf.example', profile: PROFILES.standard, reference, line: { number: line.number }, kind: 'data' as const },
    contentHash: Buffer.alloc(16),
  };
  const requests = fates.map(({ octets }, index): ChargingRequest => {
    const operation = ends && index === fates.length - 1 ? 'end' : 'update';
    const item = { ratingGroup: 10, serviceIdentifier: null, used: BigInt(octets), ...(operation === 'end' ? {} : { asked: null }) };
    return { ...base, operation, number: BigInt(index + 1), key: `${operation}:${index + 1}`, items: [item] };
  });
  const send = async (request: ChargingRequest, node: number) => {
    const answer = await nodes[node % 2]?.charge(request);
    assert.ok(answer !== undefined && answer.result !== 'busy', 'nothing is too much here');
    const name = `${reference}/${request.key}`;
    const before = seen.answers.get(name);
    if (before !== undefined) assert.deepEqual(answer, before, 'the same request gets the same answer (G1)');
    seen.answers.set(name, answer);
    const [item] = request.items;
    if (item?.used !== undefined) seen.reported.set(name, item.used);
  };
  const begin: ChargingRequest = {
    ...base,
    operation: 'begin',
    number: 0n,
    key: 'begin:0',
    items: [{ ratingGroup: 10, serviceIdentifier: null, asked: null }],
  };
  await Promise.all([send(begin, 0), send(begin, 1)]);
  // Each arrives after those that overtake it, and again at the other node; what never arrived is sent once at the very end, or never.
  const order = requests.map((request, index) => ({
    request,
    fate: fates[index] as Fate,
    at: index + (fates[index]?.overtakenBy ?? 0) * 1.5,
  }));
  order.sort((one, two) => one.at - two.at);
  for (const { request, fate: one } of order)
    await Promise.all(Array.from({ length: one.arrives }, (_, time) => send(request, one.node + time)));
  await Promise.all(order.filter(({ fate: one }) => one.arrives === 0 && one.node === 1).map(({ request }) => send(request, 0)));
}

/** By the client's ledger alone: octets add up, and money is each session's own total, rounded up once. */
async function checkLedger(house: ChargingHouse, { lines }: Playing, { reported }: Seen, pays: boolean): Promise<void> {
  const [line] = lines;
  assert.ok(line);
  const { slot, accountId } = line;
  const total = [...reported.values()].reduce((sum, used) => sum + used, 0n);
  const allowances = await readAllowances(house.test.database, { slot, accountId, at: new Date(0) });
  const covered = allowances.reduce((sum, { used }) => sum + used, 0n);
  for (const { granted, used, reserved, forfeited } of allowances)
    assert.ok(granted === null || used + reserved + forfeited <= granted, 'no more is used and held than was granted (G2)');
  const booked = await house.booked(line);
  assert.equal(booked.used, total, 'what requests say was used is what was reported (G3)');
  assert.equal(covered + booked.paid + booked.lost, total, 'each octet is covered, paid or lost, once (G3, G4)');
  if (!pays) return;
  const bySession = Map.groupBy(reported, ([name]) => name.split('/')[0]);
  const due = [...bySession.values()].reduce((sum, reports) => sum + centsOf(reports.reduce((octets, [, used]) => octets + used, 0n)), 0n);
  const { balance } = await house.balance(line);
  assert.equal(20_000n - balance, due, 'any split of a use costs the same (L9)');
}

function centsOf(octets: bigint): bigint {
  return (octets + 999_999n) / 1_000_000n;
}
