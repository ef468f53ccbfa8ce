/**
 * The client's own ledger: it hears what the cores sent and what they were answered, and nothing of the house. For a request
 * that nobody answered both "done" and "not done" are allowed; for one that was answered, what the answer says, for ever.
 */
import { hash } from 'node:crypto';
import { type Message, RESULT, valuesOf } from '#channels/diameter';
import { type Exchange as CoreExchange, readAnswer } from '#simulators/packet-core';
import type { TorturedLine } from './open-lines.ts';

const TYPE = valuesOf('CC-Request-Type');
const TYPES = { initial: TYPE.INITIAL_REQUEST, update: TYPE.UPDATE_REQUEST, termination: TYPE.TERMINATION_REQUEST } as const;
/** Of what a day's plan gives. */
const DAY_OCTETS = 1_000_000_000n;
/** RFC 6733 Tx and RFC 8506 §13: whoever keeps silent for so long on a connection that lives has answered nothing. */
const DECIDED: readonly number[] = [
  RESULT.SUCCESS,
  RESULT.END_USER_SERVICE_DENIED,
  RESULT.CREDIT_CONTROL_NOT_APPLICABLE,
  RESULT.CREDIT_LIMIT_REACHED,
  RESULT.UNKNOWN_SESSION_ID,
];

type Exchange = CoreExchange & { readonly node: number };

/** One request of the network, however often it was sent. */
export type Asked = {
  readonly peer: string;
  readonly sessionId: string;
  /** As charging keys it: type and number. */
  readonly key: string;
  readonly imsi: string;
  readonly kind: Exchange['request']['kind'];
  readonly number: number;
  /** Reported octets by rating group. */
  readonly used: ReadonlyMap<number | undefined, bigint>;
  readonly avps: Exchange['avps'];
  sent: number;
  /** Digest of what it was answered, and with which Result-Code; undefined: nobody knows. */
  answer: string | undefined;
  resultCode: number | undefined;
};

type Life = { readonly sessionId: string; readonly granted: Map<number | undefined, bigint>; lastNumber: number };
/** What one line is known to have used, in order, and what its present session was granted since. */
type KnownLine = { readonly line: TorturedLine; readonly isBounded: boolean; used: bigint; life: Life | undefined };

export type ModelCounts = Record<
  'sent' | 'answered' | 'busy' | 'unanswered' | 'lost' | 'notSent' | 'repeated' | 'onAnother' | 'flagged',
  number
>;

export type ChargingModel = {
  hear(peer: string, exchange: Exchange): void;
  readonly asked: ReadonlyMap<string, Asked>;
  readonly wrong: string[];
  readonly counts: ModelCounts;
  readonly answerMs: readonly number[];
};

/** `shared`: IMSIs that two cores serve, so that order between them is nobody's to know. */
export function createModel(lines: readonly TorturedLine[], shared: ReadonlySet<string>): ChargingModel {
  const asked = new Map<string, Asked>();
  const lastNode = new Map<string, number>();
  const wrong: string[] = [];
  const answerMs: number[] = [];
  const counts: ModelCounts = { sent: 0, answered: 0, busy: 0, unanswered: 0, lost: 0, notSent: 0, repeated: 0, onAnother: 0, flagged: 0 };
  const known = new Map(
    lines.map((line): [string, KnownLine] => [
      line.imsi,
      { line, isBounded: line.plan === 'day-1gb' && !shared.has(line.imsi), used: 0n, life: undefined },
    ]),
  );

  function hear(peer: string, { request, avps, isRetransmitted, node, outcome, tookMs }: Exchange): void {
    if (outcome.kind === 'not_sent') {
      counts.notSent += 1;
      return;
    }
    counts.sent += 1;
    if (isRetransmitted) counts.flagged += 1;
    const key = `${TYPES[request.kind]}:${request.number}`;
    const name = nameOf(peer, request.sessionId, key);
    let one = asked.get(name);
    if (one === undefined) {
      one = firstAsked(peer, key, request, avps);
      asked.set(name, one);
    } else {
      counts.repeated += 1;
      if (lastNode.get(name) !== node) counts.onAnother += 1;
    }
    one.sent += 1;
    lastNode.set(name, node);
    if (outcome.kind === 'lost') {
      counts.lost += 1;
      return;
    }
    if (outcome.kind === 'unanswered') {
      counts.unanswered += 1;
      return void wrong.push(`G8: ${name} was not answered in ${Math.round(tookMs)} ms on a connection that lived`);
    }
    if (outcome.kind === 'malformed') return void wrong.push(`${name} was answered with what is in no order: ${outcome.finding.why}`);
    answerMs.push(tookMs);
    take(name, one, outcome.answer);
  }

  function take(name: string, one: Asked, answer: Message): void {
    const resultCode = answer.get('Result-Code') ?? 0;
    // Nothing was said of it: it may have been done.
    if (resultCode === RESULT.TOO_BUSY) {
      counts.busy += 1;
      return;
    }
    counts.answered += 1;
    if (!DECIDED.includes(resultCode)) return void wrong.push(`${name} was answered ${resultCode}: ${answer.get('Error-Message') ?? ''}`);
    if (answer.get('Session-Id') !== one.sessionId || answer.get('CC-Request-Number') !== one.number)
      wrong.push(`${name} was answered for ${answer.get('Session-Id')} ${answer.get('CC-Request-Number')}`);
    const digest = digestOf(answer);
    if (one.answer !== undefined && one.answer !== digest)
      wrong.push(`G1: ${name} was answered in two ways (${one.resultCode} and ${resultCode})`);
    if (one.answer !== undefined) return;
    one.answer = digest;
    one.resultCode = resultCode;
    const line = known.get(one.imsi);
    const tooMuch = line && grow(line, one, answer);
    if (tooMuch !== undefined) wrong.push(tooMuch);
  }

  return { hear, asked, wrong, counts, answerMs };
}

/** What is used and what is granted together is never more than was bought (G2), as far as anybody outside can see. */
function grow(line: KnownLine, one: Asked, answer: Message): string | undefined {
  if (one.kind === 'initial') line.life = { sessionId: one.sessionId, granted: new Map(), lastNumber: -1 };
  const { life } = line;
  // What came late was told to a session that had gone on, or ended: what is held now is of a later request.
  if (life?.sessionId !== one.sessionId || one.number <= life.lastNumber || one.resultCode !== RESULT.SUCCESS) return undefined;
  life.lastNumber = one.number;
  for (const used of one.used.values()) line.used += used;
  for (const { ratingGroup, terms } of readAnswer(answer).services) life.granted.set(ratingGroup, terms?.granted ?? 0n);
  const granted = one.kind === 'termination' ? 0n : [...life.granted.values()].reduce((sum, units) => sum + units, 0n);
  const isTooMuch = line.isBounded && granted > 0n && line.used + granted > DAY_OCTETS;
  return isTooMuch ? `G2: ${line.line.number} has used ${line.used} and was granted ${granted}, of ${DAY_OCTETS}` : undefined;
}

function firstAsked(
  peer: string,
  key: string,
  { sessionId, imsi, kind, number, services }: Exchange['request'],
  avps: Asked['avps'],
): Asked {
  const used = new Map<number | undefined, bigint>();
  for (const { ratingGroup, use } of services)
    if (use !== undefined) used.set(ratingGroup, (used.get(ratingGroup) ?? 0n) + use.up + use.down);
  return { peer, sessionId, key, imsi, kind, number, used, avps, sent: 0, answer: undefined, resultCode: undefined };
}

export function nameOf(peer: string, sessionId: string, key: string): string {
  return `${peer} ${sessionId} ${key}`;
}

/** What an answer means; its identifiers are each request's own. */
export function digestOf(answer: Message): string {
  const services = Buffer.concat(answer.rawAll('Multiple-Services-Credit-Control'));
  return hash('md5', `${answer.get('Result-Code')} ${services.toString('base64')}`, 'base64');
}
