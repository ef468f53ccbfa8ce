/** What a line has had of the allowances that its account shares, when somebody begins to cap it: each request counts itself from then on. */
import { type CountedShare, readAllowances } from '#domain/allowances';
import { type Queries, statement } from '#platform/database';

type LineKey = { readonly slot: number; readonly accountId: bigint; readonly lineId: bigint };
const countShareRows = statement<LineKey & { allowanceIds: bigint[]; since: Date }, CountedShare>(import.meta.dirname, 'count-shares');

/** Under the account's lock; of what is shared and has not ended by then. */
export async function countShares(queries: Queries, { slot, accountId, lineId }: LineKey, at: Date): Promise<CountedShare[]> {
  const all = await readAllowances(queries, { slot, accountId, lineId, at });
  const shared = all.filter((one) => one.lineId === null && !one.zeroRated && one.service.startsWith('data'));
  if (shared.length === 0) return [];
  const since = new Date(Math.min(...shared.map(({ validFrom }) => validFrom.getTime())));
  return queries.query(countShareRows, { slot, accountId, lineId, allowanceIds: shared.map(({ allowanceId }) => allowanceId), since });
}
