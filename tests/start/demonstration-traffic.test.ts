/** The demonstration lives: its lines use data through the real door, run dry, are slowed down, and are back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runEverline, startEverline } from '#tests/journeys';
import { aloneIn, ask, NO_PROC, untilNone } from './index.ts';

/** The one that is nearly dry, and the first that is made. */
const NUMBER = '+12065550142';
const LONGEST_MS = 90_000;

type Phone = {
  readonly number: string;
  readonly phase: string;
  readonly passed: number;
  readonly speedKbps: number | null;
  readonly reauthorised: number;
};

test('npm start: the line that is nearly dry is used, runs dry, is slowed down, and is asked to ask again and quick again after a pack; nothing is left running [FX-1] [FX-2] [LIFE-1]', {
  skip: NO_PROC,
}, async (t) => {
  const home = aloneIn(t);
  const environment = { EVERLINE_HOME: home, PORT: '0' };
  const house = await startEverline(environment, ['--lines', '1', '--traffic', 'on']);
  const page = house.addresses['packet core'] ?? '';
  const phone = async () => (JSON.parse((await ask(page)).text) as { sessions: Phone[] }).sessions.find(({ number }) => number === NUMBER);
  const until = async (what: string, is: (phone: Phone) => boolean) => {
    for (const endBy = Date.now() + LONGEST_MS; Date.now() < endBy; ) {
      const now = await phone();
      if (now !== undefined && is(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return assert.fail(`${what}: ${JSON.stringify(await phone())}`);
  };
  await until('it uses data', ({ passed }) => passed > 0);
  const { stdout } = await runEverline(['sessions', NUMBER], environment);
  assert.match(stdout, /data at core\.northwind\.example/);
  const hurry = { imsi: NUMBER, traffic: { kind: 'run_dry', kbps: 200_000 } };
  const told = await fetch(new URL('/_simulator/traffic', page), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(hurry),
  });
  assert.equal(told.status, 200);
  await until('it is slowed down', ({ speedKbps }) => speedKbps !== null);
  assert.match((await runEverline(['line', 'show', NUMBER], environment)).stdout, /throttled/);
  const { reauthorised } = (await phone()) ?? assert.fail();
  assert.equal((await runEverline(['renew', NUMBER, '--pack', 'pack-1gb', '--pay', 'balance'], environment)).exitCode, 0);
  // The process that renewed is another: it told the one that holds the connection.
  await until('its session was asked to ask again', (now) => now.reauthorised > reauthorised);
  await until('it is quick again', ({ speedKbps }) => speedKbps === null);
  assert.equal(await house.stop(), 0);
  assert.deepEqual(await untilNone(home), []);
});
