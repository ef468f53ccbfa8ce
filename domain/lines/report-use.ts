/**
 * A report of use on a line: taken from its allowances, or from the balance where the plan says so; at the end of the
 * data the line is throttled, stopped, or goes on to the plan that waits for exactly that (LIFE-1). The charging engine
 * will reserve before it reports; what a report does to the line stays here.
 */
import { type Consumed, consume, type UsePolicy, type UseReport } from '#domain/allowances';
import type { Catalog, Market, Plan } from '#domain/catalog';
import { type Account, instantUnder, lockAccount } from '#domain/ledger';
import { assert, present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { followUse, startWaitingPlan, waitsForExhaustion } from './follow-use.ts';
import { isInService } from './lifecycle.ts';
import type { LineKey, LineWithQueue } from './line.ts';
import { payAsYouGo } from './pay-as-you-go.ts';
import { refuse } from './refusals.ts';
import { readAdvanced, saveAdvanced } from './run-due.ts';
import { keyOf } from './write-line.ts';

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
  if (waitsForExhaustion(state, consumed)) {
    startWaitingPlan(tools, tx, followed);
    return useRest(tools, tx, followed);
  }
  const quantity = plan?.exhaustion.kind === 'pay_as_you_go' ? consumed.uncovered : 0n;
  const paid =
    plan !== undefined && quantity > 0n
      ? await payAsYouGo(tools, tx, account, { plan, market }, { ...keyOf(state.line), ...use, quantity, at })
      : undefined;
  followUse(tools, tx, { state, plan, market, at, ...consumed, paid });
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
