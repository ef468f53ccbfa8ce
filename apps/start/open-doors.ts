/** The doors of a process by role: pages, API, webhooks and health behind one handler. */
import type { IncomingMessage, RequestListener } from 'node:http';
import { composeReceipt, renderReceiptPdf } from '#adapters/documents';
import { apiPlugin } from '#channels/api';
import { createSelfCare } from '#channels/self-care';
import { mountWeb } from '#channels/web';
import { webhooksPlugin } from '#channels/webhooks';
import { createOrderWatch } from '#domain/orders';
import { createServer, type Door, type HttpServer, type ServerOptions } from '#platform/http';
import { openSealer } from '#platform/seal';
import { FEATURED_NUMBERS } from '../demonstration/index.ts';
import type { House } from '../house/index.ts';
import type { Health } from './health.ts';

export type DoorsOptions = {
  readonly house: House;
  /** With outbox page and movable clock, for a browser on this machine. */
  readonly demonstration: boolean;
  /** Whom a request came from, past the proxies that are trusted; the same for every door, so that budgets are one. */
  readonly sourceOf: (request: IncomingMessage) => string;
  readonly roles: readonly string[];
  readonly publicUrl: string;
  /** Origins of the provider's pages. */
  readonly paymentOrigins: readonly string[];
  readonly health: () => Promise<Health>;
  readonly metrics: ServerOptions['metrics'] & object;
};

export async function openDoors(options: DoorsOptions): Promise<HttpServer> {
  const { house, demonstration, sourceOf, roles, publicUrl, paymentOrigins, health, metrics } = options;
  const { log, orders, tools } = house;
  const desk = {
    house: orders,
    sealer: await openSealer(tools.database),
    watch: createOrderWatch(orders, { onTrouble: (error) => log.warn({ err: error }, 'asking about a payment') }),
    renderReceipt: async (...told: Parameters<typeof composeReceipt>) => renderReceiptPdf(composeReceipt(...told)),
    paymentOrigins,
    publicUrl,
    catalog: house.catalog,
  };
  const doors: Door[] = [];
  if (roles.includes('api')) doors.push({ prefix: '/api/v1', plugin: apiPlugin({ ...desk, sourceOf }) });
  if (roles.includes('webhooks')) doors.push({ prefix: '/webhooks', plugin: webhooksPlugin({ house: orders, catalog: house.catalog }) });
  let fallback: RequestListener = (_, response) => response.writeHead(404).end();
  if (roles.includes('web')) {
    const featured = FEATURED_NUMBERS.map(({ number }) => number);
    const useCases = createSelfCare({
      ...desk,
      ...(demonstration ? { demonstration: { due: house.due, clock: tools.clock, featured } } : {}),
    });
    fallback = await mountWeb({ useCases, publicUrl, demonstration, sourceOf, log });
  }
  return createServer({ log, doors, fallback, health, metrics });
}
