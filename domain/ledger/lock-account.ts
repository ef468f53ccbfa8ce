import { type Queries, statement, type Transaction } from '#platform/database';
import type { Account, AccountKey } from './ledger.ts';

const openAccountRow = statement<AccountKey & { currency: string; at: Date }>(import.meta.dirname, 'open-account');
const lockAccountRow = statement<AccountKey, Account>(import.meta.dirname, 'lock-account');
const readAccountRow = statement<AccountKey, Account>(import.meta.dirname, 'read-account');

/** Opens an account with nothing in it. Opening one that is there does nothing. */
export async function openAccount(tx: Transaction, account: AccountKey & { currency: string; at: Date }): Promise<void> {
  await tx.query(openAccountRow, account);
}

/**
 * Locks the account until the transaction ends: first of all locks, always in a statement of its own. What it gives
 * is the row after the wait; read everything else after it.
 */
export function lockAccount(tx: Transaction, { slot, accountId }: AccountKey): Promise<Account> {
  return tx.one(lockAccountRow, { slot, accountId });
}

/** The account as last committed, for showing; never to decide about money. */
export function readAccount(queries: Queries, { slot, accountId }: AccountKey): Promise<Account> {
  return queries.one(readAccountRow, { slot, accountId });
}
