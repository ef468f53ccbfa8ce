/**
 * The policy function of the core (PCRF): it asks over Sy how each subscriber stands (3GPP TS 29.219), is told when that changes,
 * and sets the speed by its operator's rules. On the connection of the charging system, which here is both.
 */
import { type Answer, APPLICATION, avp, type Message, RESULT, type RequestOutcome, valuesOf } from '#channels/diameter';
import type { GyLink } from './gy-link.ts';
import type { Session } from './session.ts';

export type PolicyTools = {
  readonly link: Pick<GyLink, 'ask' | 'isConnected' | 'realm'>;
  readonly now: () => number;
  readonly newSessionId: () => string;
  readonly inBackground: (work: Promise<unknown>) => void;
  readonly askAgainSeconds: number;
};

/** What its operator would write down: the speed is the number at the end of the status; any other status sets none. */
export function speedOf(status: string | undefined): number | undefined {
  const [, kbps] = /^throttled-(\d+)$/.exec(status ?? '') ?? [];
  return kbps === undefined ? undefined : Number(kbps);
}

type Asked = { sessionId: string; isOpen: boolean; isBusy: boolean; tryAgainMs: number; status: string | undefined };

const SUBSCRIPTION = valuesOf('Subscription-Id-Type');
const TYPE = valuesOf('SL-Request-Type');
const COUNTER = 'data';

export class PolicyFunction {
  readonly #tools: PolicyTools;
  readonly #asked = new Map<Session, Asked>();

  constructor(tools: PolicyTools) {
    this.#tools = tools;
  }

  /** The status of the counter it was told last. */
  statusOf(session: Session): string | undefined {
    return this.#asked.get(session)?.status;
  }

  /** Time has passed: whoever is attached is asked about, whoever is not is let go of. */
  look(session: Session): void {
    const asked = this.#asked.get(session);
    if (asked?.isBusy || !this.#tools.link.isConnected) return;
    if (session.isAttached) {
      if (asked === undefined || (!asked.isOpen && this.#tools.now() >= asked.tryAgainMs)) this.#tools.inBackground(this.#begin(session));
    } else if (asked?.isOpen) this.#tools.inBackground(this.#end(session, asked));
  }

  /** A Spending-Status-Notification-Request. */
  hear(message: Message): Answer | undefined {
    const [found] = [...this.#asked].filter(([, { sessionId }]) => sessionId === message.get('Session-Id'));
    if (found === undefined) return undefined;
    const [session, asked] = found;
    this.#apply(session, asked, message);
    return { resultCode: RESULT.SUCCESS };
  }

  async #begin(session: Session): Promise<void> {
    const { newSessionId, link, now, askAgainSeconds } = this.#tools;
    const asked: Asked = { sessionId: newSessionId(), isOpen: false, isBusy: true, tryAgainMs: 0, status: undefined };
    this.#asked.set(session, asked);
    const { imsi, e164 } = session.facts;
    const outcome = await link.ask('Spending-Limit', [
      ...this.#head(asked),
      avp('SL-Request-Type', TYPE.INITIAL_REQUEST),
      avp('Subscription-Id', [avp('Subscription-Id-Type', SUBSCRIPTION.END_USER_IMSI), avp('Subscription-Id-Data', imsi)]),
      e164 === undefined
        ? undefined
        : avp('Subscription-Id', [
            avp('Subscription-Id-Type', SUBSCRIPTION.END_USER_E164),
            avp('Subscription-Id-Data', e164.replace(/^\+/, '')),
          ]),
      avp('Policy-Counter-Identifier', COUNTER),
    ]);
    asked.isBusy = false;
    asked.tryAgainMs = now() + askAgainSeconds * 1000;
    const answer = answerOf(outcome);
    if (answer?.get('Result-Code') !== RESULT.SUCCESS) return;
    asked.isOpen = true;
    // What was told meanwhile is younger than the answer.
    if (asked.status === undefined) this.#apply(session, asked, answer);
  }

  async #end(session: Session, asked: Asked): Promise<void> {
    asked.isBusy = true;
    await this.#tools.link.ask('Session-Termination', [
      ...this.#head(asked),
      avp('Termination-Cause', valuesOf('Termination-Cause').LOGOUT),
    ]);
    this.#asked.delete(session);
    session.speedKbps = undefined;
  }

  #apply(session: Session, asked: Asked, message: Message): void {
    const report = message.all('Policy-Counter-Status-Report').find((one) => one.get('Policy-Counter-Identifier') === COUNTER);
    if (report === undefined) return;
    asked.status = report.get('Policy-Counter-Status');
    session.speedKbps = speedOf(asked.status);
  }

  #head({ sessionId }: Asked) {
    const realm = this.#tools.link.realm ?? '';
    return [avp('Session-Id', sessionId), avp('Destination-Realm', realm), avp('Auth-Application-Id', APPLICATION.SY)];
  }
}

function answerOf(outcome: RequestOutcome): Message | undefined {
  return outcome.kind === 'answered' ? outcome.answer : undefined;
}
