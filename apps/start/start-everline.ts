/**
 * `everline start`: the database, the demonstration's simulator, the house, its doors and its jobs, in this order; and
 * all of it ended in the opposite one, leaving no process behind.
 */
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { followClock } from '#platform/clock';
import type { Config } from '#platform/config';
import { createDirectCheck, createSourceReader } from '#platform/http';
import { chooseInstallation, type Installation } from '#platform/installation';
import { createLog, type Log } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { seedDemonstration } from '../demonstration/index.ts';
import { forgetRunning, type OpenHouse, openHouse, writeRunning } from '../house/index.ts';
import { healthOf } from './health.ts';
import { listen } from './listen.ts';
import { openDoors } from './open-doors.ts';
import { type Network, type NetworkOptions, openNetwork } from './open-network.ts';
import { forbidRealMoney, openTill } from './open-till.ts';
import { runJobs } from './run-jobs.ts';
import { admitCores, runTraffic } from './run-traffic.ts';
import type { Simulator } from './start-simulator.ts';

export const ROLES = ['web', 'api', 'webhooks', 'worker', 'charging'] as const;
export type Role = (typeof ROLES)[number];

export type StartOptions = {
  readonly config: Config;
  readonly roles: readonly Role[];
  /** One line of plain words for whoever started us. */
  readonly print: (line: string) => void;
  /** With how many lines a demonstration begins; all of them unless told. */
  readonly linesMax?: number | undefined;
  /** Whether a demonstration's lines are used by a simulated packet core; as configured unless told. */
  readonly traffic?: boolean | undefined;
  /** Asked to stop before everything answers: what takes long is cut short, and throws. */
  readonly signal?: AbortSignal | undefined;
};

export type RunningEverline = {
  readonly opened: OpenHouse;
  readonly publicUrl: string;
  readonly simulatorUrl: string | undefined;
  /** Where packet cores connect, by Diameter; undefined without the role. */
  readonly gyPort: number | undefined;
  /** Where 5G consumers ask, by HTTP/2; undefined without the role. */
  readonly nchfPort: number | undefined;
  /** The pages of the demonstration's packet cores; undefined where none runs. */
  readonly coreUrl: string | undefined;
  readonly core5gUrl: string | undefined;
  readonly demonstration: boolean;
  /** Where this machine reaches the demonstration's own pages; undefined where there are none. */
  readonly demonstrationUrl: string | undefined;
  readonly portTaken: boolean;
  stop(): Promise<void>;
};

/** Resolves when everything answers. What was started is stopped again when a later part fails. */
export async function startEverline(options: StartOptions): Promise<RunningEverline> {
  const { config } = options;
  const log = createLog(config.databaseUrl === undefined ? join(config.home, 'everline.log') : 2);
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
    log.flush();
  };
  try {
    return { ...(await bringUp(options, log, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  { config, roles, print, linesMax, traffic = config.traffic, signal }: StartOptions,
  log: Log,
  undo: (() => Promise<void> | void)[],
): Promise<Omit<RunningEverline, 'stop'>> {
  const door = createDoor();
  const ownServer = config.databaseUrl !== undefined || config.publicUrl !== undefined;
  const host = ownServer ? '0.0.0.0' : '127.0.0.1';
  const port = await listen(door.server, host, config.port);
  undo.push(() => door.close());
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  let simulator: Simulator | undefined;
  const provider = async (installation: Installation | undefined) => {
    // Only a demonstration is paid with money that is none.
    if (installation === undefined ? config.databaseUrl !== undefined : installation.kind === 'own') return undefined;
    if (installation === undefined || installation.seededAt === null) forbidRealMoney(config);
    if (config.stripe !== undefined) return undefined;
    const till = await openTill({ config, log, port: port + 1, webhookUrl: `http://127.0.0.1:${port}/webhooks/stripe` });
    undo.push(() => till.stop());
    simulator = till;
    return till.provider;
  };
  const opened = await openHouse({ config, log, print, publicUrl, alone: true, connectionsMax: 20, provider });
  undo.push(() => opened.close());
  const { house } = opened;
  const { kind, seededAt } =
    opened.installation ?? (await chooseInstallation(house.tools.database, config.databaseUrl === undefined ? 'demonstration' : 'own'));
  const demonstration = kind === 'demonstration';
  if (demonstration && seededAt === null && config.databaseUrl === undefined) await seedDemonstration(house, { print, linesMax, signal });
  signal?.throwIfAborted();
  undo.push(followClock(house.tools.database, house.tools.clock, (error) => log.error({ err: error }, 'clock')));
  writeRunning(config.home, {
    pid: process.pid,
    publicUrl,
    simulator: simulator && { url: simulator.url, key: simulator.key, webhookSecret: simulator.webhookSecret },
  });
  undo.push(() => forgetRunning(config.home));
  if (roles.includes('worker')) {
    const worker = await runJobs(house, opened.connection);
    undo.push(() => worker.stop());
  }
  const metrics = createMetrics();
  // A core that is not ours, or a door that others reach, is nothing to simulate on.
  const hasTraffic = traffic && demonstration && !ownServer && roles.includes('charging');
  const network = roles.includes('charging')
    ? await openNetworkOf(opened, config, { host, hasTraffic, redirectUrl: `${publicUrl}/`, metrics })
    : undefined;
  undo.push(() => network?.close());
  const demonstrationUrl = demonstration && roles.includes('web') && !isBehindProxy(config) ? `http://localhost:${port}` : undefined;
  // A stand-in for Stripe shows its pages itself.
  const paymentOrigins = [new URL(simulator?.url ?? config.stripe?.host ?? 'https://checkout.stripe.com').origin];
  const doors = await openDoors({
    house,
    demonstration: demonstrationUrl !== undefined,
    sourceOf: createSourceReader(config.trustedProxies),
    metrics: { text: () => metrics.text(), allows: createDirectCheck(config.metricsFrom) },
    roles,
    publicUrl,
    paymentOrigins,
    health: () => healthOf(opened, { demonstration, roles }),
  });
  undo.push(() => doors.close());
  door.open(doors.handle);
  const ports = network && { gy: network.gy.ports[0] ?? 0, nchf: network.nchf.port };
  const core = hasTraffic && ports !== undefined ? await runTraffic(house, ports) : undefined;
  undo.push(() => core?.stop());
  const portTaken = port !== config.port && config.port !== 0;
  const cores = { coreUrl: core?.url, core5gUrl: core?.url5g };
  const addresses = { publicUrl, simulatorUrl: simulator?.url, gyPort: ports?.gy, nchfPort: ports?.nchf, ...cores, demonstrationUrl };
  return { opened, ...addresses, demonstration, portTaken };
}

/** The doors of the role `charging`; the demonstration's cores are let in before they open. */
async function openNetworkOf(
  { house, connection }: OpenHouse,
  { diameter, nchf, nrf, emergency }: Config,
  { hasTraffic, ...how }: Pick<NetworkOptions, 'host' | 'redirectUrl' | 'metrics'> & { readonly hasTraffic: boolean },
): Promise<Network> {
  if (hasTraffic) await admitCores(house);
  return openNetwork({ house, connection, ...diameter, nchf, nrf, emergency, ...how });
}

/** We speak no TLS ourselves. Behind a proxy of this machine everybody seems to be on this machine. */
function isBehindProxy({ publicUrl, trustedProxies }: Config): boolean {
  return trustedProxies.length > 0 || publicUrl?.startsWith('https:') === true;
}

/** Listens before the house is ready, so that the port is known to those who must call it back; answers 503 until then. */
function createDoor() {
  let handler: Parameters<typeof createServer>[1] = (_, response) => {
    response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '2' }).end('Everline is starting.\n');
  };
  const server: Server = createServer((request, response) => handler?.(request, response));
  return {
    server,
    open(next: NonNullable<typeof handler>) {
      handler = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
