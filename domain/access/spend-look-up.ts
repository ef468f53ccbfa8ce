/**
 * Looking numbers up shares a budget per source and in total, so that nobody can walk through the number range (ID-6).
 * Windows are of transport time and shared by all nodes.
 */
import { MINUTE_MS } from '#platform/clock';
import { statement } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { Asker } from './access.ts';
import { refuse } from './refusals.ts';

const spend = statement<{ budget: string; windowStartedAt: Date }, { spent: number }>(import.meta.dirname, 'spend-look-up');
const forget = statement<{ before: Date }>(import.meta.dirname, 'forget-look-ups');

export type LookUpLimits = { readonly windowMs: number; readonly perSource: number; readonly inTotal: number };
export const LOOK_UP_LIMITS: LookUpLimits = { windowMs: 10 * MINUTE_MS, perSource: 60, inTotal: 6000 };

/** Spends one look-up. Refuses `access.too_many_look_ups` with the minutes until the next window. Operators are not counted. */
export async function spendLookUp(
  tools: Tools,
  asker: Asker,
  limits: LookUpLimits = LOOK_UP_LIMITS,
): Promise<undefined | Refusal<'access.too_many_look_ups'>> {
  if (asker.kind === 'operator') return undefined;
  const nowMs = tools.clock.transport().getTime();
  const windowStartedAt = new Date(nowMs - (nowMs % limits.windowMs));
  const ofSource = await tools.database.one(spend, { budget: `source:${asker.source}`, windowStartedAt });
  // What a spent source asks is not counted in the total: one noisy source must not shut the door for all.
  const inTotal = ofSource.spent > limits.perSource ? undefined : await tools.database.one(spend, { budget: 'total', windowStartedAt });
  if (inTotal !== undefined && inTotal.spent <= limits.inTotal) return undefined;
  const minutes = Math.ceil((windowStartedAt.getTime() + limits.windowMs - nowMs) / MINUTE_MS);
  return refuse('access.too_many_look_ups', { minutes });
}

/** Drops windows that ended: a job's work. */
export async function forgetLookUps(tools: Tools, limits: LookUpLimits = LOOK_UP_LIMITS): Promise<void> {
  await tools.database.query(forget, { before: new Date(tools.clock.transport().getTime() - limits.windowMs) });
}
