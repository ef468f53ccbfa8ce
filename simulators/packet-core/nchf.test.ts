/** The packet core over Nchf against the real door, engine and PostgreSQL: what its user plane let through is what the lines have used. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSessionsOfLine } from '#domain/charging';
import { createTokenChecker } from '#platform/sbi';
import { startNrf } from '#simulators/nrf';
import { allowed, buy, checkInvariants, drainOutbox, RENEW } from '#tests/house';
import { assertNchfBooks, nchfScene, play } from '#tests/nchf';

const DAY_PLAN = { plan: 'day-1gb' } as const;
const REFUSED = 4012;

test('a line runs dry to the octet over Nchf, is refused, and goes on by itself after a renewal [LIFE-4, SEE-2]', async (t) => {
  const opened = await nchfScene(t, { profile: 'standard', lines: [DAY_PLAN] });
  const { core, house, lines } = opened;
  core.core.sessions[0]?.start();
  await play(opened, 200, () => (core.state().sessions[0]?.refusals[REFUSED] ?? 0) > 0);
  assert.equal(core.state().sessions[0]?.passed, 1_000_000_000);
  assert.ok(lines[0]);
  allowed(await buy(house, lines[0], [RENEW]));
  await play(opened, 60, () => (core.state().sessions[0]?.passed ?? 0) > 1_000_000_000);
  assert.ok((core.state().sessions[0]?.passed ?? 0) > 1_000_000_000);
  await assertNchfBooks(opened);
});

test('free5GC is blocked by what it reads when a line is dry, asks no more, and goes on as soon as it is told of the renewal [FX-1]', async (t) => {
  const opened = await nchfScene(t, { profile: 'free5gc', lines: [DAY_PLAN] });
  const { core, house, lines, door } = opened;
  const session = () => core.state().sessions[0];
  core.core.sessions[0]?.start();
  await play(opened, 200, () => session()?.services[0]?.state === 'blocked');
  assert.equal(session()?.passed, 1_000_000_000);
  const requests = session()?.requests;
  await play(opened, 60);
  assert.deepEqual([session()?.requests, session()?.services[0]?.state], [requests, 'blocked']);
  const [line] = lines;
  assert.ok(line);
  allowed(await buy(house, line, [RENEW]));
  const [open] = await openSessionsOfLine(house.database, line);
  assert.ok(open !== undefined);
  assert.equal(await door.reauthorise(open), 'told');
  await play(opened, 3);
  assert.ok((session()?.passed ?? 0) > 1_000_000_000);
  assert.equal(session()?.sessions, 1, 'it is the same session');
  await assertNchfBooks(opened);
});

test('a line that has stopped already begins at its renewal page over Nchf, and is back with its renewal [LIFE-4, FX-2]', async (t) => {
  const redirectUrl = 'http://renew.northwind.example/';
  const ratingGroups = { first: 10, portal: 90 };
  const opened = await nchfScene(t, { profile: 'standard', lines: [DAY_PLAN], door: () => ({ redirectUrl }), core: { ratingGroups } });
  const { core, house, lines, door } = opened;
  const session = () => core.state().sessions[0];
  const serviceOf = (group: number) => session()?.services.find(({ ratingGroup }) => ratingGroup === group);
  core.core.sessions[0]?.start();
  await play(opened, 200, () => serviceOf(10)?.state === 'redirected');
  core.core.sessions[0]?.stop();
  await play(opened, 3);
  const [line] = lines;
  assert.ok(line);
  assert.deepEqual(await openSessionsOfLine(house.database, line), []);
  const before = session()?.passed ?? 0;
  core.core.sessions[0]?.start();
  await play(opened, 30);
  assert.deepEqual([session()?.phase, session()?.refused, session()?.sessions], ['open', null, 2]);
  assert.deepEqual([serviceOf(10)?.state, serviceOf(10)?.redirectedTo], ['redirected', redirectUrl]);
  assert.equal(serviceOf(90)?.state, 'granted');
  assert.ok((session()?.passed ?? 0) > before, 'the pages come through');
  allowed(await buy(house, line, [RENEW]));
  const [open] = await openSessionsOfLine(house.database, line);
  assert.ok(open !== undefined, 'a renewal finds it');
  assert.equal(await door.reauthorise(open), 'told');
  await play(opened, 3);
  assert.deepEqual([serviceOf(10)?.state, session()?.sessions], ['granted', 2], 'in the same session');
  await core.core.stopAll();
  await drainOutbox(house);
  await checkInvariants(house);
});

for (const profile of ['standard', 'free5gc'] as const)
  test(`whatever is lost, repeated, overtaken or late on the way, each octet is debited once (${profile}) (G1, G4)`, async (t) => {
    const opened = await nchfScene(t, {
      profile,
      lines: [DAY_PLAN, {}, {}],
      core: {
        seed: 7,
        triesMax: 40,
        disorder: { losePercent: 15, loseAnswerPercent: 15, repeatPercent: 20, repeatLatePercent: 20, overtakePercent: 20, delayMsMax: 3 },
      },
    });
    for (let day = 0; day < 3; day += 1) {
      for (const session of opened.core.core.sessions) session.start();
      await play(opened, 50);
      // The phones go off and on in between.
      for (const session of opened.core.core.sessions) session.stop();
      await play(opened, 5);
    }
    await assertNchfBooks(opened);
    const { requests } = opened.core.state();
    for (const [what, count] of Object.entries(requests))
      if (!['unanswered', 'answersDiffered', 'renumbered'].includes(what)) assert.ok(count > 0, `${what}: it happened`);
    assert.deepEqual([requests.answersDiffered, requests.unanswered], [0, 0], 'what is repeated is answered as before');
  });

test('a core that finds the door at the NRF is served with the token it got there, and none without', async (t) => {
  const simulator = await startNrf();
  t.after(() => simulator.close());
  const checkToken = createTokenChecker({ signers: [simulator.nrf.publicKey], audiences: ['CHF'], now: () => new Date() });
  const opened = await nchfScene(t, {
    ...{ profile: 'free5gc', lines: [{}], door: () => ({ checkToken }), core: { nrfUrl: simulator.url } },
    through: async (port) => {
      const nfServices = [{ serviceName: 'nchf-convergedcharging', apiPrefix: `http://127.0.0.1:${port}` }];
      simulator.nrf.register({ nfInstanceId: 'chf', nfType: 'CHF', nfServices });
      return 1;
    },
  });
  opened.core.core.sessions[0]?.start();
  await play(opened, 5);
  assert.ok(opened.core.state().totals.passed > 0);
  assert.equal(simulator.nrf.counts.tokens, 1);
  await assertNchfBooks(opened);
  const without = await nchfScene(t, { profile: 'free5gc', lines: [{}], door: () => ({ checkToken }) });
  without.core.core.sessions[0]?.start();
  await play(without, 5);
  assert.equal(without.core.state().totals.passed, 0);
});
