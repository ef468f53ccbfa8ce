/** The simulator by words, as `main.ts` and `everline simulate nrf` take them. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type NrfSimulator, startNrf } from './start-nrf.ts';

export const NRF_USAGE = '[--host 127.0.0.1] [--port 8000] [--heartbeat 10] [--algorithm RS512|ES256] [--public-key <file>]';

/** What was said does not fit. */
export class NrfWordsTrouble extends Error {
  override name = 'NrfWordsTrouble';
}

const OPTIONS = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8000' },
  heartbeat: { type: 'string', default: '10' },
  algorithm: { type: 'string', default: 'RS512' },
  /** Where its public key is written, for whoever checks its tokens (NRF_CERT). */
  'public-key': { type: 'string' },
  'follow-stdin': { type: 'boolean', default: false },
} as const;

/** Prints one line of JSON when it runs; settles when it was told to end. Throws NrfWordsTrouble. */
export async function runNrf(words: readonly string[], print: (line: string) => void): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: OPTIONS });
  const { host, algorithm } = values;
  if (algorithm !== 'RS512' && algorithm !== 'ES256') throw new NrfWordsTrouble('--algorithm is RS512 or ES256');
  const port = readWhole('--port', values.port, 0);
  const simulator = await startNrf({ host, port, algorithm, heartbeatSeconds: readWhole('--heartbeat', values.heartbeat, 1) });
  const file = values['public-key'];
  if (file !== undefined) writeFileSync(file, simulator.nrf.publicKey);
  const ended = untilTold(simulator, values['follow-stdin']);
  print(JSON.stringify({ ready: true, url: simulator.url, pid: process.pid }));
  await ended;
}

function untilTold(simulator: NrfSimulator, followsStdin: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => void simulator.close().then(resolve, reject);
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    if (followsStdin) process.stdin.resume().once('end', end).once('close', end);
  });
}

function readWhole(option: string, text: string, least: number): number {
  const number = Number(text);
  if (text === '' || !Number.isInteger(number) || number < least)
    throw new NrfWordsTrouble(`${option} takes a whole number from ${least} on`);
  return number;
}
