/**
 * Whether the other side lives: the algorithm of RFC 3539 §3.4.1, its table as data. A connection that was silent for Tw is
 * asked (DWR), one silent for another Tw is suspect, for a third closed. Its REOPEN state is left out: it holds traffic
 * back from a connection that failed and came up again, and what failed here is closed and never comes up again.
 */
import { assert } from '#platform/assert';
import type { Random } from '#platform/random';

export type WatchdogState = 'okay' | 'suspect' | 'down';
type WatchdogEvent = 'heard' | 'expired' | 'expired_unanswered';
type Move = readonly [next: WatchdogState, action: 'none' | 'ask' | 'close'];

/** `expired_unanswered`: Tw is over and a DWR of ours is pending. */
export const WATCHDOG_TRANSITIONS: Readonly<Record<WatchdogState, Readonly<Record<WatchdogEvent, Move>>>> = {
  okay: { heard: ['okay', 'none'], expired: ['okay', 'ask'], expired_unanswered: ['suspect', 'none'] },
  suspect: { heard: ['okay', 'none'], expired: ['down', 'close'], expired_unanswered: ['down', 'close'] },
  down: { heard: ['down', 'none'], expired: ['down', 'none'], expired_unanswered: ['down', 'none'] },
};

/** RFC 3539 §3.4.1: no watchdog is shorter, and each wait has two seconds of chance either way. */
export const WATCHDOG_MS_MIN = 6_000;
const JITTER_MS = 2_000;

export class Watchdog {
  readonly #watchdogMs: number;
  readonly #random: Random;
  #state: WatchdogState = 'okay';
  #isPending = false;
  /** Drawn for each wait, and kept while messages come: they come by the thousand. */
  #waitMs: number;
  #deadlineMs: number;

  constructor(options: { readonly watchdogMs: number; readonly random: Random; readonly nowMs: number }) {
    assert(options.watchdogMs >= WATCHDOG_MS_MIN, `Tw is at least ${WATCHDOG_MS_MIN} ms`);
    this.#watchdogMs = options.watchdogMs;
    this.#random = options.random;
    this.#waitMs = this.#draw();
    this.#deadlineMs = options.nowMs + this.#waitMs;
  }

  get state(): WatchdogState {
    return this.#state;
  }

  /** A message came, of whatever kind. */
  heard(nowMs: number): void {
    [this.#state] = WATCHDOG_TRANSITIONS[this.#state].heard;
    this.#deadlineMs = nowMs + this.#waitMs;
  }

  /** The answer to our DWR came; `heard` is told too. */
  answered(): void {
    this.#isPending = false;
  }

  /** What is to be done now. After `ask`, a DWR is to be sent. */
  tick(nowMs: number): 'none' | 'ask' | 'close' {
    if (nowMs < this.#deadlineMs) return 'none';
    const [state, action] = WATCHDOG_TRANSITIONS[this.#state][this.#isPending ? 'expired_unanswered' : 'expired'];
    this.#state = state;
    if (action === 'ask') this.#isPending = true;
    this.#waitMs = this.#draw();
    this.#deadlineMs = nowMs + this.#waitMs;
    return action;
  }

  /**
   * There is a reason to doubt: it is asked at once and has the given time instead of Tw. False when it is being asked
   * already, or suspect.
   */
  doubt(nowMs: number, answerMs: number): boolean {
    if (this.#isPending || this.#state !== 'okay') return false;
    this.#isPending = true;
    this.#state = 'suspect';
    this.#deadlineMs = nowMs + answerMs;
    return true;
  }

  #draw(): number {
    return this.#watchdogMs - JITTER_MS + this.#random.below(2 * JITTER_MS);
  }
}
