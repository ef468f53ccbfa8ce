/** Starts the simulator: a store, a socket on the loopback, a timer. In a process of its own (main.ts) or in a test's. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi } from './answer-api.ts';
import { answerControl, stateOf } from './answer-control.ts';
import type { Manner } from './cards.ts';
import { type Later, startLater } from './finish-later.ts';
import { type Fault, type Simulator, type SimulatorOptions, TIMES } from './simulator.ts';
import { openStore } from './store.ts';
import { visitPage } from './visit-page.ts';

export type PaymentSimulator = {
  readonly url: string;
  readonly port: number;
  readonly key: string;
  readonly webhookSecret: string;
  /** What it knows, for comparing with our books. */
  state(limit?: number): ReturnType<typeof stateOf>;
  /** What goes wrong with the next calls. */
  setFaults(faults: readonly Fault[]): void;
  /** How all webhooks are sent from now on; undefined: as each card says. */
  setManner(manner: Manner | undefined): void;
  setWebhookUrl(url: string | undefined): void;
  /** Sends and finishes everything that waits, now; what is refused is tried once. */
  deliverAll(): Promise<void>;
  close(): Promise<void>;
};

const BODY_BYTES_MAX = 256 * 1024;
const LOOPBACK = '127.0.0.1';

export async function startPaymentSimulator(options: SimulatorOptions = {}): Promise<PaymentSimulator> {
  const ending = new AbortController();
  const simulator: Simulator = {
    store: openStore(options.folder),
    key: options.key ?? 'sk_test_everline',
    webhookSecret: options.webhookSecret ?? 'whsec_everline',
    merchant: options.merchant ?? 'Northwind Mobile',
    times: { ...TIMES, ...options.times },
    now: options.now ?? (() => new Date()),
    publicUrl: '',
    webhookUrl: options.webhookUrl,
    faults: [],
    manner: undefined,
    ending: ending.signal,
  };
  const later = startLater(simulator);
  const server = createServer((incoming, response) => void serve(simulator, later, incoming, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${LOOPBACK}:${port}`;
  simulator.publicUrl = options.publicUrl ?? url;
  return {
    ...{ url, port, key: simulator.key, webhookSecret: simulator.webhookSecret },
    state: (limit) => stateOf(simulator, limit),
    setFaults(faults) {
      simulator.faults = [...faults];
    },
    setManner(manner) {
      simulator.manner = manner;
    },
    setWebhookUrl(webhookUrl) {
      simulator.webhookUrl = webhookUrl;
    },
    deliverAll: () => later.runAll(),
    async close() {
      if (ending.signal.aborted) return;
      ending.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, later.stop()]);
      simulator.store.close();
    },
  };
}

async function serve(simulator: Simulator, later: Later, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (!isFromThisMachine(incoming, simulator.publicUrl)) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('The payment simulator is for this machine only.\n');
      return;
    }
    const url = new URL(incoming.url ?? '/', 'http://simulator');
    const body = await readBody(incoming);
    if (url.pathname.startsWith('/v1/')) await answerApi(simulator, later, incoming, url, body, response);
    else if (url.pathname.startsWith('/pay/'))
      await visitPage(simulator, later, { method: incoming.method ?? 'GET', url, form: new URLSearchParams(body) }, response);
    else await control(simulator, later, incoming, url, body, response);
  } catch (error) {
    // A bug of the simulator's own: say so where it is run, and to the caller.
    process.stderr.write(`payment simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end();
  }
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
const FORWARDED = /^(x-forwarded-|x-real-ip$|forwarded$)/;

/** It listens on the loopback alone; this keeps out whom a proxy, or a page under a name of its own (DNS rebinding), leads there. */
function isFromThisMachine({ headers }: IncomingMessage, publicUrl: string): boolean {
  const { host = '' } = headers;
  return (LOOPBACK_HOST.test(host) || host === new URL(publicUrl).host) && !Object.keys(headers).some((name) => FORWARDED.test(name));
}

async function control(
  simulator: Simulator,
  later: Later,
  incoming: IncomingMessage,
  url: URL,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const told = (await answerControl(simulator, later, incoming.method ?? 'GET', url, body)) ?? {
    status: 404,
    body: { error: 'not found' },
  };
  const isPage = typeof told.body === 'string';
  response.writeHead(told.status, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    'cache-control': 'no-store',
  });
  response.end(isPage ? told.body : JSON.stringify(told.body));
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new RangeError('the body is larger than any the simulator takes');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
