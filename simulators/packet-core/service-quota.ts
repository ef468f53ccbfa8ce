/**
 * The user plane of one service (a rating group, or the one without a name): what it may let through, what it has, and
 * when it must tell. Plain counting; it knows no messages.
 */
import type { Wanted } from './traffic.ts';

/** What an answer gives. */
export type Terms = {
  readonly granted: bigint;
  readonly validitySeconds: number | undefined;
  readonly threshold: bigint | undefined;
  readonly holdingSeconds: number | undefined;
  readonly final: 'terminate' | 'redirect' | 'restrict' | undefined;
  /** Where the last quota leads to once it is used. */
  readonly redirectTo?: string | undefined;
};

/** `free`: no credit control applies (4011). `redirected`, `blocked`: nothing passes until something is granted. */
export type ServiceState = 'new' | 'granted' | 'free' | 'blocked' | 'redirected';

export type Reason = 'THRESHOLD' | 'QHT' | 'FINAL' | 'QUOTA_EXHAUSTED' | 'VALIDITY_TIME' | 'FORCED_REAUTHORISATION';

export type Octets = { up: bigint; down: bigint };

export type UserPlane = { readonly stopsAtQuota: boolean; readonly readsThreshold: boolean; readonly readsHoldingTime: boolean };

export class ServiceQuota {
  readonly ratingGroup: number | undefined;
  state: ServiceState = 'new';
  terms: Terms | undefined;
  /** While it is redirected: where whoever opens a page comes to. */
  redirectedTo: string | undefined;
  /** Let through and told to nobody yet. */
  readonly unreported: Octets = { up: 0n, down: 0n };
  /** All that was granted, and let through, since the service began. */
  granted = 0n;
  passed = 0n;
  /** Beyond what was granted at the time. */
  overrun = 0n;
  /** Somebody wanted something that did not pass. */
  isWanted = false;
  askAgainMs = 0;
  #left = 0n;
  #grantedMs = 0;
  #passedMs = 0;

  constructor(ratingGroup: number | undefined) {
    this.ratingGroup = ratingGroup;
  }

  get left(): bigint {
    return this.#left;
  }

  grant(terms: Terms, nowMs: number): void {
    this.state = 'granted';
    this.redirectedTo = undefined;
    this.terms = terms;
    this.granted += terms.granted;
    this.#grantedMs = nowMs;
    this.#passedMs = nowMs;
    this.isWanted = false;
    // What passed since the report is of the new quota (TS 32.299 §6.5.2).
    this.#left = terms.granted - octetsOf(this.unreported);
  }

  refuse(state: 'blocked' | 'redirected', askAgainMs: number, to?: string): void {
    this.state = state;
    this.redirectedTo = state === 'redirected' ? (to ?? this.terms?.redirectTo ?? this.redirectedTo) : undefined;
    this.terms = undefined;
    this.#left = 0n;
    this.isWanted = false;
    this.askAgainMs = askAgainMs;
  }

  /** Lets through what it may, gives how much that was. */
  pass(wanted: Wanted, plane: UserPlane, nowMs: number): bigint {
    const { up, down } = this.#allowed(wanted, plane);
    const octets = up + down;
    if (octets < wanted.up + wanted.down) this.isWanted = true;
    if (octets === 0n) return 0n;
    this.unreported.up += up;
    this.unreported.down += down;
    this.passed += octets;
    this.#passedMs = nowMs;
    const beyond = octets - (this.#left > 0n ? this.#left : 0n);
    if (this.state === 'granted' && beyond > 0n) this.overrun += beyond;
    this.#left -= octets;
    return octets;
  }

  #allowed({ up, down }: Wanted, plane: UserPlane): Octets {
    if (this.state === 'free') return { up, down };
    if (this.state !== 'granted') return { up: 0n, down: 0n };
    if (!plane.stopsAtQuota || up + down <= this.#left) return { up, down };
    if (this.#left <= 0n) return { up: 0n, down: 0n };
    const part = (up * this.#left) / (up + down);
    return { up: part, down: this.#left - part };
  }

  /** Why it has to be reported now; undefined: it has not. */
  due(plane: UserPlane, nowMs: number): Reason | undefined {
    const { terms } = this;
    if (this.state !== 'granted' || terms === undefined) return undefined;
    if (this.#left <= 0n) return terms.final === undefined ? 'QUOTA_EXHAUSTED' : 'FINAL';
    if (terms.validitySeconds !== undefined && nowMs >= this.#grantedMs + terms.validitySeconds * 1000) return 'VALIDITY_TIME';
    if (plane.readsThreshold && terms.final === undefined && terms.threshold !== undefined && this.#left <= terms.threshold)
      return 'THRESHOLD';
    if (plane.readsHoldingTime && terms.holdingSeconds !== undefined && nowMs >= this.#passedMs + terms.holdingSeconds * 1000) return 'QHT';
    return undefined;
  }

  /** Takes what a report tells. */
  takeUse(): Octets {
    const use = { ...this.unreported };
    this.unreported.up = 0n;
    this.unreported.down = 0n;
    return use;
  }
}

export function octetsOf({ up, down }: Octets): bigint {
  return up + down;
}
