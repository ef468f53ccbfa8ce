/** Policy on this node: Sy beside Gy, and whoever watches a line told of what changes, as far as it is reached from here. */
import type { DiameterServer, ServedApplication } from '#channels/diameter';
import { spendingLimitRoutes } from '#channels/spending-limit';
import { createSy } from '#channels/sy';
import type { NetworkPeer } from '#domain/charging';
import {
  changeWatch,
  endExpiredWatches,
  endWatch,
  lookAgain,
  notePolicyPeer,
  openWatch,
  type PolicyDoors,
  type Teller,
  tellDueWatchers,
  tellWatchersOf,
} from '#domain/policy';
import { formatId } from '#platform/ids';
import type { RouteSet } from '#platform/sbi';
import type { House } from '../house/index.ts';

/** Whoever watches by another door than Sy. */
export type OtherDoor = Pick<PolicyDoors, 'tell' | 'terminate'>;

export type Policy = {
  /** To be spoken beside Gy. */
  readonly sy: ServedApplication;
  /** Of an account that something changed for. */
  readonly heard: (payload: string | undefined) => Promise<void>;
  /** Something may have been missed: all peers that are connected here are looked at. */
  readonly lookAgain: () => Promise<void>;
  /** A peer has connected. */
  readonly notePeer: (peer: { readonly originHost: string; readonly originStateId: number }) => void;
  /** From now on peers can be told. */
  begin(server: DiameterServer): void;
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 1_000;

export function openPolicy({ tools, catalog, log }: House, spendingLimit?: OtherDoor): Policy {
  const sy = createSy({
    open: async (request) => openWatch(tools, await catalog.current(), request),
    change: async (request) => changeWatch(tools, await catalog.current(), request),
    end: (name) => endWatch(tools, name),
    log,
  });
  let server: DiameterServer | undefined;
  const doorOf = (door: string): OtherDoor | undefined => {
    const diameter = server;
    if (door === 'spending_limit' || diameter === undefined) return spendingLimit;
    return { tell: (watch, changed) => sy.tell(diameter, watch, changed), terminate: (watch) => sy.terminate(diameter, watch) };
  };
  const teller: Teller = {
    tools,
    catalog: () => catalog.current(),
    doors: {
      peers: () => server?.reached() ?? [],
      spendingLimit: spendingLimit !== undefined,
      tell: async (watch, changed) => (await doorOf(watch.door)?.tell(watch, changed)) ?? 'failed',
      terminate: async (watch) => (await doorOf(watch.door)?.terminate(watch)) ?? 'failed',
    },
  };
  let looking: Promise<void> | undefined;
  const look = async () => {
    await endExpiredWatches(tools);
    await tellDueWatchers(teller);
  };
  const every = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => log.warn({ err: error }, 'those who watch lines were not told'))
      .finally(() => {
        looking = undefined;
      });
  }, LOOK_EVERY_MS);
  return {
    sy: sy.application,
    heard: (payload) => tellWatchersOf(teller, payload),
    lookAgain: () => lookAgain(teller),
    notePeer(peer) {
      notePolicyPeer(tools, peer).then(
        (over) => over > 0 && log.info({ peer: peer.originHost, watches: over }, 'a peer restarted; what it watched is over'),
        (error: unknown) => log.error({ err: error, peer: peer.originHost }, 'watches of a peer that connected were not looked at'),
      );
    },
    begin(diameter) {
      server = diameter;
    },
    async stop() {
      clearInterval(every);
      await looking;
    },
  };
}

/** Spending limits as a route set of the 5G door; its consumers are peers of that door. */
export function spendingLimitSet({ tools, catalog, log }: House, peers: () => readonly NetworkPeer[]): RouteSet {
  return spendingLimitRoutes({
    open: async (request) => openWatch(tools, await catalog.current(), request),
    change: async (request) => changeWatch(tools, await catalog.current(), request),
    end: (name) => endWatch(tools, name),
    newReference: () => formatId('limit', tools.mintId(0)),
    peers: () => peers().filter(({ door }) => door === 'nchf'),
    now: () => tools.clock.transport(),
    log,
  });
}
