/**
 * Something changed for a line: who watches it is told what is different now, once. A watch is told by one node at a time
 * (`again_at` says until when); what changes meanwhile is seen when that is done. A telling that fails is tried again.
 */
import type { Catalog } from '#domain/catalog';
import type { LineKey } from '#domain/lines';
import { type Queries, statement, type Transaction } from '#platform/database';
import { slotOf } from '#platform/ids';
import type { Tools } from '#platform/tools';
import { endOne } from './end-watch.ts';
import { claimWatch, deleteWatch, insertWatch, lockWatch, lookAgainAt, noteTold, watchesOfAccount, watchesToLookAt } from './keep-watch.ts';
import { findWatched, readStanding } from './read-standing.ts';
import { changedStatuses, inNetworkTime, pickStatuses } from './status-of-line.ts';
import type { Statuses, Watch, WatchKey } from './watch.ts';

/** What nodes listen to (LISTEN); the payload is the account's id. */
export const POLICY_CHANNEL = 'everline_policy';

/** `unknown`: the peer knows nothing of the watch (any more). */
export type TellOutcome = 'told' | 'failed' | 'unknown';

/** The doors of this node, as they reach peers. */
export type PolicyDoors = {
  /** Peers of Sy that can be told from here. */
  readonly peers: () => readonly string[];
  /** Whether this node tells those who watch by spending limit. */
  readonly spendingLimit: boolean;
  readonly tell: (watch: Watch, changed: Statuses) => Promise<TellOutcome>;
  /** Nobody has the watched IMSI or number any more. */
  readonly terminate: (watch: Watch) => Promise<TellOutcome>;
};

export type Teller = { readonly tools: Tools; readonly catalog: () => Promise<Catalog>; readonly doors: PolicyDoors };

const tellPolicyRows = statement<{ accountIds: bigint[] }>(import.meta.dirname, 'tell-policy');

const TELLING_MS = 15_000;
const AGAIN_MS = 5_000;
/** A peer may be told before it has read the answer that began its watch. */
const YOUNG_MS = 5_000;
const ROUNDS_MAX = 10;
const BATCH_WATCHES = 200;

/** How accounts stand may have changed: inside the transaction that changed it, heard with its commit; or after it. */
export async function tellPolicy(queries: Queries, accounts: readonly { readonly accountId: bigint }[]): Promise<void> {
  await queries.query(tellPolicyRows, { accountIds: accounts.map(({ accountId }) => accountId) });
}

/** Tells those who watch a line of the account and can be reached from here. `payload` is what was heard. */
export async function tellWatchersOf(teller: Teller, payload: string | undefined): Promise<void> {
  if (payload === undefined || !/^\d{1,19}$/.test(payload)) return;
  const accountId = BigInt(payload);
  const watches = await watchesOfAccount(teller.tools.database, { slot: slotOf(accountId), accountId });
  if (watches.length === 0) return;
  const peers = new Set(teller.doors.peers());
  const reached = watches.filter(({ door, peer }) => (door === 'sy' ? peers.has(peer) : teller.doors.spendingLimit));
  await Promise.all(reached.map((watch) => tellWatch(teller, watch)));
}

/**
 * Looks at the watches whose time has come: time alone may have changed how a line stands, or a telling failed, or died with
 * its node. Repeatable, on any number of nodes. Gives how many it looked at.
 */
export async function tellDueWatchers(teller: Teller): Promise<number> {
  const { clock, database } = teller.tools;
  const doors = [...(['sy'] as const), ...(teller.doors.spendingLimit ? (['spending_limit'] as const) : [])];
  const due = { at: clock.business(), transportAt: clock.transport(), doors, peers: [...teller.doors.peers()], limitRows: BATCH_WATCHES };
  const watches = await watchesToLookAt(database, due);
  for (const watch of watches) await tellWatch(teller, watch);
  return watches.length;
}

/** Something may have been missed: all that can be told from here is looked at, with what is due. */
export async function lookAgain({ tools, doors }: Teller): Promise<void> {
  const at = tools.clock.transport();
  await lookAgainAt(tools.database, { peers: [...doors.peers()], spendingLimit: doors.spendingLimit, at });
}

async function tellWatch(teller: Teller, key: Watch): Promise<void> {
  const { tools, doors } = teller;
  let at: WatchKey & Pick<Watch, 'peer' | 'reference'> = key;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const line = await findWatched(tools.database, key);
    if (line === undefined) {
      await doors.terminate(key);
      await endOne(tools, at);
      return;
    }
    const catalog = await teller.catalog();
    const taken = await tools.database.transaction((tx) => take(tools, tx, catalog, at, line));
    if (taken === undefined) return;
    at = taken.watch;
    const outcome = await doors.tell(taken.watch, taken.changed).catch((): TellOutcome => 'failed');
    if (!(await tools.database.transaction((tx) => noteOutcome(tools, tx, taken, outcome)))) return;
  }
}

type Taken = { readonly watch: Watch; readonly changed: Statuses; readonly told: Statuses; readonly lookAt: Date | null };

/** What there is to tell, and from now on ours to tell; undefined when there is nothing, or somebody else tells it. */
async function take(tools: Tools, tx: Transaction, catalog: Catalog, key: WatchKey, line: LineKey): Promise<Taken | undefined> {
  const kept = await lockWatch(tx, key);
  const transportNow = tools.clock.transport();
  if (kept === undefined || (kept.againAt !== null && kept.againAt > transportNow)) return undefined;
  const { statuses, lookAt } = await readStanding(tx, catalog, line, tools.clock.business());
  const watch = await moveTo(tools, tx, kept, line, lookAt);
  const told = pickStatuses(inNetworkTime(statuses, tools.clock), watch.counters);
  const changed = changedStatuses(watch.told, told);
  if (changed === undefined) {
    noteTold(tx, watch, { told, lookAt, againAt: null });
    return undefined;
  }
  noteTold(tx, watch, { told: watch.told, lookAt, againAt: new Date(transportNow.getTime() + TELLING_MS) });
  return { watch, changed, told, lookAt };
}

/** A SIM that serves another line is watched there. */
async function moveTo(tools: Tools, tx: Transaction, watch: Watch, line: LineKey, lookAt: Date | null): Promise<Watch> {
  const { slot, accountId, lineId } = line;
  if (watch.accountId === accountId && watch.lineId === lineId) return watch;
  const moved = { ...watch, slot, accountId, lineId, watchId: tools.mintId(slot) };
  deleteWatch(tx, watch);
  await claimWatch(tx, moved);
  insertWatch(tx, moved, lookAt);
  return moved;
}

/** Whether to look again: what changed while it was told. */
async function noteOutcome(tools: Tools, tx: Transaction, { watch, told, lookAt }: Taken, outcome: TellOutcome): Promise<boolean> {
  const kept = await lockWatch(tx, watch);
  if (kept === undefined) return false;
  const transportNow = tools.clock.transport().getTime();
  if (outcome === 'unknown' && kept.beganAt.getTime() + YOUNG_MS <= transportNow) {
    deleteWatch(tx, kept);
    return false;
  }
  if (outcome !== 'told') {
    noteTold(tx, kept, { told: kept.told, lookAt, againAt: new Date(transportNow + AGAIN_MS) });
    return false;
  }
  noteTold(tx, kept, { told, lookAt, againAt: null });
  return true;
}
