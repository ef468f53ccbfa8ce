/**
 * Two clocks (docs/words.md). Business time is movable in demonstrations and simulations: an offset in a database row
 * that all nodes share, never moved back. Transport time is real: signatures, leases, rate limits, timers.
 */
export type Clock = {
  /** Business time: orders, allowances, lines, reminders. */
  business(): Date;
  /** Real time: signatures, one-time codes, leases, the payment janitor. */
  transport(): Date;
};

/** A clock whose offset somebody else keeps up to date (`followClock` in a running program, a test in a test). */
export class OffsetClock implements Clock {
  offsetMs = 0;
  business(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
  transport(): Date {
    return new Date();
  }
}

/** Stands still until moved; both clocks alike. For tests and simulations. */
export class ManualClock implements Clock {
  businessMs: number;
  transportMs: number;
  constructor(start: string | Date) {
    this.businessMs = new Date(start).getTime();
    this.transportMs = this.businessMs;
  }
  business(): Date {
    return new Date(this.businessMs);
  }
  transport(): Date {
    return new Date(this.transportMs);
  }
  /** Moves both clocks on. */
  advance(ms: number): void {
    this.businessMs += ms;
    this.transportMs += ms;
  }
  moveBusinessTo(instant: string | Date): void {
    this.businessMs = new Date(instant).getTime();
  }
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
