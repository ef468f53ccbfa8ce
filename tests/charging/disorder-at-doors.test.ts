/**
 * The packet core in disorder, at two nodes' doors at once: lost, repeated, overtaken, told again under another number. A model that
 * hears only what was sent and answered judges each row.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type GyDoor, openGy } from '#channels/gy';
import { createChargingEngine, endSilentSessions, enquireCharge, noteOriginState, savePeer } from '#domain/charging';
import { readAccount } from '#domain/ledger';
import { linkSim, stockSim } from '#domain/sims';
import { HOUR_MS } from '#platform/clock';
import { createIdMint } from '#platform/ids';
import { createLog } from '#platform/log';
import { type CoreProfile, type Disorder, PacketCore } from '#simulators/packet-core';
import { createModel, judge, type TorturedLine } from '#tests/charging-torture';
import { allowed, buy, newLine, RENEW, stateOf, type TestHouse, testHouse, topUp } from '#tests/house';

const log = createLog(2, 'silent');
const percent = (max: number) => fc.integer({ min: 0, max });
const disorders: fc.Arbitrary<Disorder> = fc.record({
  losePercent: percent(25),
  loseAnswerPercent: percent(25),
  repeatPercent: percent(40),
  repeatLatePercent: percent(20),
  overtakePercent: percent(20),
  renumberPercent: percent(100),
  delayMsMax: percent(3),
  flagPercent: percent(100),
});
const runs = fc.record({
  disorder: disorders,
  profile: fc.constantFrom('standard' as const, 'open5gs' as const),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  kbps: fc.integer({ min: 500, max: 60_000 }),
  crashes: fc.boolean(),
});

const CORE_OF = { standard: 'core-a.example', open5gs: 'core-b.example' } as const;

async function openDoor(house: TestHouse, node: number): Promise<GyDoor> {
  const { tools, clock, catalog } = house;
  const own = { ...tools, mintId: createIdMint(() => clock.transport().getTime(), node * 100) };
  const engine = createChargingEngine(own, async () => catalog, log);
  const terms = { addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false, requestsMax: 1000 };
  const door = await openGy({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ originHost: `ocs${node}.everline.example`, originRealm: 'everline.example', originStateId: 1, engine, clock, log },
    peers: () =>
      Object.entries(CORE_OF).map(([profile, originHost]) => ({ ...terms, originHost, profile: profile as CoreProfile['code'] })),
    enquire: (request) => enquireCharge(own, catalog, request),
    onPeer: (peer) => void noteOriginState(own, peer),
  });
  return { ...door, close: () => door.close().then(() => engine.close()) };
}

async function openLine(house: TestHouse, no: number, plan: TorturedLine['plan']): Promise<TorturedLine> {
  const line = await newLine(house, { plan });
  await buy(house, line, [plan === 'payg' ? topUp(20_000n) : RENEW]);
  const [iccid = '', imsi] = [['8901260000000000006', '8901260000000000014', '8901260000000000022'][no], `31026000000000${no}`];
  await house.tools.database.transaction(async (tx) => {
    allowed(await stockSim(tx, { iccid, imsi, activationCode: `A${no}` }));
    await linkSim(tx, { ...line, iccid, at: house.clock.business() });
  });
  const { number } = (await stateOf(house, line)).line;
  return { ...line, number, imsi, plan, balanceMinor: (await readAccount(house.tools.database, line)).balanceMinor };
}

test('whatever a core does to its requests at two doors: each is booked as it was told, once, and its price is that of the sum (G1-G7, L9)', async (t) => {
  const house = await testHouse(t);
  const { tools, clock } = house;
  for (const [profile, originHost] of Object.entries(CORE_OF)) {
    const terms = { addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false, requestsMax: 1000 };
    const saved = await savePeer(
      tools,
      { ...terms, originHost, profile: profile as CoreProfile['code'] },
      { actor: 'test', reason: 'test' },
    );
    assert.equal(saved, undefined);
  }
  const lines: TorturedLine[] = [];
  for (const [no, plan] of (['day-1gb', 'month-5gb', 'payg'] as const).entries()) lines.push(await openLine(house, no, plan));
  const doors = [await openDoor(house, 1), await openDoor(house, 2)];
  t.after(() => Promise.all(doors.map((door) => door.close())));
  const model = createModel(lines, new Set(lines.map(({ imsi }) => imsi)));
  let happened = { renumbered: 0, overtaken: 0, repeated: 0 };
  await fc.assert(
    fc.asyncProperty(runs, async ({ disorder, profile, seed, kbps, crashes }) => {
      const originHost = CORE_OF[profile];
      const [first, second] = doors.map(({ ports }) => ports[0] ?? 0);
      const core = new PacketCore({
        ...{ host: '127.0.0.1', port: first ?? 0, others: [{ host: '127.0.0.1', port: second ?? 0 }], originHost, profile, clock, log },
        subscribers: lines.map(({ imsi }) => ({ imsi, traffic: { kind: 'steady', kbps } })),
        ...{ seed, startAt: clock.transport(), disorder, txMs: 0, triesMax: 2, ratingGroups: { first: 10, video: 20 } },
        onExchange: (exchange) => model.hear(originHost, exchange),
      });
      await core.connect();
      for (const session of core.sessions) session.start();
      for (let second = 0; second < 40; second += 1) {
        clock.advance(1000);
        for (const session of core.sessions) if ((second + seed) % 3 === 0) session.reauthorise();
        await core.advance(1000);
      }
      const { renumbered, overtaken, repeated } = core.courier.counts;
      happened = {
        renumbered: happened.renumbered + renumbered,
        overtaken: happened.overtaken + overtaken,
        repeated: happened.repeated + repeated,
      };
      if (crashes) await core.crash();
      else await core.close();
      clock.advance(3 * HOUR_MS);
      await endSilentSessions(tools);
      const { wrong } = await judge({ database: tools.database, connection: house.adminConnection, lines }, model);
      assert.deepEqual(wrong, []);
    }),
    { numRuns: 8, seed: 20_261_121, endOnFailure: true },
  );
  assert.ok(
    Object.values(happened).every((count) => count > 0),
    `all of it happened: ${JSON.stringify(happened)}`,
  );
});
