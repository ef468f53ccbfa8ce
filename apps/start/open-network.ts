/** The doors that packet cores ask at, and the engine behind them: the role `charging`. */
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import type { ListenAddress } from '#channels/diameter';
import { type GyDoor, openGy } from '#channels/gy';
import { createSpendingLimitTeller } from '#channels/spending-limit';
import {
  ACCOUNT_CHANNEL,
  type ChargingEngine,
  createChargingEngine,
  type EmergencyEngine,
  enquireCharge,
  listPeers,
  type NetworkPeer,
  noteOriginState,
  SESSION_ENDED_CHANNEL,
} from '#domain/charging';
import { POLICY_CHANNEL } from '#domain/policy';
import type { Config, DiameterTls } from '#platform/config';
import { createMetrics, type Metrics } from '#platform/metrics';
import { createSbiClient } from '#platform/sbi';
import type { House } from '../house/index.ts';
import { createAborter, createAsker } from './ask-sessions.ts';
import { hearOfAccounts } from './hear-of-accounts.ts';
import { measureBatches, measureDoors, measureEmergency, measurePeers, measureSessions } from './measure-charging.ts';
import { keepReplaying, openEmergency } from './open-emergency.ts';
import { type OpenNchfDoor, openNchfDoor } from './open-nchf-door.ts';
import { openPolicy, spendingLimitSet } from './open-policy.ts';

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
  /** By TLS too, on a port of its own. */
  readonly tls?: DiameterTls | undefined;
  readonly nchf: Config['nchf'];
  readonly nrf: Config['nrf'];
  /** Where a line that has used its last quota is led to, by peers that enforce it: the brand's own pages. */
  readonly redirectUrl?: string | undefined;
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
  readonly nchf: OpenNchfDoor;
  close(): Promise<void>;
};

/** How old the list of peers may be: a peer that is let in is let in within a second. */
const PEERS_EVERY_MS = 1_000;
const PORTS_TRIED_MAX = 50;

export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { house, originHost, originRealm, redirectUrl, metrics = createMetrics() } = options;
  const { tools, log } = house;
  const plain = createChargingEngine(tools, () => house.catalog.current(), log, { onBatch: measureBatches(metrics) });
  const emergency = await openEmergency(options, plain);
  const engine = emergency ?? plain;
  const measured = measureDoors(metrics);
  let peers: readonly NetworkPeer[] = await listPeers(tools.database);
  const spendingLimits = createSbiClient();
  const policy = openPolicy(house, createSpendingLimitTeller(spendingLimits));
  const gy = await openFrom(options.port, (port) =>
    openGy({
      listen: listenAt(options, port),
      ...{ originHost, originRealm },
      ...(redirectUrl === undefined ? {} : { redirectUrl }),
      originStateId: Math.floor(tools.clock.transport().getTime() / 1000),
      ...{ engine: measured('gy', engine), log, clock: tools.clock },
      enquire: async (request) => enquireCharge(tools, await house.catalog.current(), request),
      peers: () => peers.filter(({ door }) => door === 'gy'),
      beside: [policy.sy],
      onPeer: (peer) => {
        policy.notePeer(peer);
        noteOriginState(tools, peer).then(
          (ended) =>
            ended.length > 0 && log.info({ peer: peer.originHost, sessions: ended.length }, 'a peer restarted; what it had begun is over'),
          (error: unknown) => log.error({ err: error, peer: peer.originHost }, 'sessions of a peer that restarted were not ended'),
        );
      },
    }),
  );
  const nchf = await openFrom(options.nchf.port, (port) =>
    openNchfDoor({
      ...{
        house,
        engine: measured('nchf', engine),
        peers: () => peers,
        nchf: options.nchf,
        nrf: options.nrf,
        host: options.host,
        port,
        redirectUrl,
      },
      beside: [spendingLimitSet(house, () => peers)],
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
  policy.begin(gy.server);
  const askAgain = createAsker(house, gy, nchf);
  const stopHearing = hearOfAccounts(options.connection, log, {
    heard: {
      [ACCOUNT_CHANNEL]: async (payload) => void (await Promise.all([askAgain(payload), policy.heard(payload)])),
      [POLICY_CHANNEL]: policy.heard,
      [SESSION_ENDED_CHANNEL]: createAborter(house, gy, nchf, metrics),
    },
    onListening: policy.lookAgain,
  });
  measurePeers(metrics, house, gy);
  measureSessions(metrics, house);
  if (emergency !== undefined) measureEmergency(metrics, emergency);
  const stopReplaying = keepReplaying(emergency, log);
  return {
    engine,
    emergency,
    gy,
    nchf,
    async close() {
      clearInterval(reading);
      stopReplaying();
      await stopHearing();
      await policy.stop();
      spendingLimits.close();
      await Promise.all([gy.close(), nchf.close()]);
      await engine.close();
    },
  };
}

/** TLS from the first octet (RFC 6733 §13.1); a peer shows a certificate of those we trust, or does not come in. */
function listenAt({ host, tls }: NetworkOptions, port: number): ListenAddress[] {
  if (tls === undefined) return [{ host, port }];
  const { certFile, keyFile, caFile } = tls;
  const files = { cert: readFileSync(certFile), key: readFileSync(keyFile), ca: readFileSync(caFile) };
  return [
    { host, port },
    { host, port: tls.port, tls: { ...files, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' } },
  ];
}

async function openFrom<Door>(port: number, open: (port: number) => Promise<Door>): Promise<Door> {
  for (let tried = port; ; tried += 1) {
    try {
      return await open(tried);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0 || tried >= port + PORTS_TRIED_MAX) throw error;
    }
  }
}
