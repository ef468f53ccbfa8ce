/** For tests: lines, an engine and the Nchf door, and a packet core that uses the lines over real sockets. */
import assert from 'node:assert/strict';
import { type NchfDoor, type NchfOptions, type NchfPeer, openNchf } from '#channels/nchf';
import {
  type ChargingEngine,
  createChargingEngine,
  nameReference,
  openSessionsOfLine,
  reconcileChargingOfAll,
  replacedBy,
} from '#domain/charging';
import { linkSim, stockSim } from '#domain/sims';
import { parseStatement } from '#platform/database';
import { createLog } from '#platform/log';
import { type CoreProfile, type PacketCoreOptions, type PacketCoreSimulator, startPacketCore } from '#simulators/packet-core';
import { activeLine, allowed, checkInvariants, drainOutbox, type newLine, type TestHouse, testHouse } from '#tests/house';

const CORE = 'smf.5gc.example';
const log = createLog(2, 'silent');

export type NchfLine = Awaited<ReturnType<typeof activeLine>> & { readonly imsi: string };

export type NchfScene = {
  readonly house: TestHouse;
  readonly engine: ChargingEngine;
  readonly door: NchfDoor;
  readonly core: PacketCoreSimulator;
  readonly lines: readonly NchfLine[];
};

export type NchfWish = {
  readonly profile: CoreProfile['code'] & NchfPeer['profile'];
  readonly lines: readonly Parameters<typeof newLine>[1][];
  readonly core?: Partial<PacketCoreOptions>;
  readonly door?: (house: TestHouse) => Partial<NchfOptions>;
  /** Where the core asks in place of the door, given the door's port. */
  readonly through?: (port: number) => Promise<number>;
};

export async function nchfScene(t: Parameters<typeof testHouse>[0], wish: NchfWish): Promise<NchfScene> {
  const house = await testHouse(t);
  const engine = createChargingEngine(house.tools, async () => house.catalog, log);
  t.after(() => engine.close());
  const { profile, through = async (port) => port } = wish;
  const peer: NchfPeer = { originHost: CORE, profile, addresses: ['127.0.0.1'], needsTls: false, requestsMax: 1000, nfInstanceId: null };
  const door = await openNchf({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ peers: () => [peer], engine, clock: house.clock, log },
    nameReference: (beginning) => nameReference(house.database, beginning),
    replacedBy: (session) => replacedBy(house.database, session),
    ...wish.door?.(house),
  });
  t.after(() => door.close());
  const lines = await Promise.all(wish.lines.map((over, index) => lineWithSim(house, over, index)));
  const core = await startPacketCore({
    ...{
      host: '127.0.0.1',
      port: await through(door.ports[0] as number),
      originHost: CORE,
      door: 'nchf',
      profile,
      clock: house.clock,
      log,
    },
    ...{ txMs: 0, startAt: house.clock.transport() },
    subscribers: lines.map(({ imsi }) => ({ imsi, traffic: { kind: 'steady', kbps: 80_000 } })),
    ...wish.core,
  });
  t.after(() => core.close());
  return { house, engine, door, core, lines };
}

async function lineWithSim(house: TestHouse, over: Parameters<typeof newLine>[1], index: number): Promise<NchfLine> {
  const imsi = `31026000000000${index}`;
  const line = await activeLine(house, over);
  const sim = { iccid: luhn(`890126000000000000${index}`), imsi, activationCode: `A${index}` };
  await house.database.transaction(async (tx) => {
    allowed(await stockSim(tx, sim));
    await linkSim(tx, { ...line, iccid: sim.iccid, at: house.clock.business() });
  });
  return { ...line, imsi };
}

function luhn(digits: string): string {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const doubled = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Both move together: the engine measures a session's pace by its own clock. */
export async function play({ house, core }: NchfScene, seconds: number, until: () => boolean = () => false): Promise<void> {
  for (let second = 0; second < seconds && !until(); second += 1) {
    house.clock.advance(1000);
    await core.core.advance(1000);
  }
}

const usedOf = parseStatement(
  'test.nchf-core-used',
  `select coalesce(sum(used), 0)::int8 as used, coalesce(sum(lost), 0)::int8 as lost,
     coalesce(sum((select coalesce(sum(one), 0) from unnest(quantities) as one)), 0)::int8 as posted
   from charging.request where slot = :slot and account_id = :account_id`,
);

/** All sessions ended: the books say of each line what the core let through, and where it went. */
export async function assertNchfBooks({ house, core, lines }: NchfScene): Promise<void> {
  await core.core.stopAll();
  for (const line of lines) {
    const { used, lost, posted } = (await house.database.one(usedOf, { slot: line.slot, accountId: line.accountId })) as Record<
      'used' | 'lost' | 'posted',
      bigint
    >;
    const { passed, reported, unknown } = core.state().sessions.find(({ imsi }) => imsi === line.imsi) ?? {};
    assert.deepEqual({ used: Number(used), reported, unknown }, { used: passed, reported: passed, unknown: 0 }, line.imsi);
    assert.equal(used, posted + lost, 'what was used came from allowances, or is lost');
    assert.deepEqual(await openSessionsOfLine(house.database, line), [], 'no session is open');
  }
  await drainOutbox(house);
  await checkInvariants(house);
  assert.deepEqual(await reconcileChargingOfAll(house.database), []);
}
