/**
 * What time does to a line, as a pure function: a queued plan starts, a paid period ends, a lapsed line moves on, a
 * reminder falls due. Every change carries the instant at which it was due, not the one at which somebody looked, so
 * nothing depends on a nightly job having run: whoever locks the account first brings the line up to date.
 */
import type { Market } from '#domain/catalog';
import { assert } from '#platform/assert';
import { DAY_MS } from '#platform/clock';
import { after, isInService, type LineEvent, lapseEnds } from './lifecycle.ts';
import type { Line, LineEventRow, LineWithQueue, QueuedPlan } from './line.ts';

/** Days before the end at which we remind, furthest first. */
export const ENDING_REMINDER_DAYS = [3, 1] as const;

export type LineNews =
  | { readonly kind: 'lines.plan_started'; readonly at: Date; readonly plan: QueuedPlan }
  | { readonly kind: 'lines.ending'; readonly at: Date; readonly daysLeft: number; readonly endsAt: Date }
  | { readonly kind: 'lines.expired' | 'lines.suspended' | 'lines.parked' | 'lines.lost'; readonly at: Date };

export type Advanced = {
  readonly state: LineWithQueue;
  readonly happenings: readonly LineEventRow[];
  readonly started: readonly QueuedPlan[];
  readonly news: readonly LineNews[];
};

/** A line lives through a bounded number of things between two looks at it; more is a loop of ours. */
const STEPS_MAX = 1000;

export function advanceLine(state: LineWithQueue, market: Market, now: Date): Advanced {
  let current: Advanced = { state, happenings: [], started: [], news: [] };
  for (let step = 0; ; step += 1) {
    const due = nextDue(current.state, market);
    if (due === undefined || due.at > now) return { ...current, state: withDueAt(current.state, due?.at ?? null) };
    assert(step < STEPS_MAX, 'a line comes to rest at an instant');
    current = take(current, due);
  }
}

type Due =
  | { readonly at: Date; readonly what: 'start_queued'; readonly plan: QueuedPlan }
  | { readonly at: Date; readonly what: 'remind'; readonly daysLeft: number; readonly endsAt: Date }
  | { readonly at: Date; readonly what: 'move'; readonly event: LineEvent };

/** The next thing that happens to a line by itself; undefined when nothing will. */
export function nextDue({ line, queue }: LineWithQueue, market: Market): Due | undefined {
  if (isInService(line.state) && line.paidUntil !== null) {
    const next = queue[0];
    if (next !== undefined && next.startsAt <= line.paidUntil) return { at: next.startsAt, what: 'start_queued', plan: next };
    return reminderBefore(line, line.paidUntil) ?? { at: line.paidUntil, what: 'move', event: 'expire' };
  }
  const lapse = lapseEnds(line, market);
  return lapse && { at: lapse.at, what: 'move', event: lapse.event };
}

function reminderBefore(line: Line, paidUntil: Date): Due | undefined {
  const daysLeft = ENDING_REMINDER_DAYS.find((days) => line.remindedEndingDays === null || days < line.remindedEndingDays);
  if (daysLeft === undefined || line.periodStartedAt === null) return undefined;
  const at = new Date(paidUntil.getTime() - daysLeft * DAY_MS);
  // A day plan shorter than the reminder needs none at its very start: the reminder falls to the next shorter one.
  if (at <= line.periodStartedAt) return reminderBefore({ ...line, remindedEndingDays: daysLeft }, paidUntil);
  return { at, what: 'remind', daysLeft, endsAt: paidUntil };
}

function take(current: Advanced, due: Due): Advanced {
  const { line, queue } = current.state;
  switch (due.what) {
    case 'remind':
      return {
        ...current,
        state: { line: { ...line, remindedEndingDays: due.daysLeft }, queue },
        news: [...current.news, { kind: 'lines.ending', at: due.at, daysLeft: due.daysLeft, endsAt: due.endsAt }],
      };
    case 'start_queued':
      return startQueued(current, due.plan, due.at);
    case 'move':
      return move(current, due.event, due.at);
  }
}

/** The first waiting plan becomes the present one, at its date or, by its rule, at exhaustion. */
export function startQueued(current: Advanced, plan: QueuedPlan, at: Date): Advanced {
  const { line, queue } = current.state;
  const state = after(line.state, 'renew');
  assert(state !== undefined && queue[0]?.orderId === plan.orderId, 'the first waiting plan starts, on a line that can be renewed');
  return {
    state: {
      line: {
        ...line,
        state,
        stateSince: state === line.state ? line.stateSince : at,
        planCode: plan.planCode,
        planVersion: plan.planVersion,
        anchorDay: plan.anchorDay,
        periodStartedAt: at,
        paidUntil: plan.endsAt,
        remindedEndingDays: null,
        remindedDataPercent: null,
      },
      queue: queue.slice(1),
    },
    happenings: [...current.happenings, { event: 'renew', stateBefore: line.state, stateAfter: state, at }],
    started: [...current.started, plan],
    news: [...current.news, { kind: 'lines.plan_started', at, plan }],
  };
}

const NEWS_OF = { expire: 'lines.expired', suspend: 'lines.suspended', park: 'lines.parked', lose: 'lines.lost' } as const;

function move(current: Advanced, event: LineEvent, at: Date): Advanced {
  const { line, queue } = current.state;
  const state = after(line.state, event);
  assert(state !== undefined, `${event} applies to a line that is ${line.state}`);
  const news = event in NEWS_OF ? [{ kind: NEWS_OF[event as keyof typeof NEWS_OF], at }] : [];
  return {
    ...current,
    state: { line: { ...line, state, stateSince: at }, queue },
    happenings: [...current.happenings, { event, stateBefore: line.state, stateAfter: state, at }],
    news: [...current.news, ...news],
  };
}

function withDueAt(state: LineWithQueue, dueAt: Date | null): LineWithQueue {
  return { ...state, line: { ...state.line, dueAt } };
}
