/**
 * The policy counters of a line, as a pure function of how it stands. Gy and Nchf cannot set a speed: a policy function is
 * told of these and makes its rules of them (3GPP TS 23.203 §4.7, TS 29.219 §4.3).
 */
import { standingOf, type UsableAllowance } from '#domain/allowances';
import { HOME_ZONE, type Plan } from '#domain/catalog';
import { isInService, type LineState, usePolicy } from '#domain/lines';
import type { Statuses } from './watch.ts';

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

export function statusesOf(facts: LineFacts): Statuses {
  return { data: dataStatus(facts) };
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
  const changed = Object.entries(now).filter(([counter, status]) => told[counter] !== status);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** Counters that nobody keeps here. */
export function unknownCounters(counters: readonly string[] | null): readonly string[] {
  return (counters ?? []).filter((counter) => !POLICY_COUNTERS.some((known) => known === counter));
}
