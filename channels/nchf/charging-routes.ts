/** Nchf_ConvergedCharging v3 (TS 32.291 §6.1) as a route set: begin, report, end, and events that are over with their answer. */
import { type ChargingAnswer, type ChargingEngine, type ChargingRequest, PROFILES } from '#domain/charging';
import type { Clock } from '#platform/clock';
import type { Log } from '#platform/log';
import { problem, type RouteSet, type SbiAnswer, type SbiRequest } from '#platform/sbi';
import { type ChargingData, readChargingData } from './charging-data.ts';
import { identifyPeer, type NchfPeer } from './identify-peer.ts';
import { type Consumer, nameBeginning, type ReadItem, readRequest } from './read-request.ts';
import { type NchfTerms, problemOf, writeChargingData } from './write-answer.ts';

export type ChargingRoutesOptions = NchfTerms & {
  readonly engine: Pick<ChargingEngine, 'charge'>;
  /** The reference of a beginning: the same while its session is open. */
  readonly nameReference: (beginning: { readonly peer: string; readonly name: string }) => Promise<string>;
  /** Open sessions of the same line and PDU session, begun before: the consumer has lost them (G7). */
  readonly replacedBy: (session: {
    readonly peer: string;
    readonly reference: string;
    readonly prefix: string;
    readonly before: Date;
  }) => Promise<readonly string[]>;
  /** How long a beginning may wait for its name (G8). */
  readonly nameMsMax?: number;
  /** Asked with each request: changed without a restart. */
  readonly peers: () => readonly NchfPeer[];
  /** A session of the peer's was served here. */
  readonly onServed?: (session: { readonly peer: string; readonly reference: string }) => void;
  readonly clock: Clock;
  readonly log: Log;
};

/** With the engine's own patience less than the 10 s that consumers wait. */
const NAME_MS_MAX = 3_000;
const ROOT = '/nchf-convergedcharging/v3';

export function chargingRoutes(options: ChargingRoutesOptions): RouteSet {
  const underWay = new Map<string, number>();
  const served = (request: SbiRequest, answer: (data: ChargingData, consumer: Consumer) => Promise<SbiAnswer>) =>
    serve(options, underWay, request, answer);
  return {
    name: 'nchf-convergedcharging',
    version: 'v3',
    fullVersion: '3.2.0',
    routes: [
      {
        method: 'POST',
        path: '/chargingdata',
        answer: (request) => served(request, (data, consumer) => begin(options, request, data, consumer)),
      },
      {
        method: 'POST',
        path: '/chargingdata/{ref}/update',
        answer: (request) => served(request, (data, consumer) => update(options, request, data, consumer)),
      },
      {
        method: 'POST',
        path: '/chargingdata/{ref}/release',
        answer: (request) => served(request, (data, consumer) => release(options, request, data, consumer)),
      },
    ],
  };
}

/** Reads the body, knows the consumer, and holds it to as many requests at once as it may have. */
async function serve(
  { peers, log }: ChargingRoutesOptions,
  underWay: Map<string, number>,
  { body, caller }: SbiRequest,
  answer: (data: ChargingData, consumer: Consumer) => Promise<SbiAnswer>,
): Promise<SbiAnswer> {
  const data = readChargingData(body);
  if ('status' in data) return data;
  const peer = identifyPeer(peers(), data.nfConsumerIdentification, caller);
  if (typeof peer === 'string') {
    log.warn({ consumer: data.nfConsumerIdentification.nFName, address: caller.address, why: peer }, 'a consumer was refused');
    return problem(403, 'CONSUMER_NOT_ALLOWED', 'this consumer is not on the list of peers, or does not come as it should');
  }
  const before = underWay.get(peer.originHost) ?? 0;
  if (before >= peer.requestsMax) return problem(503, 'NF_CONGESTION', 'too many requests at once', { headers: { 'retry-after': '1' } });
  underWay.set(peer.originHost, before + 1);
  try {
    return await answer(data, { peer: peer.originHost, profile: PROFILES[peer.profile] });
  } finally {
    underWay.set(peer.originHost, (underWay.get(peer.originHost) ?? 1) - 1);
  }
}

async function begin(options: ChargingRoutesOptions, { origin }: SbiRequest, data: ChargingData, consumer: Consumer): Promise<SbiAnswer> {
  const { peer } = consumer;
  const isEvent = data.oneTimeEvent === true;
  const beginning = nameBeginning(data, peer);
  const reference = isEvent ? `${beginning.name}.event` : await nameInTime(options, { peer, name: beginning.name });
  if (reference === undefined) return busy();
  const request = readRequest(data, consumer, isEvent ? 'event' : 'begin', reference);
  const answer = await charge(options, request);
  const refused = problemOf(answer.result);
  if (refused !== undefined) return refused;
  if (beginning.pduSession !== undefined) await endReplaced(options, request, beginning.pduSession, new Date(data.invocationTimeStamp));
  const location = `${origin}${ROOT}/chargingdata/${reference}`;
  return { status: 201, headers: { location }, body: write(options, data, request.items, answer) };
}

/** Undefined when the database does not say in time: nothing was begun. */
async function nameInTime(
  { nameReference, nameMsMax = NAME_MS_MAX, log }: ChargingRoutesOptions,
  beginning: { readonly peer: string; readonly name: string },
): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, nameMsMax, undefined);
  });
  try {
    return await Promise.race([nameReference(beginning), late]);
  } catch (error) {
    log.error({ err: error }, 'a session could not be named');
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A consumer that starts anew has forgotten its sessions, and says so by beginning the same PDU session again (G7). Only those that
 * began before this request was written: a beginning that comes late ends nothing.
 */
async function endReplaced(options: ChargingRoutesOptions, request: ChargingRequest, prefix: string, before: Date): Promise<void> {
  const { engine, replacedBy, log } = options;
  const { peer, reference } = request;
  try {
    const replaced = Number.isNaN(before.getTime()) ? [] : await replacedBy({ peer, reference, prefix, before });
    for (const old of replaced)
      await engine.charge({ ...request, reference: old, operation: 'end', key: 'replaced', number: null, items: [] });
    if (replaced.length > 0) log.info({ peer, sessions: replaced.length }, 'a consumer began a PDU session again; the one before is over');
  } catch (error) {
    // It stays until it is silent for too long; this one has begun.
    log.warn({ err: error, peer }, 'a session that was replaced could not be ended');
  }
}

function busy(): SbiAnswer {
  return problemOf('busy') ?? problem(503, 'NF_CONGESTION');
}

async function update(options: ChargingRoutesOptions, { params }: SbiRequest, data: ChargingData, consumer: Consumer): Promise<SbiAnswer> {
  const request = readRequest(data, consumer, 'update', readReference(params));
  const answer = await charge(options, request);
  return problemOf(answer.result) ?? { status: 200, body: write(options, data, request.items, answer) };
}

async function release(options: ChargingRoutesOptions, { params }: SbiRequest, data: ChargingData, consumer: Consumer): Promise<SbiAnswer> {
  const answer = await charge(options, readRequest(data, consumer, 'end', readReference(params)));
  return problemOf(answer.result) ?? { status: 204 };
}

/** What is none of ours names no session; it goes no further as text of its own. */
function readReference({ ref = '' }: SbiRequest['params']): string {
  return /^[\w.-]{1,64}$/.test(ref) ? ref : '';
}

async function charge(options: ChargingRoutesOptions, request: ChargingRequest): Promise<ChargingAnswer> {
  const { engine, onServed, redirectUrl } = options;
  const answer = await engine.charge(redirectUrl === undefined ? request : { ...request, leadsToPage: true });
  if (answer.result === 'success') onServed?.({ peer: request.peer, reference: request.reference });
  return answer;
}

function write(options: ChargingRoutesOptions, data: ChargingData, items: readonly ReadItem[], answer: ChargingAnswer): object {
  return writeChargingData(data, items, answer, options.clock.transport(), options);
}
