/** Requests of a peer that are being answered: each is answered once, whatever becomes of its handler. */
import type { Message } from './message.ts';
import { RESULT } from './result-codes.ts';
import type { Answer } from './write-answer.ts';

type Hands = {
  readonly handle: (request: Message) => Promise<Answer> | Answer;
  /** Writes an answer; may throw for one that cannot be written. */
  readonly answer: (request: Message, answer: Answer) => void;
  readonly tellFault: (request: Message, error: unknown) => void;
};

export class WorkInHand {
  readonly #hands: Hands;
  #count = 0;
  #whenIdle: (() => void)[] = [];

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  get count(): number {
    return this.#count;
  }

  take(request: Message): void {
    this.#count += 1;
    try {
      const answer = this.#hands.handle(request);
      if (answer instanceof Promise)
        answer.then(
          (given) => this.#settle(request, given),
          (error: unknown) => this.#settleFault(request, error),
        );
      else this.#settle(request, answer);
    } catch (error) {
      this.#settleFault(request, error);
    }
  }

  /** Settles when nothing is in hand, or will be no more. */
  idle(): Promise<void> {
    return this.#count === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** The connection is gone: nobody waits any more. */
  giveUp(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #settle(request: Message, answer: Answer): void {
    try {
      this.#hands.answer(request, answer);
    } catch (error) {
      this.#settleFault(request, error);
      return;
    }
    this.#count -= 1;
    if (this.#count === 0) this.giveUp();
  }

  /** A fault of ours: the peer is told 5012, definitely and in time. */
  #settleFault(request: Message, error: unknown): void {
    this.#hands.tellFault(request, error);
    this.#settle(request, { resultCode: RESULT.UNABLE_TO_COMPLY });
  }
}
