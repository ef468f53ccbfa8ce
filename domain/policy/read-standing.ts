/** How a line stands now, read for those who are told of it. */
import { readAllowances } from '#domain/allowances';
import type { Catalog } from '#domain/catalog';
import { findNumber, type LineKey, presentPlan, readAdvanced } from '#domain/lines';
import { lineOfImsi } from '#domain/sims';
import type { Queries } from '#platform/database';
import { isRefusal } from '#platform/refusals';
import { nextChangeOf, statusesOf } from './status-of-line.ts';
import type { Statuses, Watched } from './watch.ts';

export type LineStanding = {
  readonly statuses: Statuses;
  /** When time alone may change it; null: never. */
  readonly lookAt: Date | null;
};

/** At the instant, as time has made it by then, whether or not somebody has written that. */
export async function readStanding(
  queries: Queries,
  catalog: Catalog,
  { slot, accountId, lineId }: LineKey,
  at: Date,
): Promise<LineStanding> {
  const key = { slot, accountId, lineId };
  const [{ state }, allowances] = await Promise.all([readAdvanced(queries, catalog, key, at), readAllowances(queries, { ...key, at })]);
  const facts = {
    ...{ lineId, allowances, now: at, plan: presentPlan(catalog, state) },
    ...{ state: state.line.state, dueAt: state.line.dueAt },
  };
  return { statuses: statusesOf(facts), lookAt: nextChangeOf(facts) ?? null };
}

/** The line a peer means: that of the IMSI where it names one, else that of the number. Undefined: nobody's. */
export async function findWatched(queries: Queries, { imsi, number }: Watched): Promise<LineKey | undefined> {
  if (imsi !== null) return lineOfImsi(queries, imsi);
  if (number === null) return undefined;
  const found = await findNumber(queries, number);
  return isRefusal(found) ? undefined : { slot: found.slot, accountId: found.accountId, lineId: found.lineId };
}
