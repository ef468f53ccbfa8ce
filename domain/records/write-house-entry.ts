import { type Queries, statement, type Transaction } from '#platform/database';
import { decodeJson, encodeJson } from '#platform/json';
import type { HouseEntry } from './records.ts';

type Row = Omit<HouseEntry, 'before' | 'after'> & { before: string | null; after: string | null };
const insertEntry = statement<Row>(import.meta.dirname, 'insert-house-entry');
const readRows = statement<{ beforeEntryId: bigint | null; limitRows: number }, Row>(import.meta.dirname, 'read-house-entries');

/** Writes one entry about the house itself, in the transaction of the change it records: both stand or neither does. */
export function writeHouseEntry(tx: Transaction, entry: HouseEntry): void {
  tx.write(insertEntry, {
    ...entry,
    before: entry.before === undefined ? null : encodeJson(entry.before),
    after: entry.after === undefined ? null : encodeJson(entry.after),
  });
}

/** The house's trail, newest first; `beforeEntryId` goes on where a page ended. */
export async function readHouseEntries(
  queries: Queries,
  { limitRows, beforeEntryId = null }: { readonly limitRows: number; readonly beforeEntryId?: bigint | null },
): Promise<HouseEntry[]> {
  const rows = await queries.query(readRows, { limitRows, beforeEntryId });
  return rows.map((row) => ({
    ...row,
    before: row.before === null ? undefined : decodeJson<object>(row.before),
    after: row.after === null ? undefined : decodeJson<object>(row.after),
  }));
}
