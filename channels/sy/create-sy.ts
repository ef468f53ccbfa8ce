/**
 * The Sy door (3GPP TS 29.219): a PCRF asks how a line's policy counters stand (SLR), is told when one changes (SNR), and
 * says when it has heard enough (STR). It speaks on the connections of the Gy door, and what it says is `domain/policy`'s.
 */
import {
  type Answer,
  APPLICATION,
  avp,
  type DiameterServer,
  type Message,
  type PeerConnection,
  RESULT,
  type ServedApplication,
  VENDOR_3GPP,
  valuesOf,
} from '#channels/diameter';
import type { Statuses, TellOutcome, Watch, WatchAnswer, WatchRequest } from '#domain/policy';
import type { Log } from '#platform/log';
import { findUnkeepable, readSpendingLimitRequest } from './read-request.ts';
import { ALWAYS, FAILED_OCTETS_MAX, writeReports, writeSpendingLimitAnswer } from './write-answer.ts';

export type SyOptions = {
  readonly open: (request: WatchRequest) => Promise<WatchAnswer>;
  readonly change: (request: WatchRequest) => Promise<WatchAnswer>;
  readonly end: (name: Pick<Watch, 'peer' | 'reference'>) => Promise<'success' | 'unknown_session'>;
  /** An answer is given within half of the peer's Tx timer, definitely. */
  readonly answerMsMax?: number;
  readonly log: Log;
};

export type SyDoor = {
  /** To be spoken beside Gy. */
  readonly application: ServedApplication;
  /** Tells the peer of a watch what changed (SNR). */
  tell(server: DiameterServer, watch: Watch, changed: Statuses): Promise<TellOutcome>;
  /** Tells it that there is nothing more to watch (SNR with Abort Session Request). */
  terminate(server: DiameterServer, watch: Watch): Promise<TellOutcome>;
};

const TYPE = valuesOf('SL-Request-Type');
const SESSION_TERMINATION = 275;
const ANSWER_MS_MAX = 5_000;
/** Bits of SN-Request-Type (TS 29.219 §5.3.7). */
const NORMAL_REQUEST = 1;
const ABORT_SESSION_REQUEST = 2;

export function createSy(options: SyOptions): SyDoor {
  return {
    application: {
      ...{ id: APPLICATION.SY, vendor: VENDOR_3GPP, takes: ['Spending-Limit', 'Session-Termination'] },
      onRequest: (message, connection) => inTime(options, answerRequest(options, message, connection)),
    },
    tell: (server, watch, changed) => notify(server, watch, NORMAL_REQUEST, changed),
    terminate: (server, watch) => notify(server, watch, ABORT_SESSION_REQUEST, {}),
  };
}

async function answerRequest({ open, change, end }: SyOptions, message: Message, connection: PeerConnection): Promise<Answer> {
  const unkeepable = findUnkeepable(message);
  if (unkeepable !== undefined) {
    const failed = unkeepable.length <= FAILED_OCTETS_MAX ? [avp('Failed-AVP', [{ octets: unkeepable }])] : [];
    return { resultCode: RESULT.INVALID_AVP_VALUE, avps: [...ALWAYS, ...failed] };
  }
  const request = readSpendingLimitRequest(message, connection);
  if (message.command === SESSION_TERMINATION) {
    const ended = await end(request);
    return { resultCode: ended === 'success' ? RESULT.SUCCESS : RESULT.UNKNOWN_SESSION_ID };
  }
  const answer = await (message.get('SL-Request-Type') === TYPE.INITIAL_REQUEST ? open(request) : change(request));
  return writeSpendingLimitAnswer(message, answer);
}

/** The first of the answer and the time that is over: a database that is away does not keep a PCRF waiting (G8). */
async function inTime({ answerMsMax = ANSWER_MS_MAX, log }: SyOptions, answering: Promise<Answer>): Promise<Answer> {
  const busy: Answer = { resultCode: RESULT.TOO_BUSY, avps: ALWAYS };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(busy), answerMsMax);
  });
  const answered = answering.catch((error: unknown): Answer => {
    log.error({ err: error }, 'a request of Sy could not be answered');
    return busy;
  });
  const first = await Promise.race([answered, late]);
  clearTimeout(timer);
  return first;
}

async function notify(server: DiameterServer, watch: Watch, type: number, changed: Statuses): Promise<TellOutcome> {
  const { peer, reference, realm } = watch;
  const outcome = await server.request(peer, 'Spending-Status-Notification', [
    avp('Session-Id', reference),
    avp('Destination-Realm', realm ?? peer.slice(peer.indexOf('.') + 1)),
    avp('Destination-Host', peer),
    ...ALWAYS,
    avp('SN-Request-Type', type),
    ...writeReports(changed),
  ]);
  if (outcome.kind !== 'answered') return 'failed';
  const code = outcome.answer.get('Result-Code');
  return code === RESULT.SUCCESS ? 'told' : code === RESULT.UNKNOWN_SESSION_ID ? 'unknown' : 'failed';
}
