/** Watches that end: because their peer says so, forgot them, or wanted them to end by themselves. */
import type { Tools } from '#platform/tools';
import { deleteWatch, endedWatches, forgottenWatches, locateWatch, lockWatch, lookAgainAt } from './keep-watch.ts';
import type { Watch, WatchKey } from './watch.ts';

const BATCH_WATCHES = 200;

/** 'unknown_session' for one that was never begun, or has ended. */
export async function endWatch(tools: Tools, name: Pick<Watch, 'peer' | 'reference'>): Promise<'success' | 'unknown_session'> {
  const key = await locateWatch(tools.database, name);
  return key !== undefined && (await endOne(tools, { ...key, ...name })) ? 'success' : 'unknown_session';
}

/**
 * A peer has connected and said which life of its this is: what it began in an earlier one is over (RFC 6733 §8.16); of what
 * it goes on with, it may have missed a change. Gives how many are over.
 */
export async function notePolicyPeer(
  tools: Tools,
  { originHost, originStateId }: { readonly originHost: string; readonly originStateId: number },
): Promise<number> {
  const over = await endAll(tools, (limitRows) => forgottenWatches(tools.database, originHost, originStateId, limitRows));
  await lookAgainAt(tools.database, { peers: [originHost], spendingLimit: false, at: tools.clock.transport() });
  return over;
}

/** Those whose time is over, as their peers asked. Repeatable, on any number of nodes. Gives how many. */
export function endExpiredWatches(tools: Tools): Promise<number> {
  return endAll(tools, (limitRows) => endedWatches(tools.database, tools.clock.transport(), limitRows));
}

type Named = WatchKey & Pick<Watch, 'peer' | 'reference'>;

async function endAll(tools: Tools, read: (limitRows: number) => Promise<Named[]>): Promise<number> {
  let ended = 0;
  for (let more = true; more; ) {
    const found = await read(BATCH_WATCHES);
    for (const one of found) ended += (await endOne(tools, one)) ? 1 : 0;
    more = found.length === BATCH_WATCHES;
  }
  return ended;
}

/** False where somebody else has ended it. */
export function endOne(tools: Tools, watch: Named): Promise<boolean> {
  return tools.database.transaction(async (tx) => {
    if ((await lockWatch(tx, watch)) === undefined) return false;
    deleteWatch(tx, watch);
    return true;
  });
}
