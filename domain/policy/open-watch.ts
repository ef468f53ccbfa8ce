/** A peer begins to watch a line, or asks for something else about one it watches: it is told how the line stands. */
import type { Catalog } from '#domain/catalog';
import { instantUnder, lockAccount } from '#domain/ledger';
import type { LineKey } from '#domain/lines';
import { statement, type Transaction } from '#platform/database';
import { encodeJson } from '#platform/json';
import type { Tools } from '#platform/tools';
import { claimWatch, insertWatch, locateWatch, lockWatch } from './keep-watch.ts';
import { findWatched, readStanding } from './read-standing.ts';
import { inNetworkTime, pickStatuses, unknownCounters } from './status-of-line.ts';
import type { WatchAnswer, WatchKey, WatchRequest } from './watch.ts';

type Terms = Pick<WatchRequest, 'realm' | 'notify' | 'notifyId' | 'counters' | 'endsAt'>;
const changeWatchRow = statement<WatchKey & Terms & { told: string; lookAt: Date | null; at: Date }>(import.meta.dirname, 'change-watch');

/** Two that begin one watch at once: the second finds the first. */
const MEETINGS_MAX = 3;

/**
 * Begins a watch; one that is begun already is changed, so that a repeated request is answered as the first. Answers
 * `unknown_counters` for counters that nobody keeps, and `user_unknown` where no line has the IMSI or number.
 */
export async function openWatch(tools: Tools, catalog: Catalog, request: WatchRequest): Promise<WatchAnswer> {
  const unknown = unknownCounters(request.counters);
  if (unknown.length > 0) return { result: 'unknown_counters', counters: unknown };
  for (let meeting = 1; meeting <= MEETINGS_MAX; meeting += 1) {
    const changed = await changeWatch(tools, catalog, request);
    if (changed.result !== 'unknown_session') return changed;
    const line = await findWatched(tools.database, request);
    if (line === undefined) return { result: 'user_unknown' };
    const opened = await tools.database.transaction((tx) => openIn(tools, tx, catalog, request, line));
    if (opened !== undefined) return opened;
  }
  throw new Error(`the watch ${request.reference} is begun and ended again and again`);
}

/**
 * What is watched and where it is told, from now on. Answers `unknown_session` for a watch that was never begun or has
 * ended, and `unknown_counters`.
 */
export async function changeWatch(
  tools: Tools,
  catalog: Catalog,
  request: Terms & Pick<WatchRequest, 'peer' | 'reference'>,
): Promise<WatchAnswer> {
  const unknown = unknownCounters(request.counters);
  if (unknown.length > 0) return { result: 'unknown_counters', counters: unknown };
  const key = await locateWatch(tools.database, request);
  if (key === undefined) return { result: 'unknown_session' };
  return tools.database.transaction(async (tx): Promise<WatchAnswer> => {
    const account = await lockAccount(tx, key);
    const watch = await lockWatch(tx, key);
    if (watch === undefined) return { result: 'unknown_session' };
    const { statuses, lookAt } = await readStanding(tx, catalog, watch, instantUnder(account, tools.clock.business()));
    const { realm, notify, notifyId, counters, endsAt } = request;
    const told = pickStatuses(inNetworkTime(statuses, tools.clock), counters);
    const terms = { ...key, realm, notify, notifyId, counters, endsAt };
    tx.write(changeWatchRow, { ...terms, told: encodeJson(told), lookAt, at: tools.clock.transport() });
    return { result: 'success', statuses: told, endsAt };
  });
}

/** Under the account's lock, so that what changes meanwhile is told to a watch that is there. Undefined: its name is taken. */
async function openIn(
  tools: Tools,
  tx: Transaction,
  catalog: Catalog,
  { originStateId, ...request }: WatchRequest,
  { slot, accountId, lineId }: LineKey,
): Promise<WatchAnswer | undefined> {
  const account = await lockAccount(tx, { slot, accountId });
  const key = { slot, accountId, watchId: tools.mintId(slot) };
  if (!(await claimWatch(tx, { ...request, ...key }))) return undefined;
  const standing = await readStanding(tx, catalog, { slot, accountId, lineId }, instantUnder(account, tools.clock.business()));
  const told = pickStatuses(inNetworkTime(standing.statuses, tools.clock), request.counters);
  const at = tools.clock.transport();
  const kept = { ...request, ...key, lineId, told, originStateId: BigInt(originStateId), againAt: null, beganAt: at, changedAt: at };
  insertWatch(tx, kept, standing.lookAt);
  return { result: 'success', statuses: told, endsAt: request.endsAt };
}
