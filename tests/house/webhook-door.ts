/** Where the simulator's webhooks arrive: verified over the raw body, handled in line, answered 200 or 400 (architecture.md, Webhooks). */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleEvent, type OrdersHouse } from '#domain/orders';
import { type PaymentProvider, verifyEvent } from '#domain/payments';
import { isRefusal } from '#platform/refusals';

export type WebhookDoor = { readonly url: string; readonly answers: readonly number[]; close(): Promise<void> };

export async function openWebhookDoor({
  house,
  provider,
}: {
  readonly house: OrdersHouse;
  readonly provider: PaymentProvider;
}): Promise<WebhookDoor> {
  const answers: number[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const status = await receive(house, provider, incoming).catch(() => 500);
    answers.push(status);
    response.writeHead(status).end();
  };
  const server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(house: OrdersHouse, provider: PaymentProvider, incoming: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = { 'stripe-signature': incoming.headers['stripe-signature'] as string | undefined };
  const event = verifyEvent(provider, Buffer.concat(chunks), headers, house.clock.transport());
  if (isRefusal(event)) return 400;
  await handleEvent(house, event);
  return 200;
}
