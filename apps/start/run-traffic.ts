/**
 * The demonstration's packet core: a process of its own that uses the lines' data through the Gy door, so that rings move,
 * a line runs dry, is slowed down by what its policy function is told over Sy, and is back after its renewal. On the loopback, and in demonstrations alone.
 */
import { join } from 'node:path';
import { listPeers, savePeer } from '#domain/charging';
import { assert } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { listPhones } from '../demonstration/index.ts';
import type { House } from '../house/index.ts';
import { type Program, startProgram } from './start-program.ts';

const PROGRAM = join(import.meta.dirname, '../../simulators/packet-core/main.ts');
const ORIGIN_HOST = 'core.northwind.example';
/** Of most of the lines: their evenings are when their owners watch. */
const ZONE_HOURS = -5;

/** Lets the demonstration's core in, once; before the door opens, so that the door knows it. */
export async function admitCore({ tools }: House): Promise<void> {
  if ((await listPeers(tools.database)).some(({ originHost }) => originHost === ORIGIN_HOST)) return;
  const saved = await savePeer(
    tools,
    {
      ...{ originHost: ORIGIN_HOST, profile: 'standard', addresses: ['127.0.0.1'] },
      ...{ needsTls: false, carriesOthers: false, requestsMax: 1_000 },
    },
    { actor: 'job:demonstration', reason: 'the simulated packet core of the demonstration' },
  );
  assert(!isRefusal(saved), 'the demonstration lets its own core in');
}

/** Undefined when no line of the demonstration is there to use. */
export async function runTraffic(house: House, gyPort: number): Promise<Program | undefined> {
  const phones = await listPhones(house.tools.database);
  if (phones.length === 0) return undefined;
  const program = await startProgram('packet core', PROGRAM, [
    ...['--host', '127.0.0.1', '--port', `${gyPort}`, '--origin-host', ORIGIN_HOST, `--zone-hours=${ZONE_HOURS}`],
    ...['--subscribers', phones.map(({ imsi, number }) => `${imsi}/${number}`).join(','), '--stay-off', '--follow-stdin'],
  ]);
  const origin = new URL(program.url).origin;
  for (const { imsi, traffic } of phones) await tell(origin, 'traffic', { imsi, traffic });
  await tell(origin, 'start', {});
  return program;
}

async function tell(origin: string, verb: 'traffic' | 'start', body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${origin}/_simulator/${verb}`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert(answer.ok, `the packet core does what it is told (${answer.status})`);
  await answer.arrayBuffer();
}
