/**
 * What a use does to its line: at the end of the data it is throttled, stopped, or goes on to the plan that waits for
 * exactly that (LIFE-1), and its people are told once. Whoever debits use, by report or for the network, says so here.
 */
import type { Standing } from '#domain/allowances';
import { endOfPeriod, localDayOfMonth, type Market, type Plan } from '#domain/catalog';
import { add, compare, type Money } from '#domain/money';
import { present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { writeEvents } from '#platform/outbox';
import type { Tools } from '#platform/tools';
import { type Advanced, nextDue, startQueued } from './advance-line.ts';
import { redate } from './decide-purchase.ts';
import { after } from './lifecycle.ts';
import type { LineWithQueue } from './line.ts';
import type { PaidAsYouGo } from './pay-as-you-go.ts';
import { lineFacts, writeAdvanced, writeRedated } from './write-line.ts';

export type FollowedUse = {
  /** The line as it was brought up to date under the account's lock. */
  readonly state: LineWithQueue;
  readonly plan: Plan | undefined;
  readonly market: Market;
  readonly at: Date;
  /** Of the line's data, before and after the use. */
  readonly before: Standing;
  readonly after: Standing;
  /** Nothing at full speed is left after it. */
  readonly exhausted: boolean;
  readonly crossedPercent: readonly number[];
  /** What money paid, on a plan that sells use. */
  readonly paid: PaidAsYouGo | undefined;
};

/** A plan waits for exactly this: it starts before anything else follows from the use. */
export function waitsForExhaustion({ line, queue }: LineWithQueue, { exhausted }: Pick<FollowedUse, 'exhausted'>): boolean {
  return exhausted && line.state === 'active' && queue[0]?.startRule === 'on_exhaustion';
}

/** The plan that waits for exhaustion begins now, with a full period and a new anchor. Gives the line as it is then. */
export function startWaitingPlan(
  tools: Tools,
  tx: Transaction,
  { state, market, at }: Pick<FollowedUse, 'state' | 'market' | 'at'>,
): LineWithQueue {
  const waiting = present(state.queue[0], 'a plan waits for exhaustion');
  const anchorDay = localDayOfMonth(at, market.zone);
  const period = { unit: waiting.periodUnit, count: waiting.periodCount };
  const endsAt = endOfPeriod({ start: at, anchorDay, period, zone: market.zone });
  const begun = { ...waiting, anchorDay, startsAt: at, endsAt };
  const behind = redate(state.queue.slice(1), endsAt, market.zone);
  const nothing: Advanced = { state: { ...state, queue: [begun, ...behind] }, happenings: [], started: [], news: [] };
  const started = startQueued(nothing, begun, at);
  const line = { ...started.state.line, dueAt: nextDue(started.state, market)?.at ?? null };
  writeAdvanced(tools, tx, { ...started, state: { ...started.state, line } });
  writeRedated(tx, line, behind, at);
  return { ...started.state, line };
}

/** Moves the line where its data or its money ran out, and tells its people. */
export function followUse(tools: Tools, tx: Transaction, used: FollowedUse): void {
  const { state, plan, at } = used;
  const event = eventOf(used);
  const stateAfter = event === undefined ? undefined : after(state.line.state, event);
  const moved = stateAfter !== undefined && stateAfter !== state.line.state;
  if (event !== undefined && moved) {
    const line = { ...state.line, state: stateAfter, stateSince: at };
    const happenings = [{ event, stateBefore: state.line.state, stateAfter, at }];
    writeAdvanced(tools, tx, { state: { ...state, line }, happenings, started: [], news: [] });
  }
  tellPeople(tools, tx, used, moved);

  function eventOf({ exhausted, paid }: FollowedUse): 'throttle' | 'stop' | undefined {
    if (plan?.exhaustion.kind === 'pay_as_you_go') return paid?.spent ? 'stop' : undefined;
    if (!exhausted || state.line.state !== 'active') return undefined;
    return plan?.exhaustion.kind === 'throttle' ? 'throttle' : 'stop';
  }
}

/** The balance, where this use took it below what the market reminds at: once, until it is above again (LIFE-3). */
function lowBalanceAfter({ topUp: { remindBelow } }: Market, { paid, balance }: PaidAsYouGo): Money | undefined {
  if (remindBelow === undefined || compare(balance, remindBelow) >= 0) return undefined;
  return compare(add(balance, paid), remindBelow) >= 0 ? balance : undefined;
}

/** What others of the account go on with is not told as used up (SIM-4). A balance that ran out behind the data has no cap. */
function capOf({ plan, before, after: { capReached } }: FollowedUse): { readonly capReached?: true } {
  const ofMoney = plan?.exhaustion.kind === 'pay_as_you_go' && before.speed !== 'full';
  return capReached && !ofMoney ? { capReached } : {};
}

function tellPeople(tools: Tools, tx: Transaction, used: FollowedUse, moved: boolean): void {
  const { state, plan, market, paid, at } = used;
  const { slot, accountId } = state.line;
  const event = (kind: string, facts: object) => ({
    slot,
    accountId,
    eventId: tools.mintId(slot),
    kind,
    at,
    payload: { ...lineFacts(state), ...facts },
  });
  const low = used.crossedPercent.findLast((percent) => percent < 100);
  const ranOut = moved || (used.exhausted && used.before.speed === 'full');
  const lowBalance = paid && lowBalanceAfter(market, paid);
  writeEvents(tx, [
    ...(ranOut ? [event('lines.exhausted', { policy: plan?.exhaustion ?? { kind: 'stop' }, ...capOf(used) })] : []),
    ...(low !== undefined && !used.exhausted && !ranOut
      ? [event('lines.data_low', { percentLeft: 100 - low, octetsLeft: used.after.left })]
      : []),
    // A line that stops because nothing is left is told of that alone.
    ...(lowBalance !== undefined && !moved ? [event('lines.balance_low', { balance: lowBalance, paidUntil: state.line.paidUntil })] : []),
  ]);
}
