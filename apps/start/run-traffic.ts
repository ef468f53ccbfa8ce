/**
 * The demonstration's packet cores: processes of their own that use the lines' data through the network's doors, so that rings move,
 * a line runs dry, is slowed down and is back after its renewal. Most lines are on 4G, by Gy and Sy; one is on 5G, and its core asks by Nchf as free5GC does, with a PCF
 * that asks for spending limits. On the loopback, and in demonstrations alone.
 */
import { join } from 'node:path';
import { listPeers, type PeerToSave, savePeer } from '#domain/charging';
import { assert } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { listPhones, type Phone } from '../demonstration/index.ts';
import type { House } from '../house/index.ts';
import { type Program, startProgram } from './start-program.ts';

type Traffic = {
  /** The page of the core of 4G. */
  readonly url: string;
  /** And of 5G; undefined where there is but one line. */
  readonly url5g: string | undefined;
  stop(): Promise<void>;
};

const PROGRAM = join(import.meta.dirname, '../../simulators/packet-core/main.ts');
const LOOPBACK = '127.0.0.1';
const CORE_4G = 'core.northwind.example';
const CORE_5G = 'smf.northwind.example';
/** Of most of the lines: their evenings are when their owners watch. */
const ZONE_HOURS = -5;
/** As the demonstration's markets sell it: `data.renewal`, which is free in every state of a line. */
const PORTAL_GROUP = 90;

/** Lets the demonstration's cores in, once; before the doors open, so that they know them. */
export async function admitCores({ tools }: House): Promise<void> {
  const common = { addresses: [LOOPBACK], needsTls: false, carriesOthers: false, requestsMax: 1_000 };
  const cores: readonly PeerToSave[] = [
    { originHost: CORE_4G, profile: 'standard', ...common },
    { originHost: CORE_5G, door: 'nchf', profile: 'free5gc', ...common },
  ];
  const known = new Set((await listPeers(tools.database)).map(({ originHost }) => originHost));
  for (const core of cores) {
    if (known.has(core.originHost)) continue;
    const saved = await savePeer(tools, core, { actor: 'job:demonstration', reason: 'a simulated packet core of the demonstration' });
    assert(!isRefusal(saved), 'the demonstration lets its own cores in');
  }
}

/** Undefined when no line of the demonstration is there to use. */
export async function runTraffic(house: House, ports: { readonly gy: number; readonly nchf: number }): Promise<Traffic | undefined> {
  const phones = await listPhones(house.tools.database);
  const on5g = phones.length > 1 ? phones.slice(-1) : [];
  const on4g = phones.slice(0, phones.length - on5g.length);
  if (on4g.length === 0) return undefined;
  const core4g = await runCore(on4g, ['--port', `${ports.gy}`, '--origin-host', CORE_4G]);
  try {
    // free5GC's own PCF asks for no spending limit; one beside it does.
    const words5g = ['--door', 'nchf', '--profile', 'free5gc', '--pcf', '--port', `${ports.nchf}`, '--origin-host', CORE_5G];
    const core5g = on5g.length === 0 ? undefined : await runCore(on5g, words5g);
    return {
      url: core4g.url,
      url5g: core5g?.url,
      async stop() {
        await Promise.all([core4g.stop(), core5g?.stop()]);
      },
    };
  } catch (error) {
    await core4g.stop();
    throw error;
  }
}

/** Its speeds come by its policy function: over Sy in 4G, by the spending limit in 5G. */
async function runCore(phones: readonly Phone[], words: readonly string[]): Promise<Program> {
  const program = await startProgram('packet core', PROGRAM, [
    ...['--host', LOOPBACK, ...words, `--zone-hours=${ZONE_HOURS}`],
    ...[
      '--subscribers',
      phones.map(({ imsi, number, visitedNetwork }) => `${imsi}/${number}${visitedNetwork ? `@${visitedNetwork}` : ''}`).join(','),
      `--rating-groups=first=10,portal=${PORTAL_GROUP}`,
      '--stay-off',
      '--follow-stdin',
    ],
  ]);
  const { origin } = new URL(program.url);
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
