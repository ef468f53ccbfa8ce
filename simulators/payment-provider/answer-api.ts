/**
 * One API call: key, idempotency (docs.stripe.com/api/idempotent_requests), the work in one store transaction together
 * with its stored answer, and the ways in which an answer goes wrong.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './call.ts';
import type { AnswerManner } from './cards.ts';
import type { Later } from './finish-later.ts';
import { Parameters, parseParameters } from './parameters.ts';
import { ROUTES } from './routes.ts';
import { type FaultKind, newId, nowSeconds, type Simulator } from './simulator.ts';
import { type ErrorBody, StripeError } from './stripe-error.ts';

const KEY_LIFE_SECONDS = 24 * 3600;

type Request = { readonly method: string; readonly path: string; readonly encoded: string; readonly key: string | undefined };
type Reply = {
  readonly status: number;
  readonly text: string;
  readonly replayed: boolean;
  readonly manner: AnswerManner | FaultKind;
  readonly early: readonly number[];
};

/** Keys whose first request has been done and not yet answered: a second one meets a conflict. */
const underWay = new WeakMap<Simulator, Set<string>>();

export async function answerApi(
  simulator: Simulator,
  later: Later,
  incoming: IncomingMessage,
  url: URL,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const encoded = incoming.method === 'GET' ? url.search.slice(1) : body;
  const given = incoming.headers['idempotency-key'];
  const key = incoming.method === 'POST' && typeof given === 'string' ? given : undefined;
  const request = { method: incoming.method ?? '', path: url.pathname, encoded, key };
  const reply = isAuthorized(simulator, incoming)
    ? replyTo(simulator, request)
    : errorReply(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });
  later.poke();
  const busy = underWay.get(simulator) ?? new Set();
  underWay.set(simulator, busy);
  if (key !== undefined) busy.add(key);
  try {
    await later.run(reply.early);
    await send(simulator, reply, response);
  } finally {
    if (key !== undefined) busy.delete(key);
  }
}

function isAuthorized(simulator: Simulator, incoming: IncomingMessage): boolean {
  const [scheme, credential = ''] = (incoming.headers.authorization ?? '').split(' ');
  if (scheme === 'Bearer') return credential === simulator.key;
  return scheme === 'Basic' && Buffer.from(credential, 'base64').toString().split(':')[0] === simulator.key;
}

function replyTo(simulator: Simulator, request: Request): Reply {
  const fault = takeFault(simulator, `${request.method} ${request.path}`);
  if (fault === 'rate_limit') return errorReply(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' });
  if (fault === 'refused')
    return errorReply(400, { type: 'invalid_request_error', code: 'balance_insufficient', message: 'Insufficient funds.' });
  try {
    return simulator.store.transaction(() => once(simulator, request, fault));
  } catch (error) {
    if (error instanceof StripeError) return errorReply(error.status, error.body);
    throw error;
  }
}

/** The stored answer, or the work done and its answer stored. */
function once(simulator: Simulator, request: Request, fault: FaultKind | undefined): Reply {
  const { key } = request;
  const fingerprint = createHash('sha256').update(`${request.method} ${request.path}\n${request.encoded}`).digest('hex');
  const stored = key === undefined ? undefined : simulator.store.answer(key);
  if (key !== undefined && stored && stored.created > nowSeconds(simulator) - KEY_LIFE_SECONDS) {
    if (stored.fingerprint !== fingerprint)
      throw new StripeError(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with: '${key}'.`,
      });
    if (underWay.get(simulator)?.has(key))
      throw new StripeError(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: 'There is currently another in-progress request using this Idempotent Key.',
      });
    return { status: stored.status, text: stored.body, replayed: true, manner: 'plain', early: [] };
  }
  if (fault === 'lost_before') return { status: 200, text: '', replayed: false, manner: 'lost', early: [] };
  const answer = fault === 'error_500_before' ? serverError() : work(simulator, request);
  const manner = fault ?? answer.manner ?? 'plain';
  const { status, body } = manner === 'error_500' || manner === 'error_500_before' ? serverError() : answer;
  const text = JSON.stringify(body);
  if (key !== undefined) simulator.store.keepAnswer(key, { fingerprint, status, body: text, created: nowSeconds(simulator) });
  return { status, text, replayed: false, manner, early: answer.early ?? [] };
}

function work(simulator: Simulator, { method, path, encoded }: Request): Answer {
  for (const route of ROUTES) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (found) return route.answer({ simulator, parameters: new Parameters(parseParameters(encoded)), id: found[1] ?? '' });
  }
  throw new StripeError(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}).` });
}

function takeFault(simulator: Simulator, call: string): FaultKind | undefined {
  const fault = simulator.faults.find((one) => one.times > 0 && call.startsWith(one.on));
  if (!fault) return undefined;
  simulator.faults = simulator.faults.map((one) => (one === fault ? { ...one, times: one.times - 1 } : one)).filter((one) => one.times > 0);
  return fault.kind;
}

function serverError(): Answer {
  return { status: 500, body: { error: { type: 'api_error', message: 'Something went wrong on our end.' } satisfies ErrorBody } };
}

function errorReply(status: number, error: ErrorBody): Reply {
  return { status, text: JSON.stringify({ error }), replayed: false, manner: 'plain', early: [] };
}

async function send(simulator: Simulator, reply: Reply, response: ServerResponse): Promise<void> {
  if (reply.manner === 'slow') await waitWhileOpen(response, simulator.times.slowMs);
  if (reply.manner === 'lost') {
    await waitWhileOpen(response, simulator.times.lostMs);
    response.destroy();
    return;
  }
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'request-id': newId('req'),
    'cache-control': 'no-store',
    ...(reply.replayed ? { 'idempotent-replayed': 'true' } : {}),
  });
  response.end(reply.manner === 'garbage' ? '<html>' : reply.text);
}

/** Or until the caller has given up. */
export function waitWhileOpen(response: ServerResponse, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
