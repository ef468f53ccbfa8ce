import { type Queries, statement } from '#platform/database';
import type { AccountKey } from './allowance.ts';

export type UnreconciledAllowance = AccountKey & {
  readonly allowanceId: bigint;
  readonly used: bigint;
  readonly postedUse: bigint;
  readonly forfeited: bigint;
  readonly postedForfeits: bigint;
};

const unreconciledOfSlot = statement<{ slot: number; accountId: bigint | null }, UnreconciledAllowance>(
  import.meta.dirname,
  'unreconciled-allowances',
);

/**
 * Allowances of a slot (or of one account in it) whose running columns differ from their postings, and postings that name
 * an allowance that is not there (then used and forfeited are 0). None, unless something is very wrong:
 * remaining = granted − Σ pairs − forfeited.
 */
export function reconcileAllowances(
  queries: Queries,
  { slot, accountId }: { slot: number; accountId?: bigint },
): Promise<UnreconciledAllowance[]> {
  return queries.query(unreconciledOfSlot, { slot, accountId: accountId ?? null });
}
