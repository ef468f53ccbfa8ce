/**
 * The server of the 5G core's HTTP interfaces: HTTP/2 with prior knowledge over TCP (h2c), and over TLS (TS 29.500 §5.2).
 * Route sets are mounted on it; whatever is wrong with a request before a route sees it is answered here.
 */
import {
  constants,
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import { TLSSocket, type TlsOptions } from 'node:tls';
import { present } from '#platform/assert';
import type { Log } from '#platform/log';
import { createRouteFinder, type FindRoute } from './find-route.ts';
import { problem } from './problem.ts';
import { readBody } from './read-body.ts';
import type { RouteSet, SbiAnswer, SbiCaller } from './route-set.ts';

export type SbiListenAddress = {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Key, certificate, and with `ca` and `requestCert` the certificates of callers. */
  readonly tls?: TlsOptions;
};

/** Whose token it is, or why nobody's: 401 or 403. */
export type CheckToken = (authorization: string | undefined, service: string) => { readonly subject: string } | SbiAnswer;

export type SbiOptions = {
  readonly listen: readonly SbiListenAddress[];
  readonly routeSets: readonly RouteSet[];
  /** Set where callers need an access token of the NRF. */
  readonly checkToken?: CheckToken | undefined;
  readonly bodyBytesMax?: number;
  readonly bodyMsMax?: number;
  readonly log: Log;
};

export type SbiServer = {
  /** In the order of `listen`. */
  readonly ports: readonly number[];
  /** No new connections; what is under way is answered, and what is not within the time is cut. */
  close(): Promise<void>;
};

type Held = { readonly sessions: Set<ServerHttp2Session>; readonly sockets: Set<Socket> };

const BODY_BYTES_MAX = 256 * 1024;
const BODY_MS_MAX = 10_000;
const CONNECTIONS_MAX = 1_024;
const STREAMS_MAX = 1_000;
/** A connection on which nothing moves for so long is closed; its owner makes another. */
const IDLE_MS_MAX = 30 * 60_000;
const CLOSING_MS_MAX = 2_000;

export async function serveSbi(options: SbiOptions): Promise<SbiServer> {
  const findRoute = createRouteFinder(options.routeSets);
  const held: Held = { sessions: new Set(), sockets: new Set() };
  const servers = await Promise.all(options.listen.map((address) => open(address, options, findRoute, held)));
  return {
    ports: servers.map((server) => {
      const address = present(server.address(), 'a server that listens has an address');
      return typeof address === 'string' ? 0 : address.port;
    }),
    async close() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const session of held.sessions) session.close();
      // A session that is destroyed waits for its peer to hang up, and a peer may wait for ever.
      const cut = setTimeout(() => {
        for (const socket of held.sockets) socket.destroy();
      }, CLOSING_MS_MAX);
      await Promise.all(closed);
      clearTimeout(cut);
    },
  };
}

function open(
  { host, port, tls }: SbiListenAddress,
  options: SbiOptions,
  findRoute: FindRoute,
  { sessions, sockets }: Held,
): Promise<Http2Server | Http2SecureServer> {
  const settings = { settings: { maxConcurrentStreams: STREAMS_MAX, maxHeaderListSize: 16 * 1024, enablePush: false } };
  const server = tls === undefined ? createServer(settings) : createSecureServer({ ...settings, allowHTTP1: false, ...tls });
  server.maxConnections = CONNECTIONS_MAX;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.setTimeout(IDLE_MS_MAX, () => session.close());
  });
  // A connection that breaks the protocol ends by itself; who made it is no fault of ours.
  server.on('sessionError', (error) => options.log.debug({ err: error }, 'a connection of the core broke the protocol'));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy());
    void answerStream(stream, headers, options, findRoute);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.on('error', (error: Error) => options.log.error({ host, port, err: error }, 'a connection of the core could not be taken'));
      resolve(server);
    });
  });
}

async function answerStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  options: SbiOptions,
  findRoute: FindRoute,
): Promise<void> {
  let answer: SbiAnswer | 'gone';
  try {
    answer = await answerOf(stream, headers, options, findRoute);
  } catch (error) {
    options.log.error({ err: error }, 'a request of the core could not be answered');
    answer = problem(500, 'SYSTEM_FAILURE');
  }
  if (answer !== 'gone') respond(stream, answer);
}

async function answerOf(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  options: SbiOptions,
  findRoute: FindRoute,
): Promise<SbiAnswer | 'gone'> {
  const { bodyBytesMax = BODY_BYTES_MAX, bodyMsMax = BODY_MS_MAX, checkToken } = options;
  const [path = '', query = ''] = (headers[':path'] ?? '').split('?', 2);
  const found = findRoute(headers[':method'] ?? '', path);
  if ('status' in found) return found;
  const token = checkToken?.(headers.authorization, found.set.name);
  if (token !== undefined && 'status' in token) return token;
  const limits = { bytesMax: bodyBytesMax, msMax: bodyMsMax, takesForm: found.route.takesForm === true };
  const read = await readBody(stream, headers['content-type'] ?? '', limits);
  if (read === 'gone') return 'gone';
  if ('answer' in read) return read.answer;
  return found.route.answer({
    params: found.params,
    query: new URLSearchParams(query),
    body: read.body,
    caller: callerOf(stream, token?.subject),
    origin: `${headers[':scheme'] ?? 'http'}://${headers[':authority'] ?? headers.host ?? ''}`,
  });
}

function callerOf(stream: ServerHttp2Stream, tokenSubject: string | undefined): SbiCaller {
  const socket = stream.session?.socket;
  const address = (socket?.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  const isTls = socket instanceof TLSSocket;
  return { address, isTls, certificateNames: isTls ? certificateNames(socket) : [], tokenSubject };
}

/** "DNS:smf.example, URI:urn:uuid:…" (TS 33.310 §6.1.3c); of a certificate that our authority did not sign, none. */
function certificateNames(socket: TLSSocket): string[] {
  if (!socket.authorized) return [];
  const names = socket.getPeerCertificate().subjectaltname ?? '';
  return names.split(', ').flatMap((name) => /^(?:DNS|URI):(.+)$/.exec(name)?.[1] ?? []);
}

function respond(stream: ServerHttp2Stream, { status, headers, body }: SbiAnswer): void {
  if (stream.destroyed || stream.closed) return;
  const contentType = status >= 400 ? 'application/problem+json' : 'application/json';
  const fields = { ':status': status, ...headers, ...(body === undefined ? {} : { 'content-type': contentType }) };
  if (body === undefined) {
    stream.respond(fields, { endStream: true });
  } else {
    stream.respond(fields);
    stream.end(JSON.stringify(body));
  }
  if (stream.readableEnded) return;
  // What has come of a body that nobody reads makes room for others; whoever still sends it is told to stop (RFC 9113 §8.1).
  stream.resume();
  stream.once('finish', () => stream.close(constants.NGHTTP2_NO_ERROR));
}
