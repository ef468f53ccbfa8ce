/** The rows of watches and of their names. */
import { type Queries, statement, type Transaction } from '#platform/database';
import { decodeJson, encodeJson } from '#platform/json';
import type { Door, Statuses, Watch, WatchKey } from './watch.ts';

type Named = { readonly peer: string; readonly reference: string };
type WatchRow = Omit<Watch, 'told'> & { readonly told: unknown };
type WatchColumns = Omit<Watch, 'told'> & { readonly told: string; readonly lookAt: Date | null };
type Told = WatchKey & { told: string; lookAt: Date | null; againAt: Date | null };
type Due = { at: Date; transportAt: Date; doors: Door[]; peers: string[]; limitRows: number };

const locateWatchRow = statement<Named, WatchKey>(import.meta.dirname, 'locate-watch');
const claimWatchRow = statement<Named & WatchKey, { watchId: bigint }>(import.meta.dirname, 'claim-watch');
const unclaimWatchRow = statement<Named>(import.meta.dirname, 'unclaim-watch');
const insertWatchRow = statement<WatchColumns>(import.meta.dirname, 'insert-watch');
const lockWatchRow = statement<WatchKey, { watchId: bigint }>(import.meta.dirname, 'lock-watch');
const readWatchRow = statement<WatchKey, WatchRow>(import.meta.dirname, 'read-watch');
const deleteWatchRow = statement<WatchKey>(import.meta.dirname, 'delete-watch');
const noteToldRow = statement<Told>(import.meta.dirname, 'note-told');
const watchesOfAccountRows = statement<{ slot: number; accountId: bigint }, WatchRow>(import.meta.dirname, 'watches-of-account');
const watchesToLookAtRows = statement<Due, WatchRow>(import.meta.dirname, 'watches-to-look-at');
const endedWatchRows = statement<{ at: Date; limitRows: number }, WatchKey & Named>(import.meta.dirname, 'ended-watches');
const forgottenWatchRows = statement<{ peer: string; originStateId: bigint; limitRows: number }, WatchKey & Named>(
  import.meta.dirname,
  'forgotten-watches',
);
type Missed = { peers: string[]; spendingLimit: boolean; at: Date };
const lookAgainRow = statement<Missed>(import.meta.dirname, 'look-again');

export function locateWatch(queries: Queries, { peer, reference }: Named): Promise<WatchKey | undefined> {
  return queries.maybe(locateWatchRow, { peer, reference });
}

/** False where the name is taken. */
export async function claimWatch(tx: Transaction, { peer, reference, slot, accountId, watchId }: Named & WatchKey): Promise<boolean> {
  return (await tx.maybe(claimWatchRow, { peer, reference, slot, accountId, watchId })) !== undefined;
}

export function insertWatch(tx: Transaction, watch: Watch, lookAt: Date | null): void {
  tx.write(insertWatchRow, { ...watch, told: encodeJson(watch.told), lookAt });
}

/** Locked in a statement of its own, then read; undefined when it has ended. */
export async function lockWatch(tx: Transaction, { slot, accountId, watchId }: WatchKey): Promise<Watch | undefined> {
  const key = { slot, accountId, watchId };
  const locked = await tx.maybe(lockWatchRow, key);
  const row = locked && (await tx.maybe(readWatchRow, key));
  return row && watchOf(row);
}

export function deleteWatch(tx: Transaction, { slot, accountId, watchId, peer, reference }: WatchKey & Named): void {
  tx.write(deleteWatchRow, { slot, accountId, watchId });
  tx.write(unclaimWatchRow, { peer, reference });
}

export type ToldNow = { readonly told: Statuses; readonly lookAt: Date | null; readonly againAt: Date | null };

export function noteTold(tx: Transaction, { slot, accountId, watchId }: WatchKey, { told, lookAt, againAt }: ToldNow): void {
  tx.write(noteToldRow, { slot, accountId, watchId, told: encodeJson(told), lookAt, againAt });
}

export async function watchesOfAccount(queries: Queries, { slot, accountId }: Omit<WatchKey, 'watchId'>): Promise<Watch[]> {
  return (await queries.query(watchesOfAccountRows, { slot, accountId })).map(watchOf);
}

/** Those that somebody should look at now, of these doors; of Sy those of these peers alone. */
export async function watchesToLookAt(queries: Queries, due: Due): Promise<Watch[]> {
  return (await queries.query(watchesToLookAtRows, due)).map(watchOf);
}

export function endedWatches(queries: Queries, at: Date, limitRows: number): Promise<(WatchKey & Named)[]> {
  return queries.query(endedWatchRows, { at, limitRows });
}

/** Those that a peer began in an earlier life of its. */
export function forgottenWatches(queries: Queries, peer: string, originStateId: number, limitRows: number): Promise<(WatchKey & Named)[]> {
  return queries.query(forgottenWatchRows, { peer, originStateId: BigInt(originStateId), limitRows });
}

/** At those of these peers of Sy, and at those of the spending limit. */
export async function lookAgainAt(queries: Queries, missed: Missed): Promise<void> {
  await queries.query(lookAgainRow, missed);
}

function watchOf(row: WatchRow): Watch {
  return { ...row, told: decodeJson<Statuses>(row.told) };
}
