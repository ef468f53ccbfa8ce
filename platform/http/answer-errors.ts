/**
 * What a request that went wrong is answered. Expected things are refusals with words; anything else is a fault: logged with
 * the request's id, which is all that the asker is told of it.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isConnectionLost } from '#platform/database';
import { faultProblem, languageOf, type ProblemError, problemOf, sendProblem } from './problem.ts';
import { refuse } from './refusals.ts';

export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => sendProblem(reply, problemOf(refuse('http.not_found'), { language: languageOf(request) })));
  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply));
}

/** Also what never reaches a route: an address that cannot be read. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request);
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    const errors = error.validation?.map((flaw) => flawOf(flaw, error.validationContext ?? 'body'));
    return sendProblem(reply, problemOf(refusal, { language, ...(errors === undefined ? {} : { errors }) }));
  }
  const reference = request.id;
  if (isConnectionLost(error)) {
    request.log.warn({ err: error, reference }, 'the database cannot be reached');
    return sendProblem(reply.header('retry-after', '2'), problemOf(refuse('http.unavailable'), { language }));
  }
  request.log.error({ err: error, reference, route: request.routeOptions.url }, 'a request failed');
  return sendProblem(reply, faultProblem(language, reference));
}

function refusalOf(error: FastifyError) {
  if (error.validation !== undefined) return refuse('http.request_invalid');
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('http.body_too_large');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse('http.media_type_unknown');
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return refuse('http.not_found');
    default:
      return error.statusCode === 400 ? refuse('http.body_unreadable') : undefined;
  }
}

type Branch = { readonly properties?: Readonly<Record<string, { readonly const?: unknown; readonly enum?: readonly unknown[] }>> };
type Flaw = NonNullable<FastifyError['validation']>[number] & {
  readonly parentSchema?: { readonly description?: unknown; readonly oneOf?: readonly Branch[] };
};

/** Which field, and what it takes: the words of its schema's `description` where it has one. */
function flawOf(flaw: Flaw, place: string): ProblemError {
  const { keyword, instancePath, params, message = 'is not as stated', parentSchema } = flaw;
  const at = (field: unknown) => `${instancePath}/${String(field)}`;
  if (keyword === 'additionalProperties') return { in: place, path: at(params['additionalProperty']), expected: 'no such field' };
  if (keyword === 'required') return { in: place, path: at(params['missingProperty']), expected: 'is required' };
  if (keyword === 'discriminator') {
    const tag = String(params['tag']);
    const kinds = (parentSchema?.oneOf ?? []).flatMap(({ properties }) => properties?.[tag]?.enum ?? [properties?.[tag]?.const]);
    return { in: place, path: at(tag), expected: `one of ${kinds.join(', ')}` };
  }
  const path = instancePath === '' ? '/' : instancePath;
  if (keyword === 'enum') return { in: place, path, expected: `one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}` };
  return { in: place, path, expected: typeof parentSchema?.description === 'string' ? parentSchema.description : message };
}
