import { type Queries, statement, type Transaction } from '#platform/database';
import { decodeJson, encodeJson } from '#platform/json';
import type { Entry } from './records.ts';

type EntryRow = Omit<Entry, 'before' | 'after' | 'reason'> & { reason: string | null; before: string | null; after: string | null };
const insertEntry = statement<EntryRow>(import.meta.dirname, 'insert-entry');
const readEntryRows = statement<{ slot: number; accountId: bigint }, EntryRow>(import.meta.dirname, 'read-entries');

/** Writes one entry in the transaction of the change it records: both stand or neither does. */
export function writeEntry(tx: Transaction, entry: Entry): void {
  tx.write(insertEntry, {
    ...entry,
    reason: entry.reason ?? null,
    before: entry.before === undefined ? null : encodeJson(entry.before),
    after: entry.after === undefined ? null : encodeJson(entry.after),
  });
}

/** The trail of one account, oldest first. */
export async function readEntries(queries: Queries, { slot, accountId }: { slot: number; accountId: bigint }): Promise<Entry[]> {
  const rows = await queries.query(readEntryRows, { slot, accountId });
  return rows.map((row) => ({
    ...row,
    slot,
    accountId,
    reason: row.reason ?? undefined,
    before: row.before === null ? undefined : decodeJson<object>(row.before),
    after: row.after === null ? undefined : decodeJson<object>(row.after),
  }));
}
