/** Requests of ours that are under way on one connection, by their hop-by-hop identifier, until their answer or their time. */
import type { Random } from '#platform/random';
import type { Finding } from './finding.ts';
import type { Message } from './message.ts';

/** What became of a request. `unanswered` and `lost` leave open whether the peer acted on it. */
export type RequestOutcome =
  | { readonly kind: 'answered'; readonly answer: Message }
  | { readonly kind: 'malformed'; readonly answer: Message; readonly finding: Finding }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'not_sent'; readonly why: 'no_connection' | 'not_common' | 'too_many' | 'backlog' };

type Pending = {
  readonly command: number;
  readonly application: number;
  readonly endToEnd: number;
  readonly deadlineMs: number;
  readonly resolve: (outcome: RequestOutcome) => void;
};

export class PendingRequests {
  readonly #pending = new Map<number, Pending>();
  #hopByHop: number;
  #endToEnd: number;

  /** End-to-end identifiers begin with the time, so that they do not come again for four minutes after a restart (RFC 6733 §3). */
  constructor(random: Random, nowMs: number) {
    this.#hopByHop = random.below(2 ** 32);
    this.#endToEnd = (((Math.floor(nowMs / 1000) & 0xfff) << 20) | random.below(2 ** 20)) >>> 0;
  }

  get size(): number {
    return this.#pending.size;
  }

  nextHopByHop(): number {
    do this.#hopByHop = (this.#hopByHop + 1) >>> 0;
    while (this.#pending.has(this.#hopByHop));
    return this.#hopByHop;
  }

  nextEndToEnd(): number {
    this.#endToEnd = (this.#endToEnd + 1) >>> 0;
    return this.#endToEnd;
  }

  add(hopByHop: number, pending: Pending): void {
    this.#pending.set(hopByHop, pending);
  }

  /** The request an answer belongs to, taken out; undefined when there is none (any more), or when the answer is of another kind. */
  take(answer: Message): Pending | undefined {
    const pending = this.#pending.get(answer.hopByHop);
    if (pending === undefined) return undefined;
    const isIts = pending.command === answer.command && pending.application === answer.application && pending.endToEnd === answer.endToEnd;
    if (isIts) this.#pending.delete(answer.hopByHop);
    return isIts ? pending : undefined;
  }

  /** Ends those whose time is over; how many they were. */
  expire(nowMs: number): number {
    let expired = 0;
    for (const [hopByHop, pending] of this.#pending) {
      if (pending.deadlineMs > nowMs) continue;
      this.#pending.delete(hopByHop);
      pending.resolve({ kind: 'unanswered' });
      expired += 1;
    }
    return expired;
  }

  endAll(): void {
    for (const pending of this.#pending.values()) pending.resolve({ kind: 'lost' });
    this.#pending.clear();
  }
}
