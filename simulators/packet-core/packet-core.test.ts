/** The packet core against the real door, engine and PostgreSQL: what its user plane let through is what the lines have used. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GyDoor, type GyPeer, openGy } from '#channels/gy';
import { createChargingEngine, enquireCharge, openSessionsOfLine, reconcileChargingOfAll } from '#domain/charging';
import { linkSim, stockSim } from '#domain/sims';
import { parseStatement } from '#platform/database';
import { createLog } from '#platform/log';
import {
  activeLine,
  allowed,
  buy,
  checkInvariants,
  drainOutbox,
  type newLine,
  RENEW,
  stateOf,
  type TestHouse,
  testHouse,
} from '#tests/house';
import { type CoreProfile, type PacketCoreOptions, type PacketCoreSimulator, startPacketCore } from './index.ts';

const log = createLog(2, 'silent');
const CORE = 'core.epc.example';
const MB = 1_000_000;

type Line = Awaited<ReturnType<typeof activeLine>> & { readonly imsi: string };
type Scene = { readonly house: TestHouse; readonly door: GyDoor; readonly core: PacketCoreSimulator; readonly lines: readonly Line[] };
type Wish = {
  readonly profile: CoreProfile['code'];
  readonly lines: readonly Parameters<typeof newLine>[1][];
  readonly core?: Partial<PacketCoreOptions>;
  readonly redirectUrl?: string;
};

async function scene(t: Parameters<typeof testHouse>[0], { profile, lines: wished, core: more = {}, redirectUrl }: Wish): Promise<Scene> {
  const house = await testHouse(t);
  const engine = createChargingEngine(house.tools, async () => house.catalog, log);
  t.after(() => engine.close());
  const peer: GyPeer = { originHost: CORE, profile, addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false, requestsMax: 1000 };
  const door = await openGy({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ originHost: 'ocs.everline.example', originRealm: 'everline.example', originStateId: 1 },
    ...{ peers: () => [peer], engine, clock: house.clock, log },
    enquire: (request) => enquireCharge(house.tools, house.catalog, request),
    ...(redirectUrl === undefined ? {} : { redirectUrl }),
  });
  t.after(() => door.close());
  const lines: Line[] = [];
  for (const [index, over] of wished.entries()) {
    const imsi = `31026000000000${index}`;
    const line = await activeLine(house, over);
    const sim = { iccid: luhn(`890126000000000000${index}`), imsi, activationCode: `A${index}` };
    await house.database.transaction(async (tx) => {
      allowed(await stockSim(tx, sim));
      await linkSim(tx, { ...line, iccid: sim.iccid, at: house.clock.business() });
    });
    lines.push({ ...line, imsi });
  }
  const core = await startPacketCore({
    ...{ host: '127.0.0.1', port: door.ports[0] as number, originHost: CORE, profile, clock: house.clock, log, txMs: 0 },
    startAt: house.clock.transport(),
    subscribers: lines.map(({ imsi }) => ({ imsi, traffic: { kind: 'steady', kbps: 80_000 } })),
    ...more,
  });
  t.after(() => core.close());
  return { house, door, core, lines };
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
async function play({ house, core }: Scene, seconds: number, until: () => boolean = () => false): Promise<void> {
  for (let second = 0; second < seconds && !until(); second += 1) {
    house.clock.advance(1000);
    await core.core.advance(1000);
  }
}

type Used = { used: bigint; lost: bigint; posted: bigint };
const usedOf = parseStatement(
  'test.packet-core-used',
  `select coalesce(sum(used), 0)::int8 as used, coalesce(sum(lost), 0)::int8 as lost,
     coalesce(sum((select coalesce(sum(one), 0) from unnest(quantities) as one)), 0)::int8 as posted
   from charging.request where slot = :slot and account_id = :account_id`,
);

/** All sessions ended: the books say of each line what the core let through, and where it went. */
async function assertBooks({ house, core, lines }: Scene): Promise<{ lost: bigint }[]> {
  await core.core.stopAll();
  const found: { lost: bigint }[] = [];
  for (const line of lines) {
    const { used, lost, posted } = (await house.database.one(usedOf, { slot: line.slot, accountId: line.accountId })) as Used;
    const { passed, reported, unknown } = core.state().sessions.find(({ imsi }) => imsi === line.imsi) ?? {};
    assert.deepEqual({ used: Number(used), reported, unknown }, { used: passed, reported: passed, unknown: 0 }, line.imsi);
    assert.equal(used, posted + lost, 'what was used came from allowances, or is lost');
    assert.deepEqual(await openSessionsOfLine(house.database, line), [], 'no session is open');
    found.push({ lost });
  }
  await drainOutbox(house);
  await checkInvariants(house);
  assert.deepEqual(await reconcileChargingOfAll(house.database), []);
  return found;
}

const DAY_PLAN = { plan: 'day-1gb' } as const;

test('a line runs dry to the octet, is refused, and its session goes on by itself after a renewal [LIFE-4, SEE-2]', async (t) => {
  const opened = await scene(t, { profile: 'standard', lines: [DAY_PLAN] });
  const { core, house, lines } = opened;
  const [line] = lines;
  assert.ok(line);
  const session = () => core.state().sessions[0];
  core.core.sessions[0]?.start();
  await play(opened, 400, () => session()?.refused !== null);
  const dry = session();
  assert.equal(dry?.refused?.resultCode, 4012);
  assert.equal(dry?.passed, 1000 * MB, 'a gigabyte was bought, and a gigabyte came through');
  await play(opened, 60);
  assert.equal(session()?.passed, dry.passed, 'nothing more comes through');
  await buy(house, line, [RENEW]);
  await play(opened, 60, () => (session()?.passed ?? 0) > 1100 * MB);
  assert.ok((session()?.passed ?? 0) > 1100 * MB, 'it is back');
  assert.equal(session()?.refused, null);
  const [books] = await assertBooks(opened);
  assert.equal(books?.lost, 0n);
});

test('a core that obeys is back with the request it is asked for, without waiting for its own time [FX-2]', async (t) => {
  const opened = await scene(t, { profile: 'standard', lines: [{}], core: { subscribers: [] } });
  const { door, lines, house } = opened;
  await opened.core.close();
  const [line] = lines;
  assert.ok(line);
  const core = await startPacketCore({
    ...{ host: '127.0.0.1', port: door.ports[0] as number, originHost: CORE, clock: house.clock, log, txMs: 0 },
    subscribers: [{ imsi: line.imsi, traffic: { kind: 'steady', kbps: 800 } }],
  });
  t.after(() => core.close());
  core.core.sessions[0]?.start();
  await core.core.advance(3000);
  const before = core.state().sessions[0];
  await door.reauthorise({ peer: CORE, reference: before?.sessionId ?? '' });
  await new Promise((resolve) => setImmediate(resolve));
  await core.core.settle();
  const after = core.state().sessions[0];
  assert.equal(after?.requests, (before?.requests ?? 0) + 1);
  assert.equal(after?.reported, before?.passed, 'it told what it had used');
  await door.abort({ peer: CORE, reference: before?.sessionId ?? '' });
  await new Promise((resolve) => setImmediate(resolve));
  await core.core.settle();
  assert.equal(core.state().sessions[0]?.phase, 'waiting');
  assert.deepEqual(await openSessionsOfLine(house.database, line), []);
});

test('a line whose last quota is used waits at its renewal page, and is back with the request that follows its renewal [FX-2]', async (t) => {
  const opened = await scene(t, { profile: 'standard', lines: [DAY_PLAN], redirectUrl: 'http://renew.northwind.example/' });
  const { core, door, house, lines } = opened;
  const [line] = lines;
  assert.ok(line);
  const session = () => core.state().sessions[0];
  core.core.sessions[0]?.start();
  await play(opened, 400, () => session()?.services[0]?.state === 'redirected');
  assert.deepEqual([session()?.phase, session()?.passed, session()?.refused], ['open', 1000 * MB, null]);
  await buy(house, line, [RENEW]);
  await door.reauthorise({ peer: CORE, reference: session()?.sessionId ?? '' });
  await new Promise((resolve) => setImmediate(resolve));
  await core.core.settle();
  assert.equal(session()?.services[0]?.state, 'granted', 'in the same session, and no time has passed');
  await play(opened, 3);
  const [books] = await assertBooks(opened);
  assert.equal(books?.lost, 0n);
});

/** What of a stopped line's beginning reaches its phone, and what of it opens. */
async function stoppedBefore(opened: Scene): Promise<PacketCoreSimulator> {
  const { core, house } = opened;
  core.core.sessions[0]?.start();
  await play(opened, 400, () => ['redirected', 'blocked'].includes(core.state().sessions[0]?.services[0]?.state ?? ''));
  await core.core.stopAll();
  await drainOutbox(house);
  return core;
}

test('a line that has stopped already begins at its renewal page, reaches what is free, and is back with its renewal [LIFE-4, FX-2]', async (t) => {
  const redirectUrl = 'http://renew.northwind.example/';
  const opened = await scene(t, { profile: 'standard', lines: [DAY_PLAN], redirectUrl, core: { ratingGroups: { first: 10, portal: 90 } } });
  const { door, house, lines } = opened;
  const [line] = lines;
  assert.ok(line);
  const core = await stoppedBefore(opened);
  assert.equal((await stateOf(house, line)).line.state, 'stopped');
  const session = () => core.state().sessions[0];
  const serviceOf = (group: number) => session()?.services.find(({ ratingGroup }) => ratingGroup === group);
  const before = session()?.passed ?? 0;
  core.core.sessions[0]?.start();
  await play(opened, 30);
  assert.deepEqual([session()?.phase, session()?.refused], ['open', null], 'its session has begun, and nothing was refused');
  assert.deepEqual([serviceOf(10)?.state, serviceOf(10)?.redirectedTo], ['redirected', redirectUrl]);
  assert.equal(serviceOf(90)?.state, 'granted');
  assert.ok((session()?.passed ?? 0) > before, 'the pages come through');
  const [open] = await openSessionsOfLine(house.database, line);
  assert.ok(open, 'a renewal finds it');
  await buy(house, line, [RENEW]);
  await door.reauthorise(open);
  await new Promise((resolve) => setImmediate(resolve));
  await core.core.settle();
  assert.deepEqual([serviceOf(10)?.state, serviceOf(10)?.redirectedTo], ['granted', null], 'in the same session');
  await play(opened, 3);
  await core.core.stopAll();
  await drainOutbox(house);
  await checkInvariants(house);
});

test('without a page, and for a core that takes a final unit for the end, a stopped line’s session is refused as it was [LIFE-4]', async (t) => {
  for (const how of [{ profile: 'standard' }, { profile: 'open5gs', redirectUrl: 'http://renew.northwind.example/' }] as const) {
    const opened = await scene(t, { ...how, lines: [DAY_PLAN] });
    const core = await stoppedBefore(opened);
    core.core.sessions[0]?.start();
    await play(opened, 3);
    const session = core.state().sessions[0];
    assert.deepEqual([session?.phase, session?.refused?.resultCode], ['waiting', 4012], how.profile);
    await core.core.stopAll();
  }
});

test('Open5GS lets through more than it was granted, and what nobody paid for is booked as loss [LIFE-4] (G6)', async (t) => {
  const opened = await scene(t, { profile: 'open5gs', lines: [DAY_PLAN] });
  const { core, door } = opened;
  const [first] = core.core.sessions;
  assert.ok(first);
  // No part of a gigabyte: the last second goes beyond it.
  first.subscriber.traffic = { kind: 'steady', kbps: 77_000 };
  const session = () => core.state().sessions[0];
  core.core.sessions[0]?.start();
  await play(opened, 10);
  const before = session();
  await door.reauthorise({ peer: CORE, reference: before?.sessionId ?? '' });
  await core.core.settle();
  assert.equal(session()?.requests, before?.requests, 'it answers and does nothing');
  await play(opened, 400, () => session()?.refused !== null);
  assert.equal(session()?.refused?.resultCode, 4012);
  await play(opened, 2);
  assert.equal(session()?.phase, 'waiting', 'refused, it tore the session down');
  assert.ok((session()?.passed ?? 0) > 1000 * MB);
  const [books] = await assertBooks(opened);
  assert.equal(Number(books?.lost), (session()?.passed ?? 0) - 1000 * MB);
});

test('lost, repeated, reordered and delayed, with and without the T flag: every octet is debited once (G1, G3, G4)', async (t) => {
  const disorder = {
    ...{ losePercent: 10, loseAnswerPercent: 10, repeatPercent: 15, repeatLatePercent: 15, overtakePercent: 20 },
    ...{ delayMsMax: 3, flagPercent: 50 },
  };
  const opened = await scene(t, {
    profile: 'standard',
    lines: [DAY_PLAN, {}, {}],
    core: { disorder, triesMax: 40, seed: 7, ratingGroups: { first: 10, video: 20 } },
  });
  const { core } = opened;
  for (const session of core.core.sessions) session.start();
  await play(opened, 60);
  // The phones go off and on in between.
  for (const session of core.core.sessions) session.stop();
  await play(opened, 5);
  for (const session of core.core.sessions) session.start();
  await play(opened, 60);
  await assertBooks(opened);
  const { requests } = core.state();
  for (const [what, count] of Object.entries(requests))
    if (!['unanswered', 'answersDiffered', 'renumbered'].includes(what)) assert.ok(count > 0, `${what}: it happened`);
  assert.equal(requests.answersDiffered, 0, 'a repeated request has the same answer');
  assert.equal(requests.unanswered, 0);
});
