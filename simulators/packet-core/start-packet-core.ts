/** Starts the core with its page on the loopback. In a process of its own (main.ts) or in a test's. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl, stateOf } from './answer-control.ts';
import { PacketCore, type PacketCoreOptions } from './packet-core.ts';

export type PacketCoreSimulator = {
  readonly core: PacketCore;
  /** Its page: `/_simulator/state` and the verbs. */
  readonly url: string;
  state(): ReturnType<typeof stateOf>;
  /** Sessions end in order, as far as the charging system answers. */
  close(): Promise<void>;
};

const BODY_BYTES_MAX = 64 * 1024;
const LOOPBACK = '127.0.0.1';
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
const FORWARDED = /^(x-forwarded-|x-real-ip$|forwarded$)/;

export async function startPacketCore(options: PacketCoreOptions & { readonly controlPort?: number }): Promise<PacketCoreSimulator> {
  const core = new PacketCore(options);
  const server = createServer((incoming, response) => void serve(core, incoming, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.controlPort ?? 0, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    core,
    url: `http://${LOOPBACK}:${port}`,
    state: () => stateOf(core),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, core.close()]);
    },
  };
}

async function serve(core: PacketCore, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const say = (status: number, body: object) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' })
      .end(`${JSON.stringify(body, null, 2)}\n`);
  try {
    const { headers, method = 'GET', url = '/' } = incoming;
    // It listens on the loopback alone; this keeps out whom a proxy, or a page under a name of its own, leads there.
    if (!LOOPBACK_HOST.test(headers.host ?? '') || Object.keys(headers).some((name) => FORWARDED.test(name)))
      return void say(403, { error: 'the packet core simulator is for this machine only' });
    // A page of somewhere else may send forms, and no JSON.
    if (method === 'POST' && !/^application\/json\b/.test(headers['content-type'] ?? ''))
      return void say(415, { error: 'the body is application/json' });
    const told = answerControl(core, method, new URL(url, 'http://simulator').pathname, await readBody(incoming));
    say(told?.status ?? 404, told?.body ?? { error: 'not found' });
  } catch (error) {
    process.stderr.write(`packet core simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
    if (!response.headersSent) say(500, { error: 'a fault of the simulator' });
  }
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
