/** The core's policy function in 5G against the real spending limit door: speeds come by HTTP/2, and from nowhere else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSpendingLimitTeller, spendingLimitRoutes } from '#channels/spending-limit';
import { reportUse } from '#domain/lines';
import { changeWatch, endWatch, openWatch, type Teller, tellWatchersOf } from '#domain/policy';
import { parseStatement } from '#platform/database';
import { formatId } from '#platform/ids';
import { createLog } from '#platform/log';
import { createSbiClient } from '#platform/sbi';
import { allowed, buy, RENEW, stateOf, type TestHouse } from '#tests/house';
import { type NchfWish, nchfScene, play } from '#tests/nchf';

const PCF = { originHost: 'pcf.5gc.example', addresses: ['127.0.0.1'], needsTls: false };
const freeSim = parseStatement(
  'test.free-sim-of-pcf',
  'update sims.sim set slot = null, account_id = null, line_id = null, linked_at = null where imsi = :imsi',
);

async function scene(t: Parameters<typeof nchfScene>[0], wish: Pick<NchfWish, 'profile' | 'core'>) {
  const ended: string[] = [];
  const limits = ({ tools, catalog }: TestHouse) =>
    spendingLimitRoutes({
      open: (request) => openWatch(tools, catalog, request),
      change: (request) => changeWatch(tools, catalog, request),
      end: async (name) => {
        const result = await endWatch(tools, name);
        ended.push(result);
        return result;
      },
      newReference: () => formatId('limit', tools.mintId(0)),
      peers: () => [PCF],
      now: () => tools.clock.transport(),
      log: createLog(2, 'silent'),
    });
  const opened = await nchfScene(t, { ...wish, lines: [{}], door: (house) => ({ routeSets: [limits(house)] }) });
  const { house, core, lines } = opened;
  const [line] = lines;
  assert.ok(line);
  const client = createSbiClient();
  t.after(async () => client.close());
  const doors = { peers: () => [], spendingLimit: true, ...createSpendingLimitTeller(client) };
  const teller: Teller = { tools: house.tools, catalog: async () => house.catalog, doors };
  core.core.sessions[0]?.start();
  await core.core.advance(3000);
  const phone = () => core.state().sessions[0] ?? assert.fail();
  const tell = () => tellWatchersOf(teller, `${line.accountId}`);
  const runDry = async () => {
    const used = { ...line, key: 'u', service: 'data', zone: 'home', quantity: 4_500_000_000n } as const;
    allowed(await reportUse(house.tools, house.catalog, used));
    // What its session holds is used first.
    for (let second = 0; second < 120 && phone().policy === 'full'; second += 1) {
      await play(opened, 1);
      await tell();
    }
  };
  return { opened, house, line, core, ended, phone, tell, runDry };
}

for (const [profile, core] of [
  ['standard', {}],
  ['free5gc', { pcf: true }],
] as const)
  test(`a phone on 5G is slowed down when its line is throttled and quick again after a renewal, told by spending limits alone (${profile}) [LIFE-1, FX-2]`, async (t) => {
    const { opened, house, line, core: played, phone, tell, runDry, ended } = await scene(t, { profile, core });
    assert.deepEqual([phone().policy, phone().speedKbps], ['full', null]);
    await runDry();
    await play(opened, 2);
    assert.deepEqual([phone().policy, phone().speedKbps, phone().throughputKbps], ['throttled-128', 128, 128]);
    await buy(house, line, [RENEW]);
    await tell();
    assert.deepEqual([phone().policy, phone().speedKbps], ['full', null]);
    await played.core.stopAll();
    assert.deepEqual(ended, ['success'], 'who is switched off is let go of');
  });

test('what was told ahead comes at its time without another word: a throttle lifts as the next plan begins [LIFE-1]', async (t) => {
  const { house, line, core, phone, tell, runDry } = await scene(t, { profile: 'standard' });
  await runDry();
  await buy(house, line, [{ kind: 'queue', product: 'month-5gb', startRule: 'at_end' }]);
  await tell();
  assert.deepEqual([phone().policy, phone().speedKbps], ['throttled-128', 128]);
  const end = (await stateOf(house, line)).line.paidUntil ?? assert.fail();
  core.core.nowMs = end.getTime() - 1000;
  core.core.pass(0);
  assert.equal(phone().policy, 'throttled-128');
  core.core.pass(1000);
  assert.deepEqual([phone().policy, phone().speedKbps], ['full', null]);
});

test('the PCF of free5GC asks for no spending limit', async (t) => {
  const { phone } = await scene(t, { profile: 'free5gc' });
  assert.deepEqual([phone().phase, phone().policy], ['open', null]);
});

test('what is not watched any more sets no speed, and is asked for again while the phone is on', async (t) => {
  const { house, line, core, phone, tell } = await scene(t, { profile: 'standard' });
  core.core.sessions[0]?.start();
  await house.database.query(freeSim, { imsi: line.imsi });
  await tell();
  assert.deepEqual([phone().policy, phone().speedKbps], [null, null]);
  const name = 'core;1;1;nothing';
  assert.deepEqual([core.core.policy?.hear(name, { status: 'full', pending: [] }), core.core.policy?.hearEnd(name)], [false, false]);
  await core.core.advance(21_000);
  assert.equal(phone().policy, null, 'it is refused: nobody has this SIM');
});
