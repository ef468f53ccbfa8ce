/** The side that connects: one connection to one peer. Whoever wants it again after its end connects again. */
import { connect as connectPlain, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { systemRandom } from '#platform/random';
import { PeerConnection } from './connection.ts';
import type { ConnectionTools } from './connection-tools.ts';
import { PeerCounters } from './counters.ts';
import { isSameIdentity, TIMERS, type Timers } from './peer.ts';
import { RESULT } from './result-codes.ts';

export type ConnectOptions = Omit<ConnectionTools, 'timers' | 'random'> & {
  readonly host: string;
  readonly port: number;
  /** TLS from the first octet (RFC 6733 §13.1). */
  readonly tls?: ConnectionOptions;
  /** Who must answer; absent, anybody may. */
  readonly originHost?: string;
  /** Requests of the other side that may be under way at once. */
  readonly requestsMax?: number;
  readonly onConnection?: (connection: PeerConnection) => void;
  readonly timers?: Partial<Timers>;
  readonly random?: ConnectionTools['random'];
};

/** The connection once capabilities are agreed on; rejects when it cannot be made or is refused. */
export async function connectDiameter(options: ConnectOptions): Promise<PeerConnection> {
  const socket = await open(options);
  const timers = { ...TIMERS, ...options.timers };
  const tools: ConnectionTools = { ...options, timers, random: options.random ?? systemRandom };
  const connection = new PeerConnection(socket, 'initiator', tools, {
    admit: (capabilities) => {
      const originHost = capabilities.get('Origin-Host') ?? '';
      if (options.originHost !== undefined && !isSameIdentity(originHost, options.originHost))
        return { resultCode: RESULT.UNKNOWN_PEER, why: `${originHost} answered`, failed: undefined };
      const peer = { originHost, addresses: [], needsTls: false, carriesOthers: true, requestsMax: options.requestsMax ?? 1_000 };
      return { peer, counters: new PeerCounters() };
    },
    onChange: (changed) => {
      if (changed.peer !== undefined) options.onConnection?.(changed);
    },
  });
  const ticker = setInterval(() => connection.tick(options.clock.transport().getTime()), timers.tickMs);
  ticker.unref();
  void connection.closed.then(() => clearInterval(ticker));
  if (await connection.agreed) return connection;
  connection.drop();
  throw new Error(`no Diameter connection to ${options.host}:${options.port}: ${connection.refusal ?? 'it was closed'}`);
}

function open({ host, port, tls }: ConnectOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = tls === undefined ? connectPlain({ host, port }) : connectTls({ ...tls, host, port });
    socket.once('error', reject);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
