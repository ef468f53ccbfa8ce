/**
 * What people do with their phones: apps that are opened and put away again, each with its pace and its hours. Made from
 * a seed, so that a run can be repeated. What comes out is what subscribers want; what passes is for the user plane.
 */
import { HOUR_MS } from '#platform/clock';
import type { Random } from '#platform/random';

export const APPS = ['video', 'social', 'web', 'messaging', 'updates'] as const;
export type App = (typeof APPS)[number];

/** Octets wanted in one stretch of time, by app. */
export type Wanted = { readonly app: App; readonly up: bigint; readonly down: bigint };

export type Traffic =
  /** By app and hour; `appetite` 1 is about a gigabyte a day, and so on in proportion. */
  | { readonly kind: 'usual'; readonly appetite: number }
  | { readonly kind: 'idle' }
  | { readonly kind: 'steady'; readonly kbps: number }
  /** Steady until it is slowed down or refused, then usual: how a line runs dry while somebody watches. */
  | { readonly kind: 'run_dry'; readonly kbps: number };

type AppHabit = {
  readonly startsPerHour: number;
  readonly minutes: number;
  readonly kbps: number;
  readonly upPercent: number;
  /** In percent of the busiest hour, from midnight on. */
  readonly hours: readonly number[];
};

const WAKING = [18, 10, 6, 4, 4, 8, 22, 45, 60, 62, 64, 70, 80, 74, 68, 66, 70, 78, 86, 92, 100, 98, 75, 42];
const EVENING = [30, 15, 8, 5, 4, 5, 10, 18, 22, 24, 28, 36, 48, 40, 34, 36, 42, 52, 66, 84, 100, 100, 82, 52];
const NIGHT = [60, 90, 100, 100, 90, 60, 30, 18, 12, 10, 10, 10, 12, 10, 10, 10, 10, 12, 12, 14, 16, 20, 30, 45];

const HABITS: Readonly<Record<App, AppHabit>> = {
  video: { startsPerHour: 0.35, minutes: 6, kbps: 2_500, upPercent: 2, hours: EVENING },
  social: { startsPerHour: 1.5, minutes: 3, kbps: 600, upPercent: 9, hours: WAKING },
  web: { startsPerHour: 3, minutes: 1.5, kbps: 400, upPercent: 8, hours: WAKING },
  messaging: { startsPerHour: 8, minutes: 0.5, kbps: 60, upPercent: 42, hours: WAKING },
  updates: { startsPerHour: 0.1, minutes: 2, kbps: 4_000, upPercent: 1, hours: NIGHT },
};

/** Octets a second of one kilobit a second. */
export const OCTETS_PER_KBPS = 125;
const FINE = 1_000_000;

export class Subscriber {
  traffic: Traffic;
  readonly #random: Random;
  /** Hours that the subscriber's day is ahead of UTC. */
  readonly #zoneHours: number;
  /** Until when each app is open, in simulated milliseconds. */
  readonly #openUntilMs = new Map<App, number>();

  constructor(random: Random, zoneHours: number, traffic: Traffic) {
    this.#random = random;
    this.#zoneHours = zoneHours;
    this.traffic = traffic;
  }

  /** Apps that are open. */
  openApps(nowMs: number): App[] {
    if (this.traffic.kind === 'idle') return [];
    if (this.traffic.kind !== 'usual') return ['video'];
    return APPS.filter((app) => (this.#openUntilMs.get(app) ?? 0) > nowMs);
  }

  /** What is wanted in the `ms` from `nowMs` on. */
  want(nowMs: number, ms: number): Wanted[] {
    const { traffic } = this;
    if (traffic.kind === 'idle') return [];
    if (traffic.kind === 'usual') return APPS.flatMap((app) => this.#wantOf(app, traffic.appetite, nowMs, ms));
    return split('video', traffic.kbps, HABITS.video.upPercent, ms);
  }

  #wantOf(app: App, appetite: number, nowMs: number, ms: number): Wanted[] {
    const habit = HABITS[app];
    const hour = Math.floor((((nowMs / HOUR_MS + this.#zoneHours) % 24) + 24) % 24);
    const openUntilMs = this.#openUntilMs.get(app) ?? 0;
    if (openUntilMs <= nowMs) {
      const starts = (habit.startsPerHour * appetite * (habit.hours[hour] ?? 0) * ms) / (100 * HOUR_MS);
      if (!this.#happens(starts)) return [];
      // Between a quarter and twice the usual time.
      this.#openUntilMs.set(app, nowMs + habit.minutes * 60_000 * (0.25 + this.#fraction() * 1.75));
    }
    // No app keeps one pace: it buffers, waits, and goes on.
    return split(app, habit.kbps * (0.4 + this.#fraction() * 1.2), habit.upPercent, ms);
  }

  #happens(likelihood: number): boolean {
    return this.#fraction() < likelihood;
  }

  #fraction(): number {
    return this.#random.below(FINE) / FINE;
  }
}

function split(app: App, kbps: number, upPercent: number, ms: number): Wanted[] {
  const octets = Math.round((kbps * OCTETS_PER_KBPS * ms) / 1000);
  const up = Math.round((octets * upPercent) / 100);
  return octets > 0 ? [{ app, up: BigInt(up), down: BigInt(octets - up) }] : [];
}

/** What a speed lets pass of what is wanted, each app by its share; undefined: no limit. */
export function slow(wanted: readonly Wanted[], speedKbps: number | undefined, ms: number): readonly Wanted[] {
  if (speedKbps === undefined) return wanted;
  const most = BigInt(Math.floor((speedKbps * OCTETS_PER_KBPS * ms) / 1000));
  const all = wanted.reduce((sum, { up, down }) => sum + up + down, 0n);
  if (all <= most) return wanted;
  return wanted.map(({ app, up, down }) => ({ app, up: (up * most) / all, down: (down * most) / all }));
}
