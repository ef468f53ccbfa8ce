/**
 * The policy counters of a line, as a pure function of how it stands. Gy and Nchf cannot set a speed: a policy function is
 * told of these and makes its rules of them (3GPP TS 23.203 §4.7, TS 29.219 §4.3). What time alone will change is told ahead.
 */
import { standingOf, type UsableAllowance } from '#domain/allowances';
import { HOME_ZONE, type Plan } from '#domain/catalog';
import { isInService, type LineState, usePolicy } from '#domain/lines';
import type { Clock } from '#platform/clock';
import type { CounterStatus, PendingStatus, Statuses } from './watch.ts';

/**
 * `data`: "full"; "throttled-128", the speed in kbit/s that its plan goes on with; "spent", nothing is left and nothing sells
 * more; "barred", the line is in no state to be served (pending, expired, suspended, parked, lost).
 */
export const POLICY_COUNTERS = ['data'] as const;

export type LineFacts = {
  readonly lineId: bigint;
  readonly state: LineState;
  readonly plan: Plan | undefined;
  /** The line's and the shared. */
  readonly allowances: readonly UsableAllowance[];
  /** When time itself does something to the line next. */
  readonly dueAt: Date | null;
  readonly now: Date;
};

/** How time makes the line by an instant to come, if nobody does anything. */
export type LineAt = (instant: Date) => Pick<LineFacts, 'state' | 'plan' | 'dueAt'>;

/** Told ahead at most; what comes after them is told when they have come. */
const PENDING_MAX = 5;
/** Instants looked at for them: most change nothing, such as a reminder. */
const INSTANTS_MAX = 30;

/** The words of now, and those to come, in business time. */
export function statusesOf(facts: LineFacts, lineAt: LineAt): Statuses {
  return { data: { status: dataStatus(facts), pending: pendingOf(facts, lineAt) } };
}

/** As things stand: what is bought or used meanwhile makes other ones. */
function pendingOf(facts: LineFacts, lineAt: LineAt): PendingStatus[] {
  const pending: PendingStatus[] = [];
  let status = dataStatus(facts);
  let at = nextChangeOf(facts);
  for (let looked = 0; at !== undefined && looked < INSTANTS_MAX && pending.length < PENDING_MAX; looked += 1) {
    const then: LineFacts = { ...facts, ...lineAt(at), now: at };
    const next = dataStatus(then);
    if (next !== status) pending.push({ status: next, at });
    status = next;
    at = nextChangeOf(then);
  }
  return pending;
}

/** By the network's clock, to the whole second: ours may be moved, and neither door tells less than a second. */
export function inNetworkTime(statuses: Statuses, clock: Clock): Statuses {
  const aheadMs = clock.business().getTime() - clock.transport().getTime();
  const moved = ({ status, at }: PendingStatus) => ({ status, at: new Date(Math.round((at.getTime() - aheadMs) / 1000) * 1000) });
  return Object.fromEntries(
    Object.entries(statuses).map(([counter, { status, pending }]) => [counter, { status, pending: pending.map(moved) }]),
  );
}

function dataStatus({ lineId, state, plan, allowances, now }: LineFacts): string {
  if (!isInService(state)) return 'barred';
  // What it pays as it goes, money says; that none is left has stopped it.
  if (plan?.exhaustion.kind === 'pay_as_you_go') return state === 'stopped' ? 'spent' : 'full';
  const { speed } = standingOf(allowances, { service: 'data', zone: HOME_ZONE, lineId, now, policy: usePolicy(plan) });
  if (speed === 'full') return 'full';
  return speed === 'throttled' && plan?.exhaustion.kind === 'throttle' ? `throttled-${plan.exhaustion.speedKbps}` : 'spent';
}

/** When time alone may change a status: a period or an allowance begins or ends. Undefined: never. */
export function nextChangeOf({ allowances, dueAt, now }: LineFacts): Date | undefined {
  const times = [dueAt, ...allowances.flatMap(({ validFrom, validUntil }) => [validFrom, validUntil])]
    .filter((at) => at !== null && at > now)
    .map((at) => (at as Date).getTime());
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** Of what a watch asks for; null asks for all. */
export function pickStatuses(statuses: Statuses, counters: readonly string[] | null): Statuses {
  return counters === null ? statuses : Object.fromEntries(Object.entries(statuses).filter(([counter]) => counters.includes(counter)));
}

/** Those that differ from what was told; undefined when none does. */
export function changedStatuses(told: Statuses, now: Statuses): Statuses | undefined {
  const changed = Object.entries(now).filter(([counter, status]) => !isSame(told[counter], status));
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

function isSame(told: CounterStatus | undefined, { status, pending }: CounterStatus): boolean {
  // Before statuses were told ahead, a word was all that was kept.
  if (told?.status !== status || told.pending.length !== pending.length) return false;
  return told.pending.every((one, place) => one.status === pending[place]?.status && one.at.getTime() === pending[place].at.getTime());
}

/** Counters that nobody keeps here. */
export function unknownCounters(counters: readonly string[] | null): readonly string[] {
  return (counters ?? []).filter((counter) => !POLICY_COUNTERS.some((known) => known === counter));
}
