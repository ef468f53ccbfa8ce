/**
 * A report of use on a line: taken from its allowances, or from the balance where the plan says so; at the end of the
 * data the line is throttled, stopped, or goes on to the plan that waits for exactly that (LIFE-1). The charging engine
 * will reserve before it reports; what a report does to the line stays here.
 */
import { type Consumed, consume, type UsePolicy, type UseReport } from '#domain/allowances';
import type { Catalog, Market, Plan } from '#domain/catalog';
import { endOfPeriod, localDayOfMonth } from '#domain/catalog';
import { type Account, instantUnder, lockAccount } from '#domain/ledger';
import { add, compare, type Money } from '#domain/money';
import { assert, present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { writeEvents } from '#platform/outbox';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { type Advanced, nextDue, startQueued } from './advance-line.ts';
import { redate } from './decide-purchase.ts';
import { after, isInService } from './lifecycle.ts';
import type { LineKey, LineWithQueue } from './line.ts';
import { type PaidAsYouGo, payAsYouGo } from './pay-as-you-go.ts';
import { refuse } from './refusals.ts';
import { readAdvanced, saveAdvanced } from './run-due.ts';
import { keyOf, lineFacts, writeAdvanced, writeRedated } from './write-line.ts';

export type LineUse = LineKey & Pick<UseReport, 'key' | 'service' | 'zone' | 'quantity'>;
export type ReportUseRefusal = Refusal<'lines.not_in_service' | 'allowances.key_reused'>;

/**
 * Debits a use exactly once per key. Refuses `lines.not_in_service` when the line is not one that carries traffic, and
 * `allowances.key_reused` when the key came with other content.
 */
export function reportUse(tools: Tools, catalog: Catalog, use: LineUse): Promise<Consumed | ReportUseRefusal> {
  return tools.database.transaction((tx) => reportUseIn(tools, tx, catalog, use));
}

/** The same inside a transaction of the caller's: several reports of one account, one commit. */
export async function reportUseIn(tools: Tools, tx: Transaction, catalog: Catalog, use: LineUse): Promise<Consumed | ReportUseRefusal> {
  const account = await lockAccount(tx, use);
  const at = instantUnder(account, tools.clock.business());
  const advanced = await readAdvanced(tx, catalog, keyOf(use), at);
  if (advanced.happenings.length + advanced.news.length > 0) await saveAdvanced(tools, tx, advanced, at);
  const { line } = advanced.state;
  if (!isInService(line.state)) return refuse('lines.not_in_service', { number: line.number });
  const plan = presentPlan(catalog, advanced.state);
  const consumed = await consume(tools, tx, { ...use, at, policy: usePolicy(plan) });
  if (isRefusal(consumed) || consumed.duplicate) return consumed;
  const market = present(catalog.market(line.market, at), 'a line is of a market that is in the catalogue');
  await follow(tools, tx, { catalog, account, state: advanced.state, plan, market, use, consumed, at });
  return consumed;
}

/** What the plan says about use; without one, nothing goes on at the end. */
export function usePolicy(plan: Plan | undefined): UsePolicy {
  return { exhaustion: plan?.exhaustion.kind ?? 'stop', ...(plan?.apart === undefined ? {} : { apart: plan.apart }) };
}

/** The terms of the plan the line is on, as it was sold. */
export function presentPlan(catalog: Catalog, { line }: Pick<LineWithQueue, 'line'>): Plan | undefined {
  if (line.planCode === null || line.planVersion === null) return undefined;
  const product = catalog.productVersion(line.market, line.planCode, line.planVersion);
  return product?.kind === 'plan' ? product : undefined;
}

type Followed = {
  readonly catalog: Catalog;
  readonly account: Account;
  readonly state: LineWithQueue;
  readonly plan: Plan | undefined;
  readonly market: Market;
  readonly use: LineUse;
  readonly consumed: Consumed;
  readonly at: Date;
};

/** What follows from a use: a waiting plan starts, money pays, the line runs dry, its people are told. */
async function follow(tools: Tools, tx: Transaction, followed: Followed): Promise<void> {
  const { account, state, plan, market, use, consumed, at } = followed;
  const ranDry = consumed.exhausted && state.line.state === 'active';
  if (ranDry && state.queue[0]?.startRule === 'on_exhaustion') {
    startWaiting(tools, tx, followed);
    return useRest(tools, tx, followed);
  }
  let event: 'throttle' | 'stop' | undefined;
  let lowBalance: Money | undefined;
  if (plan?.exhaustion.kind === 'pay_as_you_go') {
    const { uncovered: quantity } = consumed;
    const paid =
      quantity > 0n ? await payAsYouGo(tools, tx, account, { plan, market }, { ...keyOf(state.line), ...use, quantity, at }) : undefined;
    if (paid?.spent) event = 'stop';
    lowBalance = paid && lowBalanceAfter(market, paid);
  } else if (ranDry) {
    event = plan?.exhaustion.kind === 'throttle' ? 'throttle' : 'stop';
  }
  const stateAfter = event === undefined ? undefined : after(state.line.state, event);
  const moved = stateAfter !== undefined && stateAfter !== state.line.state;
  if (event !== undefined && moved) {
    const line = { ...state.line, state: stateAfter, stateSince: at };
    const happenings = [{ event, stateBefore: state.line.state, stateAfter, at }];
    writeAdvanced(tools, tx, { state: { ...state, line }, happenings, started: [], news: [] });
  }
  tellPeople(tools, tx, followed, moved, lowBalance);
}

/** The balance, where this use took it below what the market reminds at: once, until it is above again (LIFE-3). */
function lowBalanceAfter({ topUp: { remindBelow } }: Market, { paid, balance }: PaidAsYouGo): Money | undefined {
  if (remindBelow === undefined || compare(balance, remindBelow) >= 0) return undefined;
  return compare(add(balance, paid), remindBelow) >= 0 ? balance : undefined;
}

/** The plan that waits for exhaustion begins now, with a full period and a new anchor. */
function startWaiting(tools: Tools, tx: Transaction, { state, market, at }: Followed): void {
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
}

/** What the data that ran out did not cover is taken from the plan that began with it. */
async function useRest(tools: Tools, tx: Transaction, { catalog, state, use, consumed, at }: Followed): Promise<void> {
  if (consumed.uncovered === 0n) return;
  const { planCode, planVersion } = present(state.queue[0], 'a plan has begun');
  const begun = presentPlan(catalog, { line: { ...state.line, planCode, planVersion } });
  const rest = await consume(tools, tx, {
    ...use,
    key: `${use.key}/rest`,
    quantity: consumed.uncovered,
    at,
    policy: { ...usePolicy(begun), exhaustion: 'stop' },
  });
  assert(!isRefusal(rest), 'the rest of a use has a key of its own');
}

function tellPeople(
  tools: Tools,
  tx: Transaction,
  { state, plan, consumed, at }: Followed,
  moved: boolean,
  lowBalance: Money | undefined,
): void {
  const { slot, accountId } = state.line;
  const event = (kind: string, facts: object) => ({
    slot,
    accountId,
    eventId: tools.mintId(slot),
    kind,
    at,
    payload: { ...lineFacts(state), ...facts },
  });
  const low = consumed.crossedPercent.findLast((percent) => percent < 100);
  const ranOut = moved || (consumed.exhausted && consumed.before.speed === 'full');
  writeEvents(tx, [
    ...(ranOut ? [event('lines.exhausted', { policy: plan?.exhaustion ?? { kind: 'stop' } })] : []),
    ...(low !== undefined && !consumed.exhausted && !ranOut
      ? [event('lines.data_low', { percentLeft: 100 - low, octetsLeft: consumed.after.left })]
      : []),
    // A line that stops because nothing is left is told of that alone.
    ...(lowBalance !== undefined && !moved ? [event('lines.balance_low', { balance: lowBalance, paidUntil: state.line.paidUntil })] : []),
  ]);
}
