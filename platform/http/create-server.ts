/**
 * The HTTP doors of a process behind one request handler: Fastify for those that speak JSON (`/api`, `/webhooks`, `/healthz`),
 * everything else to `fallback` (the pages). Requests are logged by route, never by address: addresses of quotes and orders
 * are keys, and numbers are people's.
 */
import type { IncomingMessage, RequestListener } from 'node:http';
import fastify, { type FastifyBaseLogger, type FastifyPluginAsync, LogController } from 'fastify';
import type { Log } from '#platform/log';
import { METRICS_TYPE } from '#platform/metrics';
import { secretToken } from '#platform/random';
import { answerError, answerErrors } from './answer-errors.ts';

export type Door = {
  /** "/api/v1": what its addresses begin with. */
  readonly prefix: string;
  readonly plugin: FastifyPluginAsync;
};

export type ServerOptions = {
  readonly log: Log;
  readonly doors: readonly Door[];
  /** Whatever no door answers. */
  readonly fallback: RequestListener;
  /** What `GET /healthz` says: 200 when ready, else 503. */
  readonly health: () => Promise<{ readonly ready: boolean }>;
  /** What `GET /metrics` says, to those who may know; undefined: there is nothing to be known. */
  readonly metrics?: { readonly text: () => Promise<string>; readonly allows: (request: IncomingMessage) => boolean };
};

export type HttpServer = {
  /** For `node:http`'s createServer. */
  readonly handle: RequestListener;
  close(): Promise<void>;
};

/** Larger than any request of ours; a door may take more on a route of its own. */
const BODY_OCTETS_MAX = 64 * 1024;
const HEALTH = '/healthz';
const METRICS = '/metrics';

/** Resolves when every door is ready to answer. Listening is the caller's. */
export async function createServer({ log, doors, fallback, health, metrics }: ServerOptions): Promise<HttpServer> {
  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_OCTETS_MAX,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    genReqId: () => secretToken().slice(0, 12),
    // A body is taken as it was sent: nothing is turned into another type, dropped or filled in (architecture.md, HTTP).
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        allErrors: false,
        verbose: true,
        discriminator: true,
      },
    },
  });
  app.removeContentTypeParser('text/plain');
  answerErrors(app);
  app.addHook(
    'onSend',
    async (request, reply) => void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff'),
  );
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    request.log.info({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
  app.get(HEALTH, async (_, reply) => {
    const state = await health();
    return reply
      .code(state.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(state);
  });
  if (metrics !== undefined)
    app.get(METRICS, async (request, reply) => {
      // Whoever may not know is not told that there is something.
      if (!metrics.allows(request.raw)) return reply.callNotFound();
      return reply
        .header('cache-control', 'no-store')
        .header('content-type', METRICS_TYPE)
        .send(await metrics.text());
    });
  for (const { prefix, plugin } of doors) await app.register(plugin, { prefix });
  await app.ready();
  const first = new Set([HEALTH, ...(metrics === undefined ? [] : [METRICS]), ...doors.map(({ prefix }) => prefix)].map(firstStep));
  const isOurs = (url: string) => first.has(firstStep(url));
  return {
    handle: (request, response) => (isOurs(request.url ?? '') ? app.routing(request, response) : fallback(request, response)),
    close: () => app.close(),
  };
}

/** "/api/v1/line?number=…" → "api" */
function firstStep(url: string): string | undefined {
  return /^\/([^/?]*)/.exec(url)?.[1];
}
