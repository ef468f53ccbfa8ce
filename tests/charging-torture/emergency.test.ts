/** The emergency quota against a real PostgreSQL that is killed and started again. */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import {
  type ChargingRequest,
  createChargingEngine,
  createEmergencyEngine,
  type EmergencyEngine,
  type EmergencyLimits,
  endSilentSessions,
  isReachable,
  type KeptEntry,
  PROFILES,
  reconcileChargingOfAll,
} from '#domain/charging';
import { HOUR_MS } from '#platform/clock';
import { type JournalFile, openJournal } from '#platform/journal';
import { createLog } from '#platform/log';
import type { House } from '../../apps/house/index.ts';
import { SHORT } from './options.ts';
import { type ChargingWorld, startWorld, withHouse } from './start-world.ts';

const MB = 1_000_000n;
const LIMITS: EmergencyLimits = { grant: 5n * MB, lineADay: 20n * MB, nodeADay: 1_000n * MB, validitySeconds: 60 };
const log = createLog(2, 'silent');
const ITEM = { ratingGroup: 10, serviceIdentifier: null };
let world: ChargingWorld;
let sessions = 0;

before(async () => {
  world = await startWorld({ ...SHORT, lines: 9, nodes: 0 }, () => {});
});
after(() => world.stop(false));

type Asking = (operation: 'begin' | 'update' | 'end', used?: bigint) => ReturnType<EmergencyEngine['charge']>;

/** A session of a line, asking in order; `last` is what it asked last. */
function session(engine: Pick<EmergencyEngine, 'charge'>, line: number) {
  sessions += 1;
  const reference = `smf;${sessions}`;
  let number = -1n;
  const told: { last?: ChargingRequest } = {};
  const ask: Asking = (operation, used) => {
    number += 1n;
    told.last = {
      ...{ peer: 'smf.example', profile: PROFILES.standard, reference, operation, key: `${operation}:${number}`, number },
      ...{ contentHash: Buffer.alloc(16, Number(number)), line: { imsi: world.lines[line]?.imsi ?? '' }, kind: 'data' },
      items: [{ ...ITEM, ...(operation === 'end' ? {} : { asked: null }), ...(used === undefined ? {} : { used }) }],
    };
    return engine.charge(told.last);
  };
  return { reference, ask, told };
}

async function emergency(house: House, name: string, openFile?: (path: string) => Promise<JournalFile>): Promise<EmergencyEngine> {
  const { tools } = house;
  const opened = await openJournal<KeptEntry>(join(world.folder, name), {
    octetsMax: 1 << 20,
    ...(openFile === undefined ? {} : { openFile }),
  });
  return createEmergencyEngine({
    engine: createChargingEngine(tools, async () => house.catalog.latest(), log, { waitMsMax: 2_000 }),
    ...{ opened, limits: LIMITS, clock: tools.clock, log, isReachable: () => isReachable(tools.database, 500) },
  });
}

/** Kills the database for the length of `work`; it answers again when this resolves. */
async function whileAway<T>(house: House, work: () => Promise<T>): Promise<T> {
  let done: () => void = () => {};
  const worked = new Promise<void>((resolve) => {
    done = resolve;
  });
  const back = world.postgres.kill(worked);
  while (await isReachable(house.tools.database, 500)) await new Promise((resolve) => setTimeout(resolve, 10));
  try {
    return await work();
  } finally {
    done();
    await back;
    while (!(await isReachable(house.tools.database, 500))) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Until nothing waits any more. */
async function replayAll(engine: EmergencyEngine): Promise<void> {
  while (engine.figures().waiting > 0) await engine.replay();
  await engine.replay();
}

async function bookedOf(reference: string): Promise<string[]> {
  const client = new pg.Client(world.postgres.connection);
  await client.connect();
  const { rows } = await client.query<{ told: string }>(
    `select r.key || ' ' || r.used as told from charging.request r join charging.session s using (slot, account_id, session_id)
     where s.reference = $1 and r.operation <> 'close' order by r.number`,
    [reference],
  );
  await client.end();
  return rows.map(({ told }) => told);
}

async function assertBooks({ tools }: House): Promise<void> {
  const later = { ...tools, clock: { business: () => tools.clock.business(), transport: () => new Date(Date.now() + 3 * HOUR_MS) } };
  await endSilentSessions(later);
  assert.deepEqual(await reconcileChargingOfAll(tools.database), [], 'G2, G3');
}

test('while the database is away a session goes on from the journal; afterwards each use is debited once, under its own key (G8, G1, G3)', () =>
  withHouse(world.connection, async (house) => {
    const engine = await emergency(house, 'goes-on');
    const running = session(engine, 0);
    assert.equal((await running.ask('begin')).result, 'success');
    const fresh = session(engine, 1);
    await whileAway(house, async () => {
      const first = await running.ask('update', 3n * MB);
      assert.equal(first.items[0]?.granted, LIMITS.grant);
      assert.equal(first.items[0]?.validitySeconds, 60);
      const repeated = running.told.last as ChargingRequest;
      assert.deepEqual(await engine.charge(repeated), first, 'the same again, from the journal');
      assert.equal((await fresh.ask('begin')).items[0]?.granted, LIMITS.grant);
      assert.equal((await fresh.ask('update', 2n * MB)).items[0]?.granted, LIMITS.grant);
      assert.equal((await fresh.ask('end', 1n * MB)).result, 'success');
    });
    assert.equal(engine.figures().waiting, 4);
    // Its session's past comes first, whoever asks before the replay.
    assert.equal((await running.ask('update', 4n * MB)).result, 'success');
    const last = running.told.last as ChargingRequest;
    await replayAll(engine);
    assert.deepEqual(await bookedOf(running.reference), ['begin:0 0', 'update:1 3000000', 'update:2 4000000']);
    assert.deepEqual(await bookedOf(fresh.reference), ['begin:0 0', 'update:1 2000000', 'end:2 1000000']);
    assert.equal((await engine.charge(last)).result, 'success');
    const { answered, replayed, waiting } = engine.figures();
    // Known to be away for a moment longer than it was, the last may have come from the journal too.
    assert.deepEqual({ replayed, waiting }, { replayed: answered, waiting: 0 });
    await assertBooks(house);
    await engine.close();
  }));

test('a node that dies with its journal goes on with it after its restart, torn at the tail or not, and charges nothing twice (G8)', () =>
  withHouse(world.connection, async (house) => {
    const first = await emergency(house, 'restarted');
    const asked = session(first, 2);
    await whileAway(house, async () => {
      assert.equal((await asked.ask('begin')).items[0]?.granted, LIMITS.grant);
      assert.equal((await asked.ask('update', 4n * MB)).items[0]?.granted, LIMITS.grant);
    });
    const given = first.figures().todayOctets;
    await first.close();
    appendFileSync(join(world.folder, 'restarted'), 'deadbeef {"kind":"answer","requ');
    const second = await emergency(house, 'restarted');
    assert.deepEqual([second.figures().waiting, second.figures().todayOctets], [2, given]);
    await replayAll(second);
    await second.close();
    // Killed after the replay and before the journal was emptied: the same once more.
    const third = await emergency(house, 'restarted');
    assert.deepEqual([third.figures().waiting, third.figures().todayOctets], [0, given], 'what was given today still counts');
    await third.close();
    assert.deepEqual(await bookedOf(asked.reference), ['begin:0 0', 'update:1 4000000']);
    await assertBooks(house);
  }));

test('a journal that is replayed twice debits once (G1)', () =>
  withHouse(world.connection, async (house) => {
    const engine = await emergency(house, 'twice');
    const asked = session(engine, 3);
    await whileAway(house, () => asked.ask('begin'));
    await engine.close();
    const path = join(world.folder, 'twice');
    const kept = readFileSync(path);
    for (let life = 0; life < 2; life += 1) {
      writeFileSync(path, kept);
      const again = await emergency(house, 'twice');
      await replayAll(again);
      await again.close();
    }
    assert.deepEqual(await bookedOf(asked.reference), ['begin:0 0']);
    await assertBooks(house);
  }));

test('a line gets no more than its cap, and its use is taken down all the same; a line that was refused gets nothing', () =>
  withHouse(world.connection, async (house) => {
    const engine = await emergency(house, 'caps');
    const asked = session(engine, 4);
    const stranger = session(engine, 99);
    assert.equal((await stranger.ask('begin')).result, 'user_unknown');
    await whileAway(house, async () => {
      await asked.ask('begin');
      for (const used of [5n * MB, 5n * MB, 5n * MB]) assert.equal((await asked.ask('update', used)).items[0]?.result, 'success');
      assert.equal((await asked.ask('update', 5n * MB)).items[0]?.result, 'credit_limit_reached', '20 MB are given');
      assert.equal((await session(engine, 4).ask('begin')).result, 'busy', 'and not by another session either');
      assert.equal((await session(engine, 99).ask('begin')).result, 'busy');
    });
    await replayAll(engine);
    assert.deepEqual((await bookedOf(asked.reference)).length, 5);
    await assertBooks(house);
    await engine.close();
  }));

test('no room on the journal’s disk: no emergency quota; and off, there is none (G8)', () =>
  withHouse(world.connection, async (house) => {
    let isFull = true;
    const engine = await emergency(house, 'full', async (path) => {
      const file = await open(path, 'a');
      return {
        async appendFile(text) {
          await file.appendFile(isFull ? text.slice(0, 20) : text);
          if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        },
        datasync: () => file.datasync(),
        truncate: (octets) => file.truncate(octets),
        close: () => file.close(),
      };
    });
    const plain = createChargingEngine(house.tools, async () => house.catalog.latest(), log, { waitMsMax: 2_000 });
    const asked = session(engine, 5);
    await whileAway(house, async () => {
      assert.equal((await session(plain, 6).ask('begin')).result, 'busy');
      assert.equal((await asked.ask('begin')).result, 'busy');
      isFull = false;
      assert.equal((await session(engine, 5).ask('begin')).items[0]?.granted, LIMITS.grant, 'with room again, it gives again');
    });
    await replayAll(engine);
    await assertBooks(house);
    await Promise.all([engine.close(), plain.close()]);
  }));
