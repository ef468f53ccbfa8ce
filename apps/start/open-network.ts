/** The doors that packet cores ask at, and the engine behind them: the role `charging`. */
import type pg from 'pg';
import { type GyDoor, openGy } from '#channels/gy';
import {
  type ChargingEngine,
  createChargingEngine,
  type EmergencyEngine,
  enquireCharge,
  listPeers,
  type NetworkPeer,
  noteOriginState,
  sessionsToAsk,
} from '#domain/charging';
import type { Config } from '#platform/config';
import { createMetrics, type Metrics } from '#platform/metrics';
import type { House } from '../house/index.ts';
import { hearOfAccounts } from './hear-of-accounts.ts';
import { measureDoors, measureEmergency, measurePeers, measureSessions } from './measure-charging.ts';
import { keepReplaying, openEmergency } from './open-emergency.ts';

export type NetworkOptions = {
  readonly house: House;
  /** For listening to what happens to accounts. */
  readonly connection: pg.ClientConfig;
  /** Loopback for a demonstration; everywhere for one's own. */
  readonly host: string;
  /** 3868 unless said otherwise; the next free one when it is taken. */
  readonly port: number;
  readonly originHost: string;
  readonly originRealm: string;
  /** Undefined: nothing is given while the database is away. */
  readonly emergency?: Config['emergency'];
  /** Where it tells what it does. */
  readonly metrics?: Metrics;
};

export type Network = {
  readonly engine: ChargingEngine;
  /** Undefined where none is given. */
  readonly emergency: EmergencyEngine | undefined;
  readonly gy: GyDoor;
  close(): Promise<void>;
};

/** How old the list of peers may be: a peer that is let in is let in within a second. */
const PEERS_EVERY_MS = 1_000;
const PORTS_TRIED_MAX = 50;

export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { house, originHost, originRealm, metrics = createMetrics() } = options;
  const { tools, log } = house;
  const plain = createChargingEngine(tools, () => house.catalog.current(), log);
  const emergency = await openEmergency(options, plain);
  const engine = emergency ?? plain;
  const measured = measureDoors(metrics);
  let peers: readonly NetworkPeer[] = await listPeers(tools.database);
  const gy = await openFrom(options, (port) =>
    openGy({
      listen: [{ host: options.host, port }],
      ...{ originHost, originRealm },
      originStateId: Math.floor(tools.clock.transport().getTime() / 1000),
      ...{ engine: measured('gy', engine), log, clock: tools.clock },
      enquire: async (request) => enquireCharge(tools, await house.catalog.current(), request),
      peers: () => peers,
      onPeer: (peer) => {
        noteOriginState(tools, peer).then(
          (ended) =>
            ended.length > 0 && log.info({ peer: peer.originHost, sessions: ended.length }, 'a peer restarted; what it had begun is over'),
          (error: unknown) => log.error({ err: error, peer: peer.originHost }, 'sessions of a peer that restarted were not ended'),
        );
      },
    }),
  );
  const reading = setInterval(() => {
    listPeers(tools.database).then(
      (found) => {
        const changed = JSON.stringify(found) !== JSON.stringify(peers);
        peers = found;
        if (changed) gy.server.recheckPeers();
      },
      (error: unknown) => log.warn({ err: error }, 'the list of peers could not be read'),
    );
  }, PEERS_EVERY_MS);
  const askAgain = createAsker(house, gy);
  const stopHearing = hearOfAccounts(options.connection, log, (payload) => {
    askAgain(payload).catch((error: unknown) => log.warn({ err: error }, 'sessions were not asked to ask again'));
  });
  measurePeers(metrics, house, gy);
  measureSessions(metrics, house);
  if (emergency !== undefined) measureEmergency(metrics, emergency);
  const stopReplaying = keepReplaying(emergency);
  return {
    engine,
    emergency,
    gy,
    async close() {
      clearInterval(reading);
      stopReplaying();
      await stopHearing();
      await gy.close();
      await engine.close();
    },
  };
}

/** The outbox tells again within so long: whoever has asked since the first telling knows already. */
const TOLD_AGAIN_MS = 10_000;
const TOLD_MAX = 10_000;

/** Asks those of peers that are connected here; another node asks those of its own. */
function createAsker({ tools }: House, gy: GyDoor): (payload: string | undefined) => Promise<void> {
  const toldAt = new Map<string, Date>();
  return async (payload = '') => {
    const now = tools.clock.transport();
    const before = toldAt.get(payload);
    const first = before !== undefined && now.getTime() - before.getTime() < TOLD_AGAIN_MS ? before : now;
    if (toldAt.size >= TOLD_MAX) toldAt.clear();
    toldAt.set(payload, first);
    const sessions = (await sessionsToAsk(tools.database, payload, first)) ?? [];
    await Promise.all(sessions.filter(({ peer }) => gy.server.connection(peer) !== undefined).map((session) => gy.reauthorise(session)));
  };
}

async function openFrom({ port }: NetworkOptions, open: (port: number) => Promise<GyDoor>): Promise<GyDoor> {
  for (let tried = port; ; tried += 1) {
    try {
      return await open(tried);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0 || tried >= port + PORTS_TRIED_MAX) throw error;
    }
  }
}
