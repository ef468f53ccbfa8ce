/** The demonstration's payment provider: a process of its own, ended with us, its data kept in the home folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './listen.ts';

export type Simulator = {
  readonly url: string;
  readonly key: string;
  readonly webhookSecret: string;
  stop(): Promise<void>;
};

const PROGRAM = join(import.meta.dirname, '../../simulators/payment-provider/main.ts');
const READY_MS_MAX = 20_000;
const LOOPBACK = '127.0.0.1';

/** `port` is where it is wished for: pages of payments that are open keep their address over a restart. */
export async function startSimulator(home: string, port: number, webhookUrl: string): Promise<Simulator> {
  const folder = join(home, 'payment-simulator');
  const { key, webhookSecret } = readKeys(folder);
  const words = [
    '--port',
    `${await freePort(LOOPBACK, port)}`,
    '--data',
    folder,
    '--webhook-url',
    webhookUrl,
    '--webhook-secret',
    webhookSecret,
    '--key',
    key,
    '--follow-stdin',
  ];
  // Detached from our terminal's signals: we end it ourselves, after the last request to it.
  const child = spawn(process.execPath, [PROGRAM, ...words], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const { url } = await readReady(child);
  return { url, key, webhookSecret, stop: () => stop(child) };
}

function readKeys(folder: string): { key: string; webhookSecret: string } {
  const file = join(folder, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as { key: string; webhookSecret: string };
  mkdirSync(folder, { recursive: true });
  const keys = { key: `sk_test_${randomBytes(18).toString('hex')}`, webhookSecret: `whsec_${randomBytes(18).toString('hex')}` };
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

function readReady(child: ChildProcess): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the payment simulator is not ready in time')), READY_MS_MAX);
    child.once('exit', (code) => reject(new Error(`the payment simulator ended (${code}) before it was ready`)));
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.once('line', (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line) as { url: string });
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
