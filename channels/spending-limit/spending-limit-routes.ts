/**
 * Nchf_SpendingLimitControl v1 (3GPP TS 29.594) as a route set: a PCF subscribes to how a line's policy counters stand, asks for
 * others, and says when it has heard enough. What it is told is `domain/policy`'s.
 */
import type { WatchAnswer, WatchRequest } from '#domain/policy';
import type { Log } from '#platform/log';
import { problem, type RouteSet, type SbiAnswer, type SbiRequest } from '#platform/sbi';
import { type ConsumerPeer, identifyCaller } from './identify-caller.ts';
import { readContext, type SpendingLimitContext } from './read-context.ts';
import { statusBody } from './status-body.ts';

export type SpendingLimitOptions = {
  readonly open: (request: WatchRequest) => Promise<WatchAnswer>;
  readonly change: (request: WatchRequest) => Promise<WatchAnswer>;
  readonly end: (name: Pick<WatchRequest, 'peer' | 'reference'>) => Promise<'success' | 'unknown_session'>;
  /** A name that no subscription has had. */
  readonly newReference: () => string;
  /** Asked with each request: changed without a restart. */
  readonly peers: () => readonly ConsumerPeer[];
  readonly now: () => Date;
  readonly log: Pick<Log, 'warn' | 'error'>;
};

const NAME = 'nchf-spendinglimitcontrol';
const REFERENCE_LENGTH_MAX = 200;

export function spendingLimitRoutes(options: SpendingLimitOptions): RouteSet {
  const known = (answer: (request: SbiRequest, peer: string) => Promise<SbiAnswer>) => (request: SbiRequest) =>
    admit(options, request, answer);
  return {
    name: NAME,
    version: 'v1',
    fullVersion: '1.3.0-alpha.2',
    routes: [
      { method: 'POST', path: '/subscriptions', answer: known((request, peer) => subscribe(options, request, peer)) },
      { method: 'PUT', path: '/subscriptions/{id}', answer: known((request, peer) => replace(options, request, peer)) },
      { method: 'DELETE', path: '/subscriptions/{id}', answer: known((request, peer) => unsubscribe(options, request, peer)) },
    ],
  };
}

/** An outage is told as one, in time to try another CHF. */
async function admit(
  { peers, log }: SpendingLimitOptions,
  request: SbiRequest,
  answer: (request: SbiRequest, peer: string) => Promise<SbiAnswer>,
): Promise<SbiAnswer> {
  const peer = identifyCaller(peers(), request.caller);
  if (peer === undefined) {
    log.warn({ address: request.caller.address }, 'a consumer of spending limits was refused');
    return problem(403, 'CONSUMER_NOT_ALLOWED', 'this consumer is not on the list of peers, or does not come as it should');
  }
  try {
    return await answer(request, peer);
  } catch (error) {
    log.error({ err: error, peer }, 'a request for a spending limit could not be answered');
    return problem(503, 'NF_CONGESTION', undefined, { headers: { 'retry-after': '1' } });
  }
}

async function subscribe(options: SpendingLimitOptions, { body, origin }: SbiRequest, peer: string): Promise<SbiAnswer> {
  const context = readContext(body, options.now(), 'new');
  if ('status' in context) return context;
  const reference = options.newReference();
  const answer = await options.open(requestOf(context, peer, reference));
  const location = `${origin}/${NAME}/v1/subscriptions/${reference}`;
  return answerOf(answer, context, { status: 201, headers: { location } });
}

async function replace(options: SpendingLimitOptions, { body, params }: SbiRequest, peer: string): Promise<SbiAnswer> {
  const context = readContext(body, options.now(), 'replaced');
  if ('status' in context) return context;
  const reference = referenceOf(params['id']);
  if (reference === undefined) return NOT_FOUND;
  return answerOf(await options.change(requestOf(context, peer, reference)), context, { status: 200 });
}

async function unsubscribe({ end }: SpendingLimitOptions, { params }: SbiRequest, peer: string): Promise<SbiAnswer> {
  const reference = referenceOf(params['id']);
  if (reference === undefined) return NOT_FOUND;
  return (await end({ peer, reference })) === 'success' ? { status: 204 } : NOT_FOUND;
}

const NOT_FOUND = problem(404, 'SUBSCRIPTION_NOT_FOUND');

/** What no name of ours looks like is nobody's. */
function referenceOf(id: string | undefined): string | undefined {
  return id !== undefined && id.length <= REFERENCE_LENGTH_MAX && /^[\w-]+$/.test(id) ? id : undefined;
}

function requestOf(
  { imsi, number, counters, notify, notifyId, endsAt }: SpendingLimitContext,
  peer: string,
  reference: string,
): WatchRequest {
  return { door: 'spending_limit', peer, reference, realm: null, notify, notifyId, counters, imsi, number, endsAt, originStateId: 0 };
}

/** Causes of TS 29.594 §5.1.7.3, each a 400 there. */
function answerOf(answer: WatchAnswer, context: SpendingLimitContext, done: Pick<SbiAnswer, 'status' | 'headers'>): SbiAnswer {
  switch (answer.result) {
    case 'success':
      return { ...done, body: { ...statusBody(context, answer.statuses, answer.endsAt), ...context.features } };
    case 'user_unknown':
      return problem(400, 'USER_UNKNOWN', 'no line has this SUPI or GPSI');
    case 'unknown_counters':
      return problem(400, 'UNKNOWN_POLICY_COUNTERS', undefined, {
        invalidParams: answer.counters
          .slice(0, 20)
          .map((counter) => ({ param: '/policyCounterIds', reason: `${counter.slice(0, 100)} is none` })),
      });
    case 'unknown_session':
      return NOT_FOUND;
  }
}
