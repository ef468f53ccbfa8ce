/** Where the provider's webhooks arrive: an address that does not change, behind it whichever node lives. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type WebhookForwarder = { readonly url: string; readonly count: () => number; close(): Promise<void> };

/** `door` gives the address of a node, or undefined when none lives: then the provider hears 502 and tries again. */
export async function forwardWebhooks(door: () => string | undefined): Promise<WebhookForwarder> {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    void forward(request, response, door);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    count: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forward(request: IncomingMessage, response: ServerResponse, door: () => string | undefined): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const to = door();
    if (to === undefined) return void response.writeHead(502).end();
    const signature = request.headers['stripe-signature'];
    const headers = { 'content-type': 'application/json', ...(typeof signature === 'string' ? { 'stripe-signature': signature } : {}) };
    const answer = await fetch(`${to}/webhook`, { method: 'POST', headers, body: Buffer.concat(chunks) });
    await answer.arrayBuffer();
    response.writeHead(answer.status).end();
  } catch {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  }
}
