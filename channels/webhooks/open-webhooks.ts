/**
 * Where payment providers tell us things (architecture.md, Webhooks). The signature is over the body as it was sent, so the
 * body is never parsed here. A look-up that gave no answer is the janitor's: the provider gets its 200 all the same. Only when
 * nothing could be written is it asked to come again.
 */
import type { FastifyPluginAsync } from 'fastify';
import type { CatalogCache } from '#domain/catalog';
import { handleEvent, type OrdersHouse } from '#domain/orders';
import { verifyEvent } from '#domain/payments';
import { languageOf, problemOf, sendProblem } from '#platform/http';
import { isRefusal } from '#platform/refusals';

export type WebhooksOptions = { readonly house: OrdersHouse; readonly catalog: Pick<CatalogCache, 'current'> };

/** Stripe's events hold one object with what was asked to be expanded: far below this. */
const BODY_OCTETS_MAX = 1024 * 1024;

/** To be served below `/webhooks`: one address for each provider, by its code. */
export function webhooksPlugin({ house, catalog }: WebhooksOptions): FastifyPluginAsync {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_OCTETS_MAX }, (_, body, done) => done(null, body));
    for (const provider of Object.values(house.providers)) {
      app.post(`/${provider.code}`, { bodyLimit: BODY_OCTETS_MAX }, async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
        );
        const event = verifyEvent(provider, body, headers, house.clock.transport());
        if (isRefusal(event)) {
          request.log.warn({ code: event.code, provider: provider.code }, 'a webhook was refused');
          return sendProblem(reply, problemOf(event, { language: languageOf(request) }));
        }
        await catalog.current();
        const outcome = await handleEvent(house, event);
        request.log.info({ provider: provider.code, event: event.eventId, kind: event.kind, outcome }, 'a webhook was taken');
        return { received: true };
      });
    }
  };
}
