/**
 * The demonstration's packet core: a process of its own that uses the lines' data through the Gy door, so that rings move,
 * a line runs dry and is back after its renewal. On the loopback, and in demonstrations alone.
 */
import { join } from 'node:path';
import { readAllowances, summarise } from '#domain/allowances';
import { listPeers, savePeer } from '#domain/charging';
import { presentPlan, readLine, usePolicy } from '#domain/lines';
import { assert } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { listPhones, type Phone } from '../demonstration/index.ts';
import type { House } from '../house/index.ts';
import { startProgram } from './start-program.ts';

type Traffic = { readonly url: string; stop(): Promise<void> };

const PROGRAM = join(import.meta.dirname, '../../simulators/packet-core/main.ts');
const ORIGIN_HOST = 'core.northwind.example';
/** Of most of the lines: their evenings are when their owners watch. */
const ZONE_HOURS = -5;
/** As the demonstration's markets sell it: `data.renewal`, which is free in every state of a line. */
const PORTAL_GROUP = 90;
const SPEEDS_EVERY_MS = 2_000;

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
export async function runTraffic(house: House, gyPort: number): Promise<Traffic | undefined> {
  const phones = await listPhones(house.tools.database);
  if (phones.length === 0) return undefined;
  const program = await startProgram('packet core', PROGRAM, [
    ...['--host', '127.0.0.1', '--port', `${gyPort}`, '--origin-host', ORIGIN_HOST, `--zone-hours=${ZONE_HOURS}`],
    ...[
      '--subscribers',
      phones.map(({ imsi, number, visitedNetwork }) => `${imsi}/${number}${visitedNetwork ? `@${visitedNetwork}` : ''}`).join(','),
      `--rating-groups=first=10,portal=${PORTAL_GROUP}`,
      '--stay-off',
      '--follow-stdin',
    ],
  ]);
  const origin = new URL(program.url).origin;
  const told = new Map<string, number | undefined>();
  await tellSpeeds(house, phones, origin, told);
  for (const { imsi, traffic } of phones) await tell(origin, 'traffic', { imsi, traffic });
  await tell(origin, 'start', {});
  let telling: Promise<void> | undefined;
  const every = setInterval(() => {
    telling ??= tellSpeeds(house, phones, origin, told)
      .catch((error: unknown) => house.log.warn({ err: error }, 'the packet core was not told its speeds'))
      .finally(() => {
        telling = undefined;
      });
  }, SPEEDS_EVERY_MS);
  return {
    url: program.url,
    async stop() {
      clearInterval(every);
      await telling;
      await program.stop();
    },
  };
}

/**
 * Gy cannot set a speed: a policy function does, which in a mobile network is told of spent counters over Sy. Here it is
 * told by its page, of each line whose speed is another one than before.
 */
async function tellSpeeds(house: House, phones: readonly Phone[], origin: string, told: Map<string, number | undefined>): Promise<void> {
  for (const phone of phones) {
    const kbps = await speedOf(house, phone);
    if (told.get(phone.imsi) === kbps) continue;
    await tell(origin, 'speed', { imsi: phone.imsi, kbps: kbps ?? null });
    told.set(phone.imsi, kbps);
  }
}

async function speedOf({ tools, catalog }: House, { line }: Phone): Promise<number | undefined> {
  const state = await readLine(tools.database, line);
  const plan = presentPlan(catalog.latest(), state);
  if (plan?.exhaustion.kind !== 'throttle') return undefined;
  const now = tools.clock.business();
  const allowances = await readAllowances(tools.database, { ...line, at: now });
  const { data } = summarise(allowances, { zone: 'home', lineId: line.lineId, now, policy: usePolicy(plan) });
  return data.speed === 'throttled' ? plan.exhaustion.speedKbps : undefined;
}

async function tell(origin: string, verb: 'traffic' | 'speed' | 'start', body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${origin}/_simulator/${verb}`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert(answer.ok, `the packet core does what it is told (${answer.status})`);
  await answer.arrayBuffer();
}
