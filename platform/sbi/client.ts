/**
 * The client's side: one HTTP/2 connection for each origin, made when it is needed and kept. Requests never throw: what
 * came of one is told.
 */
import { type ClientHttp2Session, connect, type IncomingHttpHeaders, type SecureClientSessionOptions } from 'node:http2';
import type { SbiMethod } from './route-set.ts';

export type SbiCall = {
  readonly method: SbiMethod;
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of a body; its type stands in the headers. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the whole of it may take. */
  readonly msMax?: number;
};

/** `unanswered`: sent, or perhaps sent; what the other side did is not known. `not_sent`: it certainly did nothing. */
export type SbiOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: unknown }
  | { readonly kind: 'unanswered' | 'not_sent'; readonly why: string };

export type SbiClient = {
  request(call: SbiCall): Promise<SbiOutcome>;
  /** Lets go of all connections; what is under way is unanswered. */
  close(): void;
};

const MS_MAX = 5_000;
const ANSWER_BYTES_MAX = 1024 * 1024;
const IDLE_MS_MAX = 5 * 60_000;
const ORIGINS_MAX = 1_000;

/** `tls`: the authority of servers, and the certificate we show. */
export function createSbiClient(tls: SecureClientSessionOptions = {}): SbiClient {
  const sessions = new Map<string, ClientHttp2Session>();
  const connected = new WeakSet<ClientHttp2Session>();
  const sessionTo = (origin: string): ClientHttp2Session => {
    const known = sessions.get(origin);
    if (known !== undefined && !known.closed && !known.destroyed) return known;
    // Whoever is called names the origins: they are not kept without end.
    const [eldest] = sessions;
    if (sessions.size >= ORIGINS_MAX && eldest !== undefined) eldest[1].close();
    const session = connect(origin, tls);
    const forget = () => sessions.get(origin) === session && sessions.delete(origin);
    session.once('connect', () => connected.add(session));
    session.on('error', forget);
    session.on('close', forget);
    session.on('goaway', forget);
    session.setTimeout(IDLE_MS_MAX, () => session.close());
    session.unref();
    sessions.set(origin, session);
    return session;
  };
  return {
    async request(call) {
      const { protocol, origin } = URL.canParse(call.url) ? new URL(call.url) : { protocol: '', origin: '' };
      if (protocol !== 'http:' && protocol !== 'https:') return { kind: 'not_sent', why: 'the address is none of HTTP' };
      try {
        return await send(sessionTo(origin), connected, call);
      } catch (error) {
        return { kind: 'not_sent', why: (error as Error).message };
      }
    },
    close() {
      for (const session of sessions.values()) session.destroy();
      sessions.clear();
    },
  };
}

function send(
  session: ClientHttp2Session,
  connected: WeakSet<ClientHttp2Session>,
  { method, url, body, text, headers, msMax = MS_MAX }: SbiCall,
): Promise<SbiOutcome> {
  return new Promise((resolve) => {
    const { pathname, search } = new URL(url);
    const stream = session.request({
      ':method': method,
      ':path': `${pathname}${search}`,
      accept: 'application/json, application/problem+json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
    const fail = (why: string) => {
      clearTimeout(timer);
      resolve({ kind: connected.has(session) ? 'unanswered' : 'not_sent', why });
      stream.close();
    };
    const timer = setTimeout(() => fail('no answer in time'), msMax);
    stream.once('error', (error) => fail(error.message));
    stream.once('close', () => fail('the connection was lost'));
    stream.once('response', (answered) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > ANSWER_BYTES_MAX) fail('the answer is too long');
        else chunks.push(chunk);
      });
      stream.once('end', () => {
        clearTimeout(timer);
        const status = answered[':status'] ?? 0;
        resolve({ kind: 'answered', status, headers: answered, body: parse(Buffer.concat(chunks)) });
      });
    });
    stream.end(text ?? (body === undefined ? undefined : JSON.stringify(body)));
  });
}

/** What is no JSON is told as text. */
function parse(octets: Buffer): unknown {
  if (octets.length === 0) return undefined;
  const text = octets.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
