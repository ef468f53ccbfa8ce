/** How a line stands now, read for those who are told of it. */
import { readAllowances } from '#domain/allowances';
import type { Catalog } from '#domain/catalog';
import { advanceLine, findNumber, type LineKey, type LineWithQueue, presentPlan, readAdvanced } from '#domain/lines';
import { lineOfImsi } from '#domain/sims';
import { present } from '#platform/assert';
import type { Queries } from '#platform/database';
import { isRefusal } from '#platform/refusals';
import { type LineAt, nextChangeOf, statusesOf } from './status-of-line.ts';
import type { Statuses, Watched } from './watch.ts';

export type LineStanding = {
  /** Instants in business time. */
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
  const market = present(catalog.market(state.line.market, at), 'a line is of a market that is in the catalogue');
  const lineAt = (instant: Date) => lineFactsOf(catalog, advanceLine(state, market, instant).state);
  const facts = { lineId, allowances, now: at, ...lineFactsOf(catalog, state) };
  return { statuses: statusesOf(facts, lineAt), lookAt: nextChangeOf(facts) ?? null };
}

function lineFactsOf(catalog: Catalog, state: LineWithQueue): ReturnType<LineAt> {
  return { plan: presentPlan(catalog, state), state: state.line.state, dueAt: state.line.dueAt };
}

/** The line a peer means: that of the IMSI where it names one, else that of the number. Undefined: nobody's. */
export async function findWatched(queries: Queries, { imsi, number }: Watched): Promise<LineKey | undefined> {
  if (imsi !== null) return lineOfImsi(queries, imsi);
  if (number === null) return undefined;
  const found = await findNumber(queries, number);
  return isRefusal(found) ? undefined : { slot: found.slot, accountId: found.accountId, lineId: found.lineId };
}
