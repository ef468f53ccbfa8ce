/** The demonstration's line on 5G: its core asks by Nchf as free5GC does, and hears of what is bought for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runEverline, startEverline } from '#tests/journeys';
import { aloneIn, ask, NO_PROC, untilNone } from './index.ts';

const LONGEST_MS = 60_000;

type Phone = {
  readonly number: string;
  readonly passed: number;
  readonly reauthorised: number;
  readonly policy: string | null;
  readonly speedKbps: number | null;
};

test('npm start: a line on 5G is used through the Nchf door, slow as its PCF hears, and after a pack quick again, its core asked to ask again; nothing is left running [FX-1] [FX-2]', {
  skip: NO_PROC,
}, async (t) => {
  const home = aloneIn(t);
  const environment = { EVERLINE_HOME: home, PORT: '0' };
  const house = await startEverline(environment, ['--role', 'api,worker,charging', '--lines', '2', '--traffic', 'on']);
  const page = house.addresses['packet core (5G)'] ?? '';
  const phone = async () => (JSON.parse((await ask(page)).text) as { sessions: Phone[] }).sessions[0];
  const until = async (what: string, is: (phone: Phone) => boolean) => {
    for (const endBy = Date.now() + LONGEST_MS; Date.now() < endBy; ) {
      const now = await phone();
      if (now !== undefined && is(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return assert.fail(`${what}: ${JSON.stringify(await phone())}`);
  };
  const told = await fetch(new URL('/_simulator/traffic', page), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traffic: { kind: 'steady', kbps: 500 } }),
  });
  assert.equal(told.status, 200);
  const { number } = await until('it uses data', ({ passed }) => passed > 0);
  await until('its PCF hears that it is throttled', ({ policy, speedKbps }) => policy === 'throttled-128' && speedKbps === 128);
  assert.match((await runEverline(['sessions', number], environment)).stdout, /data at smf\.northwind\.example/);
  assert.match((await runEverline(['peers'], environment)).stdout, /smf\.northwind\.example {2}nchf {2}free5gc/);
  assert.equal((await runEverline(['renew', number, '--pack', 'pack-1gb', '--pay', 'balance'], environment)).exitCode, 0);
  await until('its session was asked to ask again', ({ reauthorised }) => reauthorised > 0);
  await until('its PCF hears that it is not any more', ({ policy, speedKbps }) => policy === 'full' && speedKbps === null);
  assert.equal(await house.stop(), 0);
  assert.deepEqual(await untilNone(home), []);
});
