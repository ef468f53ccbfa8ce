/**
 * The Nchf door: 5G consumers ask by HTTP/2, the engine answers. Beside converged charging it takes other route sets (spending
 * limits). After a renewal the sessions of a line are asked to ask again.
 */
import type { Log } from '#platform/log';
import { type CheckToken, createSbiClient, type RouteSet, type SbiListenAddress, serveSbi } from '#platform/sbi';
import { type ChargingRoutesOptions, chargingRoutes } from './charging-routes.ts';
import { createNotifier, type Notification, type Notifier, type NotifierOptions, type ToNotify } from './notify-consumers.ts';

export type NchfOptions = ChargingRoutesOptions & {
  readonly listen: readonly SbiListenAddress[];
  /** Mounted beside converged charging. */
  readonly routeSets?: readonly RouteSet[];
  /** Set where consumers need an access token of the NRF. */
  readonly checkToken?: CheckToken | undefined;
  readonly notifying?: Omit<NotifierOptions, 'client' | 'log'>;
  readonly log: Log;
};

export type NchfDoor = {
  readonly ports: readonly number[];
  /** What is served here, for the NRF. */
  readonly routeSets: readonly RouteSet[];
  /** Whether a session was served by this node of late: then it is this node that tells its consumer. */
  hasServed(session: Pick<ToNotify, 'peer' | 'reference'>): boolean;
  /** Asks the consumer of a session to report and ask again. */
  reauthorise(session: ToNotify): ReturnType<Notifier['notify']>;
  /** Asks the consumer to end a session. */
  abort(session: ToNotify): ReturnType<Notifier['notify']>;
  close(): Promise<void>;
};

const SERVED_MAX = 200_000;

export async function openNchf(options: NchfOptions): Promise<NchfDoor> {
  const served = new Set<string>();
  const charging = chargingRoutes({
    ...options,
    onServed: (session) => {
      const name = nameOf(session);
      // The latest last: what is forgotten has not been heard of for the longest.
      served.delete(name);
      served.add(name);
      const [eldest] = served;
      if (served.size > SERVED_MAX && eldest !== undefined) served.delete(eldest);
    },
  });
  const routeSets = [charging, ...(options.routeSets ?? [])];
  const server = await serveSbi({ listen: options.listen, routeSets, checkToken: options.checkToken, log: options.log });
  const client = createSbiClient();
  const notifier = createNotifier({ ...options.notifying, client, log: options.log });
  const notify = (type: Notification) => (session: ToNotify) => notifier.notify(session, type);
  return {
    ports: server.ports,
    routeSets,
    hasServed: (session) => served.has(nameOf(session)),
    reauthorise: notify('REAUTHORIZATION'),
    abort: notify('ABORT_CHARGING'),
    async close() {
      await server.close();
      client.close();
    },
  };
}

function nameOf({ peer, reference }: Pick<ToNotify, 'peer' | 'reference'>): string {
  return `${peer}/${reference}`;
}
