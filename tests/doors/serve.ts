/** Doors on a real socket, with what they log. */
import { createServer as createNodeServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import pino from 'pino';
import { createServer, type Door } from '#platform/http';

export type Served = {
  /** "http://127.0.0.1:40123" */
  readonly url: string;
  /** What was logged, one JSON line each. */
  log(): string;
};

export async function serve(
  t: { after(end: () => Promise<void>): void },
  doors: readonly Door[],
  health: () => Promise<{ ready: boolean }> = async () => ({ ready: true }),
): Promise<Served> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const http = await createServer({
    log: pino({ level: 'trace' }, sink),
    doors,
    health,
    fallback: (request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(`a page for ${request.url}`),
  });
  const server = createNodeServer(http.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await http.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log: () => lines.join('') };
}
