/**
 * What time does to lines, in the order in which it falls due. A minute cron and every move of the clock run it; a line
 * that somebody touches first is brought up to date there, with the same result.
 */
import { forfeitEnded } from '#domain/allowances';
import type { Catalog } from '#domain/catalog';
import { instantUnder, lockAccount } from '#domain/ledger';
import { present } from '#platform/assert';
import { type Queries, statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { type Advanced, advanceLine } from './advance-line.ts';
import type { LineKey } from './line.ts';
import { readLine } from './read-line.ts';
import { writeAdvanced } from './write-line.ts';

const linesDue = statement<{ at: Date; limitRows: number }, LineKey & { dueAt: Date }>(import.meta.dirname, 'lines-due');
const nextDueRow = statement<{ until: Date }, { dueAt: Date | null }>(import.meta.dirname, 'next-due');

const BATCH_LINES = 200;

/**
 * Brings every line that is due by now up to date; gives how many. Repeatable, and safe on any number of nodes. A line that
 * fails does not keep the others waiting: it stays due, and is thrown at the end.
 */
export async function runDueLines(tools: Tools, catalog: Catalog): Promise<number> {
  const failures = new Map<bigint, unknown>();
  let done = 0;
  for (let more = true; more; ) {
    const limitRows = BATCH_LINES + failures.size;
    const due = await tools.database.query(linesDue, { at: tools.clock.business(), limitRows });
    more = due.length === limitRows;
    for (const key of due.filter(({ lineId }) => !failures.has(lineId))) {
      await bringUpToDate(tools, catalog, key).catch((error: unknown) => failures.set(key.lineId, error));
      done += 1;
    }
  }
  if (failures.size > 0)
    throw new AggregateError(failures.values(), `${failures.size} of the lines that are due cannot be brought up to date`);
  return done;
}

/** The next instant, no later than `until`, at which some line is due: where a moving clock stops. */
export async function nextLineDue(queries: Queries, until: Date): Promise<Date | undefined> {
  return (await queries.one(nextDueRow, { until })).dueAt ?? undefined;
}

/** Lines that something happens to by itself until then, the soonest first: what a clock that is moved will pass. */
export function listLinesDue(queries: Queries, until: Date, limitRows: number): Promise<(LineKey & { dueAt: Date })[]> {
  return queries.query(linesDue, { at: until, limitRows });
}

function bringUpToDate(tools: Tools, catalog: Catalog, key: LineKey): Promise<Advanced> {
  return tools.database.transaction(async (tx) => {
    const account = await lockAccount(tx, key);
    const now = instantUnder(account, tools.clock.business());
    const advanced = await readAdvanced(tx, catalog, key, now);
    await saveAdvanced(tools, tx, advanced, now);
    return advanced;
  });
}

/** The line as time has made it by `now`, not yet written. Under the account's lock, or for showing. */
export async function readAdvanced(queries: Queries, catalog: Catalog, key: LineKey, now: Date): Promise<Advanced> {
  const state = await readLine(queries, key);
  const market = present(catalog.market(state.line.market, now), 'a line is of a market that is in the catalogue');
  return advanceLine(state, market, now);
}

/** Writes what time did, forfeiting what has ended. Nothing is written when nothing happened. */
export async function saveAdvanced(tools: Tools, tx: Transaction, advanced: Advanced, now: Date): Promise<void> {
  const { line } = advanced.state;
  writeAdvanced(tools, tx, advanced);
  if (advanced.happenings.length > 0)
    await forfeitEnded(tools, tx, { slot: line.slot, accountId: line.accountId, lineId: line.lineId, at: now });
}
