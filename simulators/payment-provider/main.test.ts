/** The simulator as the program it is: another process, a socket, a store that outlives it. */
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { test } from 'node:test';
import { payOnPage, TEST_CARDS } from './index.ts';

type Program = {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly url: string;
  readonly port: number;
  readonly said: () => string;
};

async function run(t: { after(end: () => Promise<void>): void }, folder: string): Promise<Program> {
  const file = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [file, '--data', folder, '--key', 'sk_test_program'], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => end(child, 'SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk));
  const line = await new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes('\n')) resolve(said);
    });
  });
  const { url, port, ready } = JSON.parse(line) as { url: string; port: number; ready: boolean };
  assert.equal(ready, true);
  return { child, url, port, said: () => said };
}

function end(child: Program['child'], signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

async function call(url: string, method: string, form: Record<string, string>): Promise<Record<string, unknown>> {
  const headers = { authorization: 'Bearer sk_test_program' };
  const answer = await fetch(url, { method, headers, ...(method === 'POST' ? { body: new URLSearchParams(form) } : {}) });
  return (await answer.json()) as Record<string, unknown>;
}

const SESSION = {
  mode: 'payment',
  success_url: 'http://shop.example/paid',
  'line_items[0][price_data][currency]': 'usd',
  'line_items[0][price_data][unit_amount]': '1500',
  'line_items[0][price_data][product_data][name]': 'Plan',
};

test('killed at any moment, it knows afterwards what it had done; told to end, it ends; no card number is left anywhere', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'everline-simulator-'));
  t.after(async () => rmSync(folder, { recursive: true, force: true }));
  const first = await run(t, folder);
  const session = await call(`${first.url}/v1/checkout/sessions`, 'POST', SESSION);
  for (const card of TEST_CARDS.filter(({ decline }) => decline !== undefined))
    await payOnPage(String(session['url']), { card: card.number });
  await payOnPage(String(session['url']), { card: '4242 4242 4242 4242' });
  await end(first.child, 'SIGKILL');

  const second = await run(t, folder);
  const found = await call(`${second.url}/v1/checkout/sessions/${session['id']}`, 'GET', {});
  assert.deepEqual([found['status'], found['payment_status']], ['complete', 'paid']);
  await end(second.child, 'SIGTERM');
  assert.equal(second.child.exitCode, 0);

  const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  const everything = [...kept, first.said(), second.said()].join('\n');
  for (const { number } of TEST_CARDS) assert.ok(!everything.includes(number), number);
  assert.ok(!everything.includes('4242 4242'));
});

test('it listens on the loopback only', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'everline-simulator-'));
  t.after(async () => rmSync(folder, { recursive: true, force: true }));
  const { port } = await run(t, folder);
  const outside = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of outside) assert.equal(await canConnect(address, port), false, address);
  assert.equal(await canConnect('127.0.0.1', port), true);
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const say = (can: boolean) => {
      socket.destroy();
      resolve(can);
    };
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
    socket.once('timeout', () => say(false));
  });
}

test('whom a proxy or a name of its own leads there is sent away: the simulator is for a browser on this machine', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  t.after(async () => rmSync(folder, { recursive: true, force: true }));
  const { port } = await run(t, folder);
  const status = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = get({ host: '127.0.0.1', port, path: '/_simulator', headers: { connection: 'close', ...headers } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject);
    });
  assert.equal(await status({ host: `localhost:${port}` }), 200);
  assert.equal(await status({ host: 'rebound.example' }), 403);
  assert.equal(await status({ 'x-forwarded-for': '203.0.113.9' }), 403);
  assert.equal(await status({ forwarded: 'for=203.0.113.9' }), 403);
});
