/** `npm start` from the outside: what it prints, what it answers while it starts, and that nothing is left when it ends. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { processesOf } from './processes.ts';
import { BOOTSTRAP, newHome, runEverline, startEverline } from './run-everline.ts';

const LINES = ['--lines', '4'];
const noProcesses = existsSync('/proc/self/stat') ? undefined : 'this machine does not list its processes in /proc';

type Health = { readonly ready: boolean; readonly parts: Readonly<Record<string, { readonly state: string }>> };

async function holdPort(): Promise<{ readonly port: number; release(): Promise<unknown> }> {
  const server = createServer((_, response) => response.end('somebody else')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const release = () => new Promise((resolve) => server.close(resolve));
  return { port: (server.address() as AddressInfo).port, release };
}

/** What /healthz answers first, from the moment that somebody listens there. */
async function firstHealth(port: number): Promise<number> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer !== undefined) return answer.status;
    await pause(20);
  }
}

async function nothingLeft(home: string): Promise<void> {
  for (let tries = 0; tries < 100 && processesOf(home).length > 0; tries += 1) await pause(50);
  assert.deepEqual(processesOf(home), []);
}

test('the first start says where everything is, answers 503 until it is ready and 200 with the state of each part then, and Ctrl-C leaves no process behind', {
  skip: noProcesses,
}, async (t) => {
  const home = newHome();
  t.after(() => home.remove());
  const { port, release } = await holdPort();
  await release();
  const early = firstHealth(port);
  const started = await startEverline({ EVERLINE_HOME: home.path, PORT: String(port) }, LINES, BOOTSTRAP);
  t.after(() => started.stop().catch(() => {}));
  assert.equal(await early, 503);
  const url = `http://localhost:${port}`;
  assert.deepEqual(started.addresses, {
    'self-care': `${url}/`,
    API: `${url}/api/v1/openapi.json`,
    health: `${url}/healthz`,
    outbox: `${url}/outbox`,
    clock: `${url}/clock`,
    'payment simulator': started.addresses['payment simulator'],
  });
  assert.match(started.printed, /Northwind Mobile is ready after/);
  assert.match(started.printed, /\+1 206 555 0142 {2,}nearly dry {2,}\S{20,}/, 'demonstration sign-ins');
  for (const [what, where] of Object.entries(started.addresses)) {
    const answer = await fetch(where);
    assert.equal(answer.status, 200, what);
    if (what !== 'health') continue;
    const { ready, parts } = (await answer.json()) as Health;
    assert.equal(ready, true);
    const states = Object.fromEntries(Object.entries(parts).map(([part, { state }]) => [part, state]));
    const expected = { database: 'ok', catalog: 'ok', payments: 'ok', outbox: 'ok', mail: 'kept', installation: 'demonstration' };
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((part) => [part, states[part]])), expected);
  }
  assert.ok(processesOf(home.path).length >= 3, 'the house, its database, its simulator');
  assert.equal(await started.stop('SIGINT'), 0);
  await nothingLeft(home.path);
  await assert.rejects(fetch(url));
});

test('a port that is taken is not fought over: the next free one is used, and said', async (t) => {
  const home = newHome();
  t.after(() => home.remove());
  const { port, release } = await holdPort();
  t.after(release);
  const started = await startEverline({ EVERLINE_HOME: home.path, PORT: String(port) }, LINES);
  t.after(() => started.stop());
  assert.match(started.printed, new RegExp(`Port ${port} is taken; this is the next free one\\.`));
  const url = new URL(started.addresses['self-care'] ?? '');
  assert.ok(Number(url.port) > port);
  assert.equal((await fetch(url)).status, 200);
  // The clock of a house of its own may be moved; what falls due on the way is done.
  const moved = await runEverline(['clock', '+2d'], { EVERLINE_HOME: home.path });
  assert.equal(moved.exitCode, 0, moved.stderr);
  const business = Date.parse(/^business (\S+)/.exec(moved.stdout)?.[1] ?? '');
  assert.ok(business - Date.now() > 47 * 3_600_000);
});

test('killed without a word, while it makes its demonstration and when it is ready, it starts again with what it had', {
  skip: noProcesses,
}, async (t) => {
  const home = newHome();
  t.after(() => home.remove());
  const environment = { EVERLINE_HOME: home.path, PORT: '0' };
  // Killed in the middle of the first start.
  await assert.rejects(
    startEverline(environment, ['--lines', '60'], undefined, (printed, kill) => {
      if (printed.includes('Making the demonstration')) setTimeout(() => kill('SIGKILL'), 1_500);
    }),
    /ended with 137/,
  );
  const first = await startEverline(environment, LINES);
  const show = async (): Promise<string> => (await runEverline(['line', 'show', '+12065550142', '--json'], { EVERLINE_HOME: home.path })).stdout;
  const before = await show();
  assert.match(before, /"state":"active"/);
  assert.equal(await first.stop('SIGKILL'), 137);
  const second = await startEverline(environment);
  t.after(() => second.stop().catch(() => {}));
  assert.equal(await show(), before);
  assert.doesNotMatch(second.printed, /Making the demonstration/);
  assert.equal(await second.stop('SIGTERM'), 0);
  await nothingLeft(home.path);
});
