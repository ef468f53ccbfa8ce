/** How much of the data that all lines of an account share one of them may use, of each such allowance (SIM-4). */
import { type Queries, statement, type Transaction } from '#platform/database';
import type { AccountKey } from './allowance.ts';

type LineKey = AccountKey & { readonly lineId: bigint };
type CountedColumns = LineKey & { allowanceIds: bigint[]; useds: bigint[]; reserveds: bigint[] };
const readCap = statement<LineKey, { quantity: bigint }>(import.meta.dirname, 'read-line-cap');
const putCap = statement<LineKey & { quantity: bigint }>(import.meta.dirname, 'put-line-cap');
const putShares = statement<CountedColumns>(import.meta.dirname, 'put-line-shares');
const removeCap = statement<LineKey>(import.meta.dirname, 'remove-line-cap');
const removeShares = statement<LineKey>(import.meta.dirname, 'remove-line-shares');

/** What a line has had so far of an allowance that is shared. */
export type CountedShare = { readonly allowanceId: bigint; readonly used: bigint; readonly reserved: bigint };

/** Octets; null: the line is not capped. */
export async function readLineCap(queries: Queries, { slot, accountId, lineId }: LineKey): Promise<bigint | null> {
  return (await queries.maybe(readCap, { slot, accountId, lineId }))?.quantity ?? null;
}

/**
 * Under the account's lock. `counted`: what the line has had of what is shared and valid, where it was not capped before; from then on
 * each use counts itself. Without a cap (null) nothing is counted.
 */
export function setLineCap(
  tx: Transaction,
  { slot, accountId, lineId }: LineKey,
  octets: bigint | null,
  counted: readonly CountedShare[] = [],
): void {
  const key = { slot, accountId, lineId };
  if (octets === null) {
    tx.write(removeCap, key);
    tx.write(removeShares, key);
    return;
  }
  tx.write(putCap, { ...key, quantity: octets });
  if (counted.length === 0) return;
  tx.write(putShares, {
    ...key,
    allowanceIds: counted.map(({ allowanceId }) => allowanceId),
    useds: counted.map(({ used }) => used),
    reserveds: counted.map(({ reserved }) => reserved),
  });
}
