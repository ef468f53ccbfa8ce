import { assert } from '#platform/assert';
import { type Queries, statement, type Transaction } from '#platform/database';
import { type Account, type AccountKey, BALANCE, type Posting } from './ledger.ts';

type TransactionRow = AccountKey & {
  transactionId: bigint;
  kind: string;
  reference: string;
  legAccounts: string[];
  legUnits: string[];
  legAmounts: bigint[];
  effectiveAt: Date;
  recordedAt: Date;
};
const insertTransaction = statement<TransactionRow>(import.meta.dirname, 'insert-transaction');
export const moveBalance = statement<AccountKey & { deltaMinor: bigint; heldDeltaMinor: bigint; at: Date }>(
  import.meta.dirname,
  'move-balance',
);
const readTransactionRows = statement<AccountKey, Omit<TransactionRow, 'slot' | 'accountId' | 'recordedAt'>>(
  import.meta.dirname,
  'read-transactions',
);

/**
 * Writes one transaction and moves the account's running balance with it. The caller holds the account's lock.
 * The legs sum to zero per unit (L1: asserted here, and a CHECK). A kind and reference that were posted before are a
 * fault here (a unique key): callers decide about repeats before they post.
 */
export function postTransaction(tx: Transaction, account: Account, posting: Posting): void {
  const sums = new Map<string, bigint>();
  for (const { amount } of posting.legs) sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.minor);
  assert(
    [...sums.values()].every((sum) => sum === 0n),
    'the legs of a transaction sum to zero in every unit (L1)',
  );
  const ofBalance = posting.legs.filter((leg) => leg.name === BALANCE);
  assert(
    ofBalance.every((leg) => leg.amount.currency === account.currency),
    'an account has one currency for ever',
  );
  const deltaMinor = ofBalance.reduce((sum, leg) => sum + leg.amount.minor, 0n);
  const { slot, accountId } = account;
  tx.write(insertTransaction, {
    ...{ slot, accountId },
    transactionId: posting.transactionId,
    kind: posting.kind,
    reference: posting.reference,
    legAccounts: posting.legs.map((leg) => leg.name),
    legUnits: posting.legs.map((leg) => leg.amount.currency),
    legAmounts: posting.legs.map((leg) => leg.amount.minor),
    effectiveAt: posting.effectiveAt,
    recordedAt: posting.recordedAt,
  });
  tx.write(moveBalance, { slot, accountId, deltaMinor, heldDeltaMinor: 0n, at: posting.effectiveAt });
}

/** All postings of an account, oldest first: statements and tests. */
export async function readPostings(queries: Queries, { slot, accountId }: AccountKey): Promise<Omit<Posting, 'recordedAt'>[]> {
  const rows = await queries.query(readTransactionRows, { slot, accountId });
  return rows.map(({ transactionId, kind, reference, legAccounts, legUnits, legAmounts, effectiveAt }) => ({
    transactionId,
    kind,
    reference,
    effectiveAt,
    legs: legAccounts.map((name, index) => ({
      name,
      amount: { currency: legUnits[index] as string, minor: legAmounts[index] as bigint },
    })),
  }));
}
