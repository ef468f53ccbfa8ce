/**
 * The same key with another content (G1): the answer that was given stands, nothing is debited, and whoever runs the network's side is
 * told, because one of the two reports is lost. Once for each content.
 */
import { type Queries, statement, type Transaction } from '#platform/database';
import type { SessionKey } from './session.ts';

type Difference = SessionKey & { readonly key: string; readonly contentHash: Buffer; readonly recordedAt: Date };
const noteDifferenceRow = statement<Difference>(import.meta.dirname, 'note-difference');
const countDifferenceRows = statement<{ since: Date; until: Date }, { count: bigint }>(import.meta.dirname, 'count-differences');

/** In the transaction that found the earlier one. */
export function noteDifference(tx: Transaction, { slot, accountId, sessionId, key, contentHash, recordedAt }: Difference): void {
  tx.write(noteDifferenceRow, { slot, accountId, sessionId, key, contentHash, recordedAt });
}

/** After `since` and not after `until`, by transport time. */
export async function countDifferences(queries: Queries, between: { readonly since: Date; readonly until: Date }): Promise<bigint> {
  return (await queries.one(countDifferenceRows, between)).count;
}
