/**
 * The JSON API: the use cases of the pages for programs, asked as a guest or signed in. Every route states its schemas; what
 * a request holds beyond them is refused, the OpenAPI 3.1 document is made from them, and answers are held to them.
 */
import swagger from '@fastify/swagger';
import type { FastifyPluginAsync } from 'fastify';
import type { CatalogCache } from '#domain/catalog';
import { languageOf, problemOf, sendProblem } from '#platform/http';
import { addAboutRoutes } from './about-routes.ts';
import type { Desk } from './desk.ts';
import { addLineRoutes } from './line-routes.ts';
import { addOrderRoutes } from './order-routes.ts';
import { addQuoteRoutes } from './quote-routes.ts';
import { addReceiptRoutes } from './receipt-routes.ts';
import { refuse } from './refusals.ts';
import { namedSchemas } from './schemas/named.ts';

export type ApiOptions = Desk & { readonly catalog: Pick<CatalogCache, 'current'> };

const ABOUT = `Everything a customer can do on the pages of an operator that runs Everline. Ask as a guest by a line's number alone, or signed in
with \`Authorization: Bearer <secret>\`. Money is \`{"currency": "USD", "amount": "15.00"}\`, exactly; instants are ISO 8601 in UTC.
An expected "no" is an RFC 9457 problem with a stable \`code\` and a \`title\` in the language of \`Accept-Language\` (en, es, zh-Hans, zh-Hant).`;

/** What describes the API itself, and needs no operator. */
const ABOUT_US = /\/(openapi\.json|problems)(\?|$)/;

/** To be served below `/api/v1`. */
export function apiPlugin({ catalog, ...desk }: ApiOptions): FastifyPluginAsync {
  return async (app) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Everline', version: '1', description: ABOUT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
        servers: [{ url: '/api/v1' }],
        components: {
          securitySchemes: { signIn: { type: 'http', scheme: 'bearer', description: 'the secret of a sign-in (POST /sign-ins)' } },
        },
        // The empty one: without it, as a guest.
        security: [{}, { signIn: [] }],
      },
      refResolver: { buildLocalReference: (json, _, __, place) => (typeof json['$id'] === 'string' ? json['$id'] : `schema-${place}`) },
    });
    for (const schema of namedSchemas()) app.addSchema(schema);
    app.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { brand } = await catalog.current();
      if (brand === null && !ABOUT_US.test(request.url))
        return sendProblem(reply.header('retry-after', '60'), problemOf(refuse('api.not_set_up'), { language: languageOf(request) }));
      return undefined;
    });
    addLineRoutes(app, desk);
    addQuoteRoutes(app, desk);
    addOrderRoutes(app, desk);
    addReceiptRoutes(app, desk);
    addAboutRoutes(app, desk);
  };
}
