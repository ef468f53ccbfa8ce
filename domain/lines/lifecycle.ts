/**
 * The life of a line as data: which event moves it from which state to which. What is not in the table does not
 * happen. Throttled and stopped are what the plan says when data is exhausted; expired, suspended, parked and lost
 * follow one another when nothing is paid, after the market's days.
 */
import type { Market } from '#domain/catalog';
import { DAY_MS } from '#platform/clock';
import type { Line, LineState } from './line.ts';

export const LINE_EVENTS = ['activate', 'throttle', 'stop', 'replenish', 'expire', 'renew', 'suspend', 'park', 'lose'] as const;
export type LineEvent = (typeof LINE_EVENTS)[number];

export const LIFECYCLE: Readonly<Record<LineState, Partial<Readonly<Record<LineEvent, LineState>>>>> = {
  pending: { activate: 'active', renew: 'active' },
  active: { throttle: 'throttled', stop: 'stopped', expire: 'expired', renew: 'active', replenish: 'active' },
  throttled: { replenish: 'active', stop: 'stopped', throttle: 'throttled', expire: 'expired', renew: 'active' },
  stopped: { replenish: 'active', throttle: 'throttled', stop: 'stopped', expire: 'expired', renew: 'active' },
  expired: { renew: 'active', suspend: 'suspended' },
  suspended: { renew: 'active', park: 'parked' },
  parked: { renew: 'active', lose: 'lost' },
  lost: {},
};

/** The state after an event, or undefined where the event does not apply. */
export function after(state: LineState, event: LineEvent): LineState | undefined {
  return LIFECYCLE[state][event];
}

/** In these the network carries what allowances and the plan's policy let through. */
export function isInService(state: LineState): boolean {
  return state === 'active' || state === 'throttled' || state === 'stopped';
}

/** In these a renewal begins a new period now. */
export function hasLapsed(state: LineState): boolean {
  return state === 'expired' || state === 'suspended' || state === 'parked';
}

/** When a lapsed line moves on by itself, counted from the instant it entered its state. */
export function lapseEnds(line: Pick<Line, 'state' | 'stateSince'>, market: Market): { at: Date; event: LineEvent } | undefined {
  const { expiredDays, suspendedDays, parkedDays } = market.lifecycle;
  const next = {
    expired: { days: expiredDays, event: 'suspend' },
    suspended: { days: suspendedDays, event: 'park' },
    parked: { days: parkedDays, event: 'lose' },
  } as const;
  if (line.state !== 'expired' && line.state !== 'suspended' && line.state !== 'parked') return undefined;
  const { days, event } = next[line.state];
  return { at: new Date(line.stateSince.getTime() + days * DAY_MS), event };
}

/** When the number is lost if nothing is paid: what every lapsed line's page counts down to. */
export function numberLostAt(line: Pick<Line, 'state' | 'stateSince'>, market: Market): Date | undefined {
  const { expiredDays, suspendedDays, parkedDays } = market.lifecycle;
  const daysLeft = { expired: expiredDays + suspendedDays + parkedDays, suspended: suspendedDays + parkedDays, parked: parkedDays };
  if (line.state !== 'expired' && line.state !== 'suspended' && line.state !== 'parked') return undefined;
  return new Date(line.stateSince.getTime() + daysLeft[line.state] * DAY_MS);
}
