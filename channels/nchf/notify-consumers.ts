/**
 * Tells consumers of Nchf to ask again, or to end a session (TS 32.291 §5.2.2.5), at the address each session brought with it.
 * What a consumer has heard is answered; what it has not is sent again a few times, and then left: it asks when it asks.
 */
import type { OpenSession } from '#domain/charging';
import type { Log } from '#platform/log';
import type { SbiClient, SbiOutcome } from '#platform/sbi';

export type ToNotify = Pick<OpenSession, 'peer' | 'reference' | 'notify'> & {
  /** Those it has, to ask again: a consumer may ask anew for the named alone, as free5GC does. */
  readonly groups?: readonly { readonly ratingGroup: number | null }[];
};

export type Notification = 'REAUTHORIZATION' | 'ABORT_CHARGING';

export type Notifier = {
  /** 'told', or why not. Never rejects. */
  notify(session: ToNotify, type: Notification): Promise<'told' | 'no_address' | 'unknown_there' | 'unanswered'>;
};

export type NotifierOptions = {
  readonly client: SbiClient;
  /** Notifications of one peer that are under way at once; others wait for their turn. */
  readonly atOnceMax?: number;
  readonly answerMsMax?: number;
  readonly triesMax?: number;
  readonly pauseMs?: number;
  readonly log: Log;
};

export function createNotifier(options: NotifierOptions): Notifier {
  const { client, atOnceMax = 64, answerMsMax = 3_000, triesMax = 3, pauseMs = 500, log } = options;
  const turns = new Map<string, Turns>();
  const underWay = new Map<string, ReturnType<typeof send>>();

  async function send(session: ToNotify, url: string, type: Notification): Promise<'told' | 'unknown_there' | 'unanswered'> {
    for (let tried = 0; tried < triesMax; tried += 1) {
      if (tried > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs * tried));
      const outcome = await client.request({ method: 'POST', url, body: bodyOf(session, type), msMax: answerMsMax });
      if (outcome.kind === 'answered' && outcome.status < 300) return 'told';
      // It has forgotten the session, or does not understand us: the same again would be answered the same.
      if (outcome.kind === 'answered' && outcome.status < 500 && outcome.status !== 429) {
        log.info({ peer: session.peer, status: outcome.status, type }, 'a consumer refused a notification');
        return 'unknown_there';
      }
      log.debug({ peer: session.peer, type, ...told(outcome) }, 'a notification was not answered');
    }
    log.warn({ peer: session.peer, type }, 'a consumer could not be told');
    return 'unanswered';
  }

  return {
    async notify(session, type) {
      const { peer, notify } = session;
      if (notify === null) return 'no_address';
      const turn = turns.get(peer) ?? new Turns(atOnceMax);
      turns.set(peer, turn);
      // Told twice of the same change, it need hear it once.
      const name = `${type} ${peer}/${session.reference}`;
      const telling = underWay.get(name) ?? turn.take(() => send(session, notify, type)).finally(() => underWay.delete(name));
      underWay.set(name, telling);
      return telling;
    },
  };
}

function bodyOf({ groups = [] }: ToNotify, notificationType: Notification): object {
  if (notificationType === 'ABORT_CHARGING') return { notificationType };
  const ratingGroups = new Set(groups.flatMap(({ ratingGroup }) => (ratingGroup === null ? [] : [ratingGroup])));
  return { notificationType, reauthorizationDetails: [...ratingGroups].map((ratingGroup) => ({ ratingGroup })) };
}

function told(outcome: SbiOutcome) {
  return outcome.kind === 'answered' ? { status: outcome.status } : { why: outcome.why };
}

/** So many at once, the others in their order. */
class Turns {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#taken >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#taken += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // Whose turn it is takes the place of whoever is done.
      if (next === undefined) this.#taken -= 1;
      else next();
    }
  }
}
