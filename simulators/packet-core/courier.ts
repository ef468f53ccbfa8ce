/**
 * Brings requests to the charging system, in disorder when told to: lost on the way there or back, repeated with and
 * without the T flag, overtaken by the requests that follow, delayed. From a seed, so that what went wrong goes wrong again.
 */
import { RESULT } from '#channels/diameter';
import type { Random } from '#platform/random';
import type { CoreAnswer, CoreOutcome } from './link.ts';
import type { CoreRequest } from './write-request.ts';

/** In percent of the requests; 0 is order. */
export type Disorder = {
  readonly losePercent: number;
  /** Done by the other side, its answer lost. */
  readonly loseAnswerPercent: number;
  /** Sent twice at once. */
  readonly repeatPercent: number;
  /** Sent once more after the session has gone on. */
  readonly repeatLatePercent: number;
  /** Updates that arrive after the requests that were sent behind them. */
  readonly overtakePercent: number;
  /** Each waits for up to so many milliseconds of real time. */
  readonly delayMsMax: number;
  /** How many of those that are sent again bear the T flag. */
  readonly flagPercent: number;
  /** Of updates that nobody answered: how many are told once more under the next number, as cores do that forget what they sent. */
  readonly renumberPercent: number;
};

export const ORDER: Disorder = {
  losePercent: 0,
  loseAnswerPercent: 0,
  repeatPercent: 0,
  repeatLatePercent: 0,
  overtakePercent: 0,
  delayMsMax: 0,
  flagPercent: 100,
  renumberPercent: 0,
};

/** `overtaken`: on its way still; whoever sent it goes on without its answer. */
export type Delivered =
  | { readonly kind: 'answered'; readonly answer: CoreAnswer }
  | { readonly kind: 'silence' }
  | { readonly kind: 'overtaken' };

export type CourierOptions = {
  readonly send: (request: CoreRequest, isRetransmitted: boolean) => Promise<CoreOutcome>;
  readonly random: Random;
  /** Real milliseconds between one try and the next, where the first was not answered (Tx, RFC 8506 §13). */
  readonly txMs: number;
  readonly triesMax: number;
  /** Work that nobody waits for; it is waited for before the courier is asked what became of it. */
  readonly inBackground: (work: Promise<unknown>) => void;
};

export class Courier {
  disorder: Disorder = ORDER;
  readonly counts = { sent: 0, lost: 0, answersLost: 0, repeated: 0, overtaken: 0, unanswered: 0, answersDiffered: 0, renumbered: 0 };
  readonly #options: CourierOptions;
  readonly #held = new Map<string, { readonly letter: CoreRequest; readonly isRetransmitted: boolean }[]>();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  async deliver(letter: CoreRequest): Promise<Delivered> {
    const { triesMax, txMs } = this.#options;
    const { overtakePercent, repeatLatePercent, flagPercent } = this.disorder;
    if (letter.kind === 'update' && this.#happens(overtakePercent)) {
      this.counts.overtaken += 1;
      this.#hold(letter, this.#happens(flagPercent));
      return { kind: 'overtaken' };
    }
    for (let tried = 0; tried < triesMax; tried += 1) {
      if (tried > 0) await pause(txMs);
      const answer = await this.#try(letter, tried > 0 && this.#happens(flagPercent));
      // Too busy: nothing was decided, and the same may be asked again (RFC 6733 §7.1.3).
      if (answer === undefined || answer.resultCode === RESULT.TOO_BUSY) continue;
      if (this.#happens(repeatLatePercent)) this.#hold(letter, this.#happens(flagPercent));
      return { kind: 'answered', answer };
    }
    this.counts.unanswered += 1;
    return { kind: 'silence' };
  }

  /** Whether what nobody answered is told again under the next number. */
  renumbers(): boolean {
    if (!this.#happens(this.disorder.renumberPercent)) return false;
    this.counts.renumbered += 1;
    return true;
  }

  /** What was overtaken arrives: the session has gone on. */
  release(sessionId: string): void {
    const held = this.#held.get(sessionId) ?? [];
    this.#held.delete(sessionId);
    for (const { letter, isRetransmitted } of held) this.#options.inBackground(this.#deliverLate(letter, isRetransmitted));
  }

  releaseAll(): void {
    for (const sessionId of [...this.#held.keys()]) this.release(sessionId);
  }

  #hold(letter: CoreRequest, isRetransmitted: boolean): void {
    const held = this.#held.get(letter.sessionId) ?? [];
    held.push({ letter, isRetransmitted });
    this.#held.set(letter.sessionId, held);
  }

  /** Its use counts whenever it arrives, so it is sent until somebody took it. */
  async #deliverLate(letter: CoreRequest, isRetransmitted: boolean): Promise<void> {
    for (let tried = 0; tried < this.#options.triesMax; tried += 1) {
      const outcome = await this.#options.send(letter, isRetransmitted || tried > 0);
      this.counts.sent += 1;
      if (outcome.kind === 'answered' && outcome.answer.resultCode !== RESULT.TOO_BUSY) return;
      await pause(this.#options.txMs);
    }
  }

  async #try(letter: CoreRequest, isRetransmitted: boolean): Promise<CoreAnswer | undefined> {
    const { losePercent, loseAnswerPercent, repeatPercent, delayMsMax, flagPercent } = this.disorder;
    const { send, random } = this.#options;
    if (delayMsMax > 0) await pause(random.below(delayMsMax));
    if (this.#happens(losePercent)) {
      this.counts.lost += 1;
      return undefined;
    }
    this.counts.sent += 1;
    const first = send(letter, isRetransmitted);
    const [outcome, second] = this.#happens(repeatPercent)
      ? await Promise.all([first, this.#repeat(letter, this.#happens(flagPercent))])
      : [await first];
    if (outcome.kind !== 'answered') return undefined;
    if (second?.kind === 'answered' && !isSameAnswer(outcome.answer, second.answer)) this.counts.answersDiffered += 1;
    if (!this.#happens(loseAnswerPercent)) return outcome.answer;
    this.counts.answersLost += 1;
    return undefined;
  }

  #repeat(letter: CoreRequest, isRetransmitted: boolean): Promise<CoreOutcome> {
    this.counts.repeated += 1;
    return this.#options.send(letter, isRetransmitted);
  }

  #happens(percent: number): boolean {
    return percent > 0 && this.#options.random.below(100) < percent;
  }
}

/** The same meaning; identifiers are each request's own. */
function isSameAnswer(one: CoreAnswer, other: CoreAnswer): boolean {
  return one.resultCode === other.resultCode && one.meaning === other.meaning;
}

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
