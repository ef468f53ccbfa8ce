/** The demonstration's payment provider: a process of its own, ended with us, its data kept in the home folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './listen.ts';
import { startProgram } from './start-program.ts';

export type Simulator = {
  readonly url: string;
  readonly key: string;
  readonly webhookSecret: string;
  stop(): Promise<void>;
};

const PROGRAM = join(import.meta.dirname, '../../simulators/payment-provider/main.ts');
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
  return { key, webhookSecret, ...(await startProgram('payment', PROGRAM, words)) };
}

function readKeys(folder: string): { key: string; webhookSecret: string } {
  const file = join(folder, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as { key: string; webhookSecret: string };
  mkdirSync(folder, { recursive: true });
  const keys = { key: `sk_test_${randomBytes(18).toString('hex')}`, webhookSecret: `whsec_${randomBytes(18).toString('hex')}` };
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}
