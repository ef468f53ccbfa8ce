/** The core's policy function against the real Sy door: speeds come by Diameter, and from nowhere else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GyPeer, openGy } from '#channels/gy';
import { createSy } from '#channels/sy';
import { createChargingEngine, enquireCharge } from '#domain/charging';
import { reportUse } from '#domain/lines';
import { changeWatch, endWatch, openWatch, type Teller, tellWatchersOf } from '#domain/policy';
import { linkSim, stockSim } from '#domain/sims';
import { createLog } from '#platform/log';
import { activeLine, allowed, buy, RENEW, testHouse } from '#tests/house';
import { startPacketCore } from './index.ts';
import { speedOf } from './policy-function.ts';

const log = createLog(2, 'silent');
const CORE = 'core.epc.example';
const IMSI = '310260123456789';

async function scene(t: Parameters<typeof testHouse>[0], profile: GyPeer['profile'] & ('standard' | 'open5gs')) {
  const house = await testHouse(t);
  const { tools, catalog } = house;
  const engine = createChargingEngine(tools, async () => catalog, log);
  t.after(() => engine.close());
  const ended: string[] = [];
  const sy = createSy({
    open: (request) => openWatch(tools, catalog, request),
    change: (request) => changeWatch(tools, catalog, request),
    end: async (name) => {
      const result = await endWatch(tools, name);
      ended.push(result);
      return result;
    },
    log,
  });
  const door = await openGy({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ originHost: 'ocs.everline.example', originRealm: 'everline.example', originStateId: 1 },
    peers: () => [{ originHost: CORE, profile, addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false, requestsMax: 1000 }],
    ...{ engine, clock: house.clock, log, beside: [sy.application] },
    enquire: (request) => enquireCharge(tools, catalog, request),
  });
  t.after(() => door.close());
  const line = await activeLine(house);
  await house.database.transaction(async (tx) => {
    allowed(await stockSim(tx, { iccid: '8901260123456789011', imsi: IMSI }));
    await linkSim(tx, { ...line, iccid: '8901260123456789011', at: house.clock.business() });
  });
  const core = await startPacketCore({
    ...{ host: '127.0.0.1', port: door.ports[0] as number, originHost: CORE, profile, clock: house.clock, log, txMs: 0 },
    startAt: house.clock.transport(),
    subscribers: [{ imsi: IMSI, traffic: { kind: 'steady', kbps: 8_000 } }],
  });
  t.after(() => core.close());
  const doors = {
    peers: () => door.server.reached(),
    spendingLimit: false,
    tell: (...told: Parameters<Teller['doors']['tell']>) => sy.tell(door.server, ...told),
    terminate: (...told: Parameters<Teller['doors']['terminate']>) => sy.terminate(door.server, ...told),
  };
  return {
    ...{ house, line, core, ended },
    phone: () => core.state().sessions[0] ?? assert.fail(),
    use: async () =>
      allowed(await reportUse(tools, catalog, { ...line, key: 'u', service: 'data', zone: 'home', quantity: 6_000_000_000n })),
    tell: () => tellWatchersOf({ tools, catalog: async () => catalog, doors }, `${line.accountId}`),
  };
}

test('a phone is slowed down when its line is throttled and quick again after a renewal, told over Sy alone [LIFE-1, FX-2]', async (t) => {
  const { house, line, core, phone, use, tell, ended } = await scene(t, 'standard');
  core.core.sessions[0]?.start();
  await core.core.advance(3000);
  assert.deepEqual([phone().policy, phone().speedKbps, phone().throughputKbps], ['full', null, 8_000]);
  await use();
  // What its session holds is used first.
  for (let second = 0; second < 120 && phone().policy === 'full'; second += 1) {
    house.clock.advance(1000);
    await core.core.advance(1000);
    await tell();
  }
  await core.core.advance(2000);
  assert.deepEqual([phone().policy, phone().speedKbps, phone().throughputKbps], ['throttled-128', 128, 128]);
  await buy(house, line, [RENEW]);
  await tell();
  await core.core.advance(2000);
  assert.deepEqual([phone().policy, phone().speedKbps, phone().throughputKbps], ['full', null, 8_000]);
  await core.core.stopAll();
  assert.deepEqual(ended, ['success'], 'who is switched off is let go of');
});

test('Open5GS has no policy function that asks', async (t) => {
  const { core, phone } = await scene(t, 'open5gs');
  core.core.sessions[0]?.start();
  await core.core.advance(3000);
  assert.deepEqual([phone().phase, phone().policy], ['open', null]);
});

test('a status names a speed, or none', () => {
  assert.deepEqual(['throttled-128', 'full', 'spent', 'throttled-', undefined].map(speedOf), [
    128,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
