/** The simulator as the program it is: its words, its page on the loopback, its end. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTraffic } from './run-packet-core.ts';

const PROGRAM = join(import.meta.dirname, 'main.ts');
/** Nobody listens there: discard, which no test starts. */
const NOBODY = ['--host', '127.0.0.1', '--port', '9', '--origin-host', 'core.example'];

type State = { readonly connected: boolean; readonly trouble: string | null; readonly sessions: readonly Record<string, unknown>[] };

async function run(t: { after(end: () => void): void }, words: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  t.after(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk))));
  const { url } = JSON.parse(line) as { url: string };
  const tell = async (verb: string, body: object, type = 'application/json') => {
    const answer = await fetch(new URL(`/_simulator/${verb}`, url), {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { child, ended, url, tell, state: async () => (await (await fetch(url)).json()) as State };
}

test('it runs without a charging system too, says that there is none, and does what its page is told', async (t) => {
  const core = await run(t, [...NOBODY, '--subscribers', '001010000000001,001010000000002/+12065550142@20801', '--profile', 'open5gs']);
  const { connected, sessions } = await core.state();
  assert.deepEqual([connected, sessions.length], [false, 2]);
  assert.deepEqual(
    sessions.map(({ phase, passed }) => [phase, passed]),
    [
      ['waiting', 0],
      ['waiting', 0],
    ],
    'without a charging system nobody gets anything',
  );
  assert.deepEqual(
    sessions.map(({ visitedNetwork }) => visitedNetwork),
    [null, '20801'],
    'each is where it was said to be',
  );
  const told = await core.tell('traffic', { imsi: '+12065550142', traffic: { kind: 'steady', kbps: 500 } });
  assert.equal(told.status, 200);
  assert.equal((await core.tell('speed', { imsi: '001010000000001', kbps: 64 })).status, 200);
  assert.equal((await core.tell('disorder', { losePercent: 5 })).status, 200);
  const after = await core.state();
  assert.deepEqual(after.sessions[1]?.['traffic'], { kind: 'steady', kbps: 500 });
  assert.deepEqual(
    after.sessions.map(({ speedKbps }) => speedKbps),
    [64, null],
  );
  await core.tell('stop', {});
  assert.deepEqual(
    (await core.state()).sessions.map(({ phase }) => phase),
    ['off', 'off'],
  );
  core.child.kill('SIGTERM');
  assert.equal(await core.ended, 0);
});

test('what its page cannot do it says, and only this machine and JSON are heard', async (t) => {
  const core = await run(t, [...NOBODY, '--subscribers', '001010000000001', '--stay-off', '--follow-stdin']);
  for (const [verb, body, status] of [
    ['traffic', { traffic: { kind: 'steady' } }, 422],
    ['speed', { kbps: -1 }, 422],
    ['move', { network: 'home' }, 422],
    ['disorder', { chaos: 5 }, 422],
    ['traffic', { imsi: 'nobody', traffic: { kind: 'idle' } }, 404],
    ['explode', {}, 404],
  ] as const)
    assert.equal((await core.tell(verb, body)).status, status, verb);
  assert.equal((await core.tell('start', {}, 'text/plain')).status, 415, 'a form of a page somewhere else');
  const status = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      get(core.url, { headers: { connection: 'close', ...headers } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on('error', reject);
    });
  assert.equal(await status({ host: 'rebound.example' }), 403);
  assert.equal(await status({ 'x-forwarded-for': '203.0.113.9' }), 403);
  core.child.stdin.end();
  assert.equal(await core.ended, 0, 'it ends with its parent');
});

test('traffic in words', () => {
  assert.deepEqual(readTraffic('usual'), { kind: 'usual', appetite: 1 });
  assert.deepEqual(readTraffic('run_dry:6000'), { kind: 'run_dry', kbps: 6000 });
  assert.deepEqual(readTraffic('idle'), { kind: 'idle' });
  for (const wrong of ['steady', 'much', 'usual:0', 'steady:-1']) assert.throws(() => readTraffic(wrong), /--traffic is/, wrong);
});
