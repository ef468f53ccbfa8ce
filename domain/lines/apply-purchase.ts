import { grantAllowances } from '#domain/allowances';
import type { Market, Pack, Plan } from '#domain/catalog';
import type { Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { nextDue } from './advance-line.ts';
import type { Purchase, PurchaseEffect } from './decide-purchase.ts';
import { after } from './lifecycle.ts';
import type { Line, LineEventRow, LineWithQueue, QueuedPlan } from './line.ts';
import { closePurchase } from './open-purchase.ts';
import { keyOf, writeAdvanced, writeQueuedPlan, writeRedated } from './write-line.ts';

export type PurchaseToApply = {
  readonly purchase: Purchase;
  readonly effect: PurchaseEffect;
  readonly orderId: bigint;
  readonly itemNo: number;
};

/** Far enough for what has no end: the zero-rated parts of pay as you go. */
const NO_END = new Date('2999-12-31T00:00:00Z');

/** The line and its queue after a purchase, before anything is written: what the next item of one order is decided on. */
export function afterPurchase(state: LineWithQueue, apply: Omit<PurchaseToApply, 'purchase'>, market: Market, at: Date): LineWithQueue {
  const { effect } = apply;
  const queue = queueAfter(state.queue, effect.redated, queuedBy(apply));
  const line = lineAfter(state.line, effect, eventOf(state.line, effect), at);
  return { line: { ...line, dueAt: nextDue({ line, queue }, market)?.at ?? null }, queue };
}

/**
 * Applies what `decidePurchase` decided, on a line that is up to date (`advanceLine`) and whose account is locked: period,
 * queue, allowances and state change in the caller's transaction (FX-1).
 */
export function applyPurchase(tools: Tools, tx: Transaction, state: LineWithQueue, apply: PurchaseToApply, market: Market, at: Date): void {
  const next = afterPurchase(state, apply, market, at);
  const event = eventOf(state.line, apply.effect);
  const queued = queuedBy(apply);
  const happenings: LineEventRow[] = event === undefined ? [] : [{ event, stateBefore: state.line.state, stateAfter: next.line.state, at }];
  writeAdvanced(tools, tx, { state: next, happenings, started: [], news: [] });
  if (queued !== undefined) writeQueuedPlan(tx, state.line, queued, 'waiting');
  writeRedated(tx, state.line, apply.effect.redated, at);
  grant(tools, tx, state.line, apply, at);
  closePurchase(tx, state.line, tools.clock.transport());
}

function queuedBy({ effect, orderId, itemNo }: Omit<PurchaseToApply, 'purchase'>): QueuedPlan | undefined {
  return effect.queued && { ...effect.queued, orderId, itemNo };
}

function eventOf(line: Line, effect: PurchaseEffect): 'renew' | 'replenish' | undefined {
  if (effect.period !== undefined) return 'renew';
  const dry = line.state === 'throttled' || line.state === 'stopped';
  return dry && effect.replenishes ? 'replenish' : undefined;
}

function lineAfter(line: Line, effect: PurchaseEffect, event: 'renew' | 'replenish' | undefined, at: Date): Line {
  const state = event === undefined ? line.state : (after(line.state, event) ?? line.state);
  const changed = { ...line, state, stateSince: state === line.state ? line.stateSince : at, remindedDataPercent: null };
  const { period } = effect;
  if (period === undefined) return event === undefined ? line : changed;
  return {
    ...changed,
    planCode: period.planCode,
    planVersion: period.planVersion,
    anchorDay: period.anchorDay,
    periodStartedAt: period.startedAt,
    paidUntil: period.paidUntil,
    remindedEndingDays: null,
    lastPaidAt: at,
  };
}

function queueAfter(queue: readonly QueuedPlan[], redated: readonly QueuedPlan[], queued: QueuedPlan | undefined): QueuedPlan[] {
  const kept = redated.length > 0 ? redated : queue;
  return queued === undefined ? [...kept] : [...kept, queued];
}

function grant(tools: Tools, tx: Transaction, line: Line, { purchase, effect, orderId, itemNo }: PurchaseToApply, at: Date): void {
  if (purchase.kind === 'top_up' || effect.usableFrom === null) return;
  const product = purchase.kind === 'pack' ? purchase.pack : purchase.plan;
  grantAllowances(tools, tx, {
    ...keyOf(line),
    orderId,
    itemNo,
    productCode: product.code,
    productVersion: product.version,
    market: product.market,
    parts: product.parts,
    validFrom: effect.usableFrom,
    validUntil: effect.usableUntil === null || isWithoutPeriod(product) ? NO_END : effect.usableUntil,
    starts: effect.queued?.startRule === 'on_exhaustion' ? 'on_exhaustion' : 'at_date',
    at,
  });
}

/** The own parts of pay as you go outlive its first end, which every top-up moves. */
function isWithoutPeriod(product: Plan | Pack): boolean {
  return product.kind === 'plan' && product.period === null;
}
