/** `npm start` as a person does it: a terminal, Ctrl-C, a second terminal, a power cut. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runEverline, startEverline } from '#tests/journeys';
import { aloneIn, ask, freePort, NO_PROC, postOffice, processesOf, untilNone } from './index.ts';

/** What `npm start` calls. */
const NPM_START = join(import.meta.dirname, '../../apps/everline.mjs');
const FEW = ['--lines', '12'];
const FEATURED = '+12065550142';

type Health = { readonly ready: boolean; readonly parts: Readonly<Record<string, { readonly state: string; readonly detail?: string }>> };

/** Every status that `/healthz` gives until it is 200, repetitions left out. */
async function watchHealth(url: string): Promise<(number | 'nobody')[]> {
  const seen: (number | 'nobody')[] = [];
  for (;;) {
    const status = await ask(`${url}/healthz`).then(
      (told) => told.status,
      () => 'nobody' as const,
    );
    if (seen.at(-1) !== status) seen.push(status);
    if (status === 200) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('npm start: 503 while it starts, then 200 with each part; it says where everything is and who may sign in; Ctrl-C leaves no process, and the data for the next start', {
  skip: NO_PROC,
}, async (t) => {
  const home = aloneIn(t);
  const mail = await postOffice(t);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const environment = { EVERLINE_HOME: home, PORT: `${port}`, SMTP_URL: mail.url, MAIL_FROM: 'help@northwind.example' };
  const [house, seen] = await Promise.all([startEverline(environment, FEW, NPM_START), watchHealth(url)]);
  assert.deepEqual(
    seen.filter((status) => status !== 'nobody'),
    [503, 200],
  );
  const health = JSON.parse((await ask(`${url}/healthz`)).text) as Health;
  assert.deepEqual(
    Object.entries(health.parts).map(([part, { state }]) => `${part}: ${state}`),
    ['database: ok', 'catalog: ok', 'payments: ok', 'outbox: ok', 'mail: sends', 'installation: demonstration'],
  );
  await t.test('seeding leaves nothing to be told, and mails nobody what happened long ago', () => {
    assert.deepEqual([health.parts['outbox']?.detail, mail.received], ['0 waiting', []]);
  });
  await t.test('each address that is printed answers', async () => {
    assert.deepEqual(Object.keys(house.addresses), ['self-care', 'API', 'health', 'outbox', 'clock', 'payment simulator']);
    for (const [what, where] of Object.entries(house.addresses)) assert.equal((await ask(where)).status, 200, what);
  });
  await t.test('a link that is printed opens the page that signs its owner in, once, and leads to their lines', async () => {
    const [, link = '', code = ''] = /^ {2}\+1 206 555 0142 .* (http\S+\?code=([\w-]{22}))$/m.exec(house.printed) ?? [];
    assert.ok((await ask(link)).text.includes(`value="${code}"`));
    const signIn = () => ask(`${url}/sign-in/link`, { form: { code } });
    const { status, headers } = await signIn();
    assert.deepEqual([status, headers.location, (await signIn()).status], [303, '/lines', 410]);
  });
  await t.test('the first moves of the clock are made, two at once as well', async () => {
    const move = (by: string) => ask(`${url}/clock`, { form: { by } });
    const moved = [await move('+1h'), ...(await Promise.all([move('+1d'), move('+1d')]))];
    assert.deepEqual(
      moved.map(({ status }) => status),
      [200, 200, 200],
    );
  });
  const running = processesOf(home).map(({ words }) => words);
  for (const part of ['apps/everline.ts', 'payment-provider/main.ts', 'postgres'])
    assert.ok(
      running.some((words) => words.includes(part)),
      `${part} runs before it is stopped`,
    );
  assert.deepEqual([await house.stop('SIGINT'), await untilNone(home)], [0, []]);

  const began = performance.now();
  const again = await startEverline(environment, FEW, NPM_START);
  t.diagnostic(`a later start takes ${((performance.now() - began) / 1000).toFixed(1)} s`);
  assert.doesNotMatch(again.printed, /Making the demonstration|Creating the database/);
  assert.equal((await runEverline(['line', 'show', FEATURED], { EVERLINE_HOME: home })).exitCode, 0);
  assert.deepEqual([await again.stop('SIGTERM'), await untilNone(home)], [0, []]);
});

/** A started demonstration, stopped when the test does not. */
async function started(t: TestContext, home: string, environment: Readonly<Record<string, string>> = {}, program?: string) {
  const house = await startEverline({ EVERLINE_HOME: home, PORT: '0', ...environment }, FEW, program);
  t.after(() => house.stop('SIGKILL').catch(() => {}));
  return house;
}

test('after kill -9 nothing but the database is left, the next start ends it in order and has what was confirmed', {
  skip: NO_PROC,
}, async (t) => {
  const home = aloneIn(t);
  const killed = await started(t, home);
  const renewed = await runEverline(['renew', FEATURED, '--pay', 'balance', '--json'], { EVERLINE_HOME: home });
  assert.equal(renewed.exitCode, 0, renewed.stderr);
  const { order } = JSON.parse(renewed.stdout) as { order: string };
  assert.equal(await killed.stop('SIGKILL'), 137);
  const next = await started(t, home);
  assert.match(next.printed, /Stopping the database server \(process \d+\) that a killed Everline left behind\./);
  assert.equal((await ask(next.addresses['self-care'] ?? '')).status, 200);
  const shown = await runEverline(['order', 'show', order, '--json'], { EVERLINE_HOME: home });
  assert.equal((JSON.parse(shown.stdout) as { state: string }).state, 'delivered');
  assert.deepEqual([await next.stop(), await untilNone(home)], [0, []]);
});

test('kill -9 of what npm started ends all of it', { skip: NO_PROC }, async (t) => {
  const home = aloneIn(t);
  const house = await started(t, home, {}, NPM_START);
  await house.stop('SIGKILL');
  assert.deepEqual(await untilNone(home), []);
});

test('where the port is taken the next free one is, and it is said; a second start on the same home is told in plain words and harms nothing', {
  skip: NO_PROC,
}, async (t) => {
  const home = aloneIn(t);
  const taken = createServer().listen(await freePort(), '127.0.0.1');
  await once(taken, 'listening');
  t.after(() => taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const house = await started(t, home, { PORT: `${port}` });
  assert.match(house.printed, new RegExp(`Port ${port} is taken; this is the next free one\\.`));
  const where = new URL(house.addresses['self-care'] ?? '');
  assert.ok(Number(where.port) > port && Number(where.port) < port + 20);
  assert.equal((await ask(where.href)).status, 200);

  const second = await runEverline(['start'], { EVERLINE_HOME: home, PORT: `${port}` });
  assert.equal(second.exitCode, 1);
  assert.match(second.stderr, /^everline: Everline already runs with this database \(process \d+\)\. .*Ctrl-C.*EVERLINE_HOME/m);
  assert.doesNotMatch(second.stderr, /^ +at /m, 'no stack');
  assert.equal((await ask(where.href)).status, 200);
  const renewed = await runEverline(['renew', FEATURED, '--pay', 'balance'], { EVERLINE_HOME: home });
  assert.equal(renewed.exitCode, 0, 'commands beside it still find it');
  await house.stop();
});

test('Ctrl-C while the demonstration is made ends it, pressed twice too; the next start makes the rest', { skip: NO_PROC }, async (t) => {
  const home = aloneIn(t);
  let pressed = 0;
  const cutShort = startEverline({ EVERLINE_HOME: home, PORT: '0' }, ['--lines', '100'], undefined, (printed, kill) => {
    if (pressed === 0 && printed.includes('Making the demonstration')) setTimeout(kill, 500 * ++pressed, 'SIGINT');
    if (pressed === 1 && printed.includes('Stopping.')) setTimeout(kill, 20 * ++pressed, 'SIGINT');
  });
  await assert.rejects(cutShort, /everline start ended with 0:[\s\S]*Stopping\./);
  assert.deepEqual([pressed, await untilNone(home)], [2, []]);
  const next = await started(t, home);
  assert.match(next.printed, /Making the demonstration/);
  assert.match(next.printed, /is ready after/);
  await next.stop();
});

test('a terminal that is closed, or a reader that has seen enough, ends nothing by accident: it serves on, and stops in order', {
  skip: NO_PROC,
}, async (t) => {
  const home = aloneIn(t);
  const port = await freePort();
  const program = join(import.meta.dirname, '../../apps/everline.ts');
  const child = spawn(process.execPath, [program, 'start', ...FEW], {
    env: { PATH: process.env['PATH'], EVERLINE_HOME: home, PORT: `${port}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stderr.destroy();
  const url = `http://localhost:${port}`;
  await watchHealth(url);
  assert.equal((await ask(`${url}/`)).status, 200);
  child.kill('SIGHUP');
  assert.deepEqual([await ended, await untilNone(home)], [[0, null], []]);
});
