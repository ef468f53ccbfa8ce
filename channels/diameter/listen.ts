/**
 * The side that is connected to: listens on as many ports as it is told, plain or TLS, and keeps one connection for each
 * peer. Who is a peer is asked anew with each CER, so that peers change without a restart.
 */
import { createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { present } from '#platform/assert';
import type { Log } from '#platform/log';
import { systemRandom } from '#platform/random';
import { findPeer } from './admit-peer.ts';
import { CarriedPeers } from './carried-peers.ts';
import { PeerConnection } from './connection.ts';
import type { Admit, ConnectionTools } from './connection-tools.ts';
import { PeerCounters } from './counters.ts';
import { type CommandName, valuesOf } from './dictionary.ts';
import { isSameIdentity, type Peer, TIMERS, type Timers } from './peer.ts';
import type { RequestOutcome } from './pending-requests.ts';
import { RESULT } from './result-codes.ts';
import type { Avps } from './write-message.ts';

export type ListenAddress = {
  readonly host: string;
  /** 3868 for plain TCP, 5658 for TLS (RFC 6733 §2.1); 0 takes a free one. */
  readonly port: number;
  /** Key, certificate, and with `ca` and `requestCert` the certificates of peers. */
  readonly tls?: TlsOptions;
};

export type DiameterOptions = Omit<ConnectionTools, 'timers' | 'random'> & {
  readonly listen: readonly ListenAddress[];
  /** Asked with each CER, and by `recheckPeers`. */
  readonly peers: () => readonly Peer[];
  /** A connection was agreed on, became suspect's opposite, parted or closed. For those who open and close sessions by it. */
  readonly onConnection?: (connection: PeerConnection) => void;
  readonly timers?: Partial<Timers>;
  readonly random?: ConnectionTools['random'];
};

export type DiameterServer = {
  /** Where it listens, in the order of `listen`. */
  readonly ports: readonly number[];
  /** Those agreed on and not closed. */
  connections(): readonly PeerConnection[];
  /** The connection of a peer, or of the relay that last carried it; undefined while neither is open. */
  connection(originHost: string): PeerConnection | undefined;
  /** The peers that can be asked from here, in small letters. */
  reached(): readonly string[];
  /** To a peer that can be asked from here (RAR, ASR, SNR). Never rejects. */
  request(
    originHost: string,
    name: CommandName,
    avps: Avps,
    options?: { answerMs?: number; isRetransmitted?: boolean },
  ): Promise<RequestOutcome>;
  /** By Origin-Host, for all peers seen since the start. */
  counters(): ReadonlyMap<string, PeerCounters>;
  /** Connections refused before capabilities were agreed on. */
  refused(): number;
  /** Parts from those whose peer is no longer named, or changed. */
  recheckPeers(): void;
  /** No new connections, DPR to each peer, and the end. */
  close(): Promise<void>;
};

/** Connections that have not said who they are, at most. */
const STRANGERS_MAX = 256;
/** And of all kinds, on one port. */
const CONNECTIONS_MAX = 1_024;
/** Another connection claims to be a peer: how long the first has to show that it lives. */
const DOUBT_MS = 2_000;
const { DO_NOT_WANT_TO_TALK_TO_YOU, REBOOTING } = valuesOf('Disconnect-Cause');

export async function listenDiameter(options: DiameterOptions): Promise<DiameterServer> {
  const house = new House(options);
  const sockets = new Set<Socket>();
  const servers = await openAll(options.listen, house, sockets);
  const ticker = setInterval(() => house.tick(), house.timers.tickMs);
  ticker.unref();
  return {
    ports: servers.map(portOf),
    connections: () => house.agreed(),
    connection: (originHost) => house.open(originHost),
    reached: () => house.reached(),
    request: async (originHost, name, avps, how) =>
      (await house.open(originHost)?.request(name, avps, how)) ?? { kind: 'not_sent', why: 'no_connection' },
    counters: () => house.counters,
    refused: () => house.refused,
    recheckPeers: () => house.recheckPeers(),
    close: async () => {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      await house.partFromAll();
      // What is left has not finished its TLS handshake.
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
      clearInterval(ticker);
    },
  };
}

class House {
  readonly timers: Timers;
  readonly log: Log;
  readonly counters = new Map<string, PeerCounters>();
  refused = 0;
  readonly #options: DiameterOptions;
  readonly #tools: ConnectionTools;
  readonly #connections = new Map<PeerConnection, Socket>();
  readonly #carried = new CarriedPeers();

  constructor(options: DiameterOptions) {
    this.#options = options;
    this.timers = { ...TIMERS, ...options.timers };
    this.log = options.log;
    this.#tools = {
      ...{ ...options, timers: this.timers, random: options.random ?? systemRandom },
      onRequest: (request, connection) => {
        this.#carried.note(request, connection);
        return options.onRequest(request, connection);
      },
    };
  }

  accept(socket: Socket): void {
    const strangers = [...this.#connections.keys()].filter(({ state }) => state === 'accepted').length;
    // A socket that is gone already has no address any more.
    if (strangers >= STRANGERS_MAX || socket.remoteAddress === undefined) {
      this.refused += 1;
      socket.destroy();
      return;
    }
    const connection = new PeerConnection(socket, 'acceptor', this.#tools, {
      admit: (capabilities, from) => this.#admit(capabilities, from),
      onChange: (changed) => this.#changed(changed),
    });
    this.#connections.set(connection, socket);
    void connection.closed.then(() => this.#connections.delete(connection));
  }

  agreed(): readonly PeerConnection[] {
    return [...this.#connections.keys()].filter(({ state }) => state === 'open' || state === 'parting');
  }

  open(originHost: string): PeerConnection | undefined {
    return (
      this.agreed().find(({ peer, state }) => state === 'open' && isSameIdentity(peer?.originHost, originHost)) ??
      this.#carried.connectionOf(originHost)
    );
  }

  reached(): readonly string[] {
    const direct = this.agreed().flatMap(({ peer, state }) =>
      state === 'open' && peer !== undefined ? [peer.originHost.toLowerCase()] : [],
    );
    return [...new Set([...direct, ...this.#carried.names()])];
  }

  tick(): void {
    const nowMs = this.#options.clock.transport().getTime();
    for (const connection of this.#connections.keys()) connection.tick(nowMs);
  }

  recheckPeers(): void {
    const peers = this.#options.peers();
    for (const connection of this.agreed()) {
      const socket = this.#connections.get(connection);
      const peer = socket === undefined ? undefined : findPeer(peers, connection.peer?.originHost, socket);
      if (typeof peer === 'object') connection.peer = peer;
      else void connection.part(DO_NOT_WANT_TO_TALK_TO_YOU);
    }
  }

  async partFromAll(): Promise<void> {
    await Promise.all(
      [...this.#connections.keys()].map((connection) => {
        if (connection.state !== 'accepted') return connection.part(REBOOTING);
        connection.drop();
        return connection.closed;
      }),
    );
  }

  /**
   * RFC 6733 §5.6.1 knows one connection for each peer and has a second refused. So it is here; but a peer that fell over
   * and came again would wait for the watchdog, so: a greater Origin-State-Id proves the first connection dead, which is
   * then replaced, and in any other case the first is asked at once and soon gone if it does not answer.
   */
  #admit: Admit = (capabilities, connection) => {
    const socket = this.#connections.get(connection);
    const originHost = capabilities.get('Origin-Host');
    const peer = socket === undefined ? 'a connection that is gone' : findPeer(this.#options.peers(), originHost, socket);
    if (typeof peer === 'string') return { resultCode: RESULT.UNKNOWN_PEER, why: peer, failed: undefined };
    const first = this.agreed().find((other) => isSameIdentity(other.peer?.originHost, peer.originHost));
    if (first !== undefined) {
      const isRestarted = (capabilities.get('Origin-State-Id') ?? 0) > (first.originStateId ?? Number.POSITIVE_INFINITY);
      if (!isRestarted && first.state === 'open') {
        first.doubt(DOUBT_MS);
        return 'drop';
      }
      first.drop();
    }
    const counters = this.counters.get(peer.originHost) ?? new PeerCounters();
    this.counters.set(peer.originHost, counters);
    return { peer, counters };
  };

  #changed(connection: PeerConnection): void {
    if (connection.peer === undefined) this.refused += 1;
    else this.#options.onConnection?.(connection);
  }
}

/** All of them or none: a port that is taken leaves no other one open. */
async function openAll(addresses: readonly ListenAddress[], house: House, sockets: Set<Socket>): Promise<Server[]> {
  const opened = await Promise.allSettled(addresses.map((address) => open(address, house, sockets)));
  const servers = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed === undefined) return servers;
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  throw failed.reason;
}

function open({ host, port, tls }: ListenAddress, house: House, sockets: Set<Socket>): Promise<Server> {
  const accept = (socket: Socket): void => house.accept(socket);
  const server =
    tls === undefined ? createPlainServer(accept) : createTlsServer({ handshakeTimeout: house.timers.handshakeMs, ...tls }, accept);
  server.maxConnections = CONNECTIONS_MAX;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      // Later ones are of a connection that could not be taken (no file left, say); the house goes on without it.
      server.on('error', (error) => house.log.error({ host, port, error: error.message }, 'a Diameter connection could not be taken'));
      resolve(server);
    });
  });
}

function portOf(server: Server): number {
  const address = present(server.address(), 'a server that listens has an address');
  return typeof address === 'string' ? 0 : address.port;
}
