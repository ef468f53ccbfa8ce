/** The simulator by words, as `main.ts` and `everline simulate packet-core` take them. */
import { parseArgs } from 'node:util';
import { OffsetClock } from '#platform/clock';
import { createLog } from '#platform/log';
import { type Disorder, ORDER } from './courier.ts';
import type { PacketCoreOptions, RatingGroups, SubscriberOptions } from './packet-core.ts';
import { CORE_PROFILES, type CoreProfile } from './profiles.ts';
import { type PacketCoreSimulator, startPacketCore } from './start-packet-core.ts';
import { APPS, type Traffic } from './traffic.ts';

export const PACKET_CORE_USAGE = `--host H --port P --origin-host core.example [--door gy|nchf] [--nrf http://H:P] [--pcf] --subscribers <imsi or imsi/+number or imsi/+number@20801, …> [--profile ${Object.keys(CORE_PROFILES).join('|')}] [--traffic usual:1|idle|steady:500|run_dry:6000] [--speed 1] [--seed 1] [--zone-hours 0] [--network 20801] [--rating-groups first=10,video=20,portal=90] [--disorder losePercent=5,…] [--control-port 0]`;

/** What was said does not fit. */
export class WordsTrouble extends Error {
  override name = 'WordsTrouble';
}

const OPTIONS = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '3868' },
  'origin-host': { type: 'string' },
  subscribers: { type: 'string' },
  door: { type: 'string' },
  nrf: { type: 'string' },
  /** A PCF asks for spending limits, also where that of the profile's make does not. */
  pcf: { type: 'boolean', default: false },
  profile: { type: 'string', default: 'standard' },
  traffic: { type: 'string', default: 'usual:1' },
  speed: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  'zone-hours': { type: 'string', default: '0' },
  network: { type: 'string' },
  'rating-groups': { type: 'string', default: 'first=10' },
  disorder: { type: 'string', default: '' },
  'control-port': { type: 'string', default: '0' },
  /** Subscribers stay switched off until they are told to start. */
  'stay-off': { type: 'boolean', default: false },
  /** Ends when standard input does: a parent that was killed leaves nothing behind. */
  'follow-stdin': { type: 'boolean', default: false },
} as const;

/** Prints one line of JSON when it runs; settles when it was told to end and has ended its sessions. Throws WordsTrouble. */
export async function runPacketCore(words: readonly string[], print: (line: string) => void): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: OPTIONS });
  const simulator = await startPacketCore(readOptions(values));
  const ended = untilTold(simulator, values['follow-stdin']);
  if (!values['stay-off']) for (const session of simulator.core.sessions) session.start();
  simulator.core.run(readNumber('--speed', values.speed, 0.01));
  print(JSON.stringify({ ready: true, url: `${simulator.url}/_simulator/state`, pid: process.pid }));
  await ended;
}

function untilTold(simulator: PacketCoreSimulator, followsStdin: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => void simulator.close().then(resolve, reject);
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    if (followsStdin) process.stdin.resume().once('end', end).once('close', end);
  });
}

type Words = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function readOptions(values: Words): PacketCoreOptions & { controlPort: number } {
  const { host, profile, network } = values;
  const originHost = values['origin-host'] ?? '';
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(originHost)) throw new WordsTrouble('--origin-host takes a domain name, "core.example"');
  if (!Object.hasOwn(CORE_PROFILES, profile)) throw new WordsTrouble(`--profile is one of ${Object.keys(CORE_PROFILES).join(', ')}`);
  const door = readDoor(values.door, CORE_PROFILES[profile as CoreProfile['code']]);
  const traffic = readTraffic(values.traffic);
  const subscribers = (values.subscribers ?? '').split(',').filter((one) => one !== '');
  if (subscribers.length === 0) throw new WordsTrouble('--subscribers takes IMSIs, "001010000000001,001010000000002/+12065550142"');
  return {
    ...{ host, originHost, door, nrfUrl: values.nrf, pcf: values.pcf, clock: new OffsetClock(), log: createLog(2, 'warn') },
    port: readNumber('--port', values.port, 1),
    // Checked above.
    profile: profile as CoreProfile['code'],
    subscribers: subscribers.map((one): SubscriberOptions => {
      const [, imsi, e164, visited] = /^(\d{6,15})(?:\/(\+?\d+))?(?:@(\d{5,6}))?$/.exec(one) ?? [];
      if (imsi === undefined) throw new WordsTrouble(`--subscribers: ${one} is no IMSI, and no imsi/+number or imsi/+number@network`);
      return { imsi, e164, traffic, visitedNetwork: visited ?? network };
    }),
    seed: readNumber('--seed', values.seed, 0),
    zoneHours: readNumber('--zone-hours', values['zone-hours'], -14),
    ratingGroups: readRatingGroups(values['rating-groups']),
    disorder: readPairs('--disorder', values.disorder, Object.keys(ORDER)) as Partial<Disorder>,
    controlPort: readNumber('--control-port', values['control-port'], 0),
  };
}

function readDoor(text: string | undefined, { code, doors }: CoreProfile): 'gy' | 'nchf' | undefined {
  const door = text === undefined ? doors[0] : doors.find((one) => one === text);
  if (door === undefined) throw new WordsTrouble(`--door is ${doors.join(' or ')} for ${code}`);
  return door;
}

export function readTraffic(text: string): Traffic {
  const [, kind, amount] = /^(usual|idle|steady|run_dry)(?::(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  const number = Number(amount ?? (kind === 'usual' ? 1 : 0));
  if (kind === 'idle') return { kind };
  if (kind === undefined || number <= 0) throw new WordsTrouble('--traffic is usual:<appetite>, idle, steady:<kbps> or run_dry:<kbps>');
  return kind === 'usual' ? { kind, appetite: number } : { kind: kind as 'steady' | 'run_dry', kbps: number };
}

function readRatingGroups(text: string): RatingGroups {
  const pairs = readPairs('--rating-groups', text, ['first', 'portal', ...APPS]);
  const { first } = pairs;
  if (first === undefined) throw new WordsTrouble('--rating-groups names the first group: first=10');
  return { ...pairs, first };
}

function readPairs(option: string, text: string, names: readonly string[]): Record<string, number> {
  const pairs = text.split(',').filter((one) => one !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      if (!names.includes(name)) throw new WordsTrouble(`${option} takes name=number, of ${names.join(', ')}`);
      return [name, readNumber(option, value, 0)];
    }),
  );
}

function readNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number) || number < least) throw new WordsTrouble(`${option} takes a number from ${least} on`);
  return number;
}
