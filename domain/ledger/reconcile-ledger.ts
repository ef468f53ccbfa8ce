import { type Database, type Queries, statement } from '#platform/database';
import type { AccountKey } from './ledger.ts';

export type Unreconciled = AccountKey & { balanceMinor: bigint; heldMinor: bigint; postedMinor: bigint; holdsMinor: bigint };
export type HouseTotal = { readonly name: string; readonly unit: string; readonly amount: bigint };

const unreconciledAccounts = statement<object, Unreconciled>(import.meta.dirname, 'unreconciled-accounts');
const lockRollUp = statement<{ slot: number }>(import.meta.dirname, 'lock-roll-up');
const rollUpSlot = statement<{ slot: number }>(import.meta.dirname, 'roll-up-house');
const readTotals = statement<object, HouseTotal>(import.meta.dirname, 'read-house-totals');
const slotsInUse = statement<object, { slot: number }>(import.meta.dirname, 'slots-in-use');

/** Accounts whose running row differs from their postings or open holds (L4, L6). None, unless something is very wrong. */
export function findUnreconciled(queries: Queries): Promise<Unreconciled[]> {
  return queries.query(unreconciledAccounts, {});
}

/** Brings the sums of the house and boundary accounts up to the last transaction that can no longer change. */
export async function rollUpHouse(database: Database): Promise<void> {
  for (const { slot } of await database.query(slotsInUse, {}))
    await database.transaction(async (tx) => {
      await tx.query(lockRollUp, { slot });
      await tx.query(rollUpSlot, { slot });
    });
}

/** What house and boundary accounts hold, as of the last roll-up. With all balances they sum to zero (L8). */
export function readHouseTotals(queries: Queries): Promise<HouseTotal[]> {
  return queries.query(readTotals, {});
}
