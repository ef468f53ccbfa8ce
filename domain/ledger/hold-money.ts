import type { Money } from '#domain/money';
import { assert } from '#platform/assert';
import { type Database, statement, type Transaction } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import { type Account, type AccountKey, available } from './ledger.ts';
import { lockAccount } from './lock-account.ts';
import { moveBalance } from './post-transaction.ts';
import { refuse } from './refusals.ts';

type HoldRow = { reference: string; amountMinor: bigint; expiresAt: Date };
const insertHold = statement<AccountKey & HoldRow & { at: Date }, { amountMinor: bigint }>(import.meta.dirname, 'insert-hold');
const readHoldRows = statement<AccountKey, HoldRow>(import.meta.dirname, 'read-holds');
const endHoldRow = statement<AccountKey & { reference: string; state: string; at: Date }, { amountMinor: bigint }>(
  import.meta.dirname,
  'end-hold',
);
const accountsWithExpiredHolds = statement<{ transportAt: Date; limitRows: number }, AccountKey>(
  import.meta.dirname,
  'accounts-with-expired-holds',
);

export type HoldRequest = {
  readonly reference: string;
  readonly amount: Money;
  readonly at: Date;
  /** Transport time: past it the hold counts for nothing to the next who looks (L7). */
  readonly expiresAt: Date;
};

/**
 * Sets money of the balance aside for a reference. The caller holds the account's lock and has dropped expired holds.
 * Refuses `ledger.balance_short` with `shortMinor`, the exact sum that is missing.
 */
export async function holdMoney(
  tx: Transaction,
  account: Account,
  request: HoldRequest,
): Promise<undefined | Refusal<'ledger.balance_short'>> {
  assert(request.amount.currency === account.currency, 'a hold is in the currency of its account');
  const shortMinor = request.amount.minor - available(account).minor;
  if (shortMinor > 0n) return refuse('ledger.balance_short', { shortMinor, currency: account.currency });
  const { slot, accountId } = account;
  const { reference, at, expiresAt } = request;
  const [held] = await Promise.all([
    tx.maybe(insertHold, { slot, accountId, reference, amountMinor: request.amount.minor, at, expiresAt }),
    tx.query(moveBalance, { slot, accountId, deltaMinor: 0n, heldDeltaMinor: request.amount.minor, at }),
  ]);
  assert(held !== undefined, 'a reference has one hold at a time, and none after it was settled (L6)');
  return undefined;
}

/**
 * Ends a hold: `settled` when the caller posts what it stood for in this transaction, `released` when it stands for
 * nothing any more. Gives the amount, or undefined when no such hold is open (it ended before: L6).
 */
export async function endHold(
  tx: Transaction,
  account: Account,
  end: { reference: string; as: 'settled' | 'released'; at: Date },
): Promise<Money | undefined> {
  const { slot, accountId, currency } = account;
  const ended = await tx.maybe(endHoldRow, { slot, accountId, reference: end.reference, state: end.as, at: end.at });
  if (ended === undefined) return undefined;
  await tx.query(moveBalance, { slot, accountId, deltaMinor: 0n, heldDeltaMinor: -ended.amountMinor, at: end.at });
  return { currency, minor: ended.amountMinor };
}

/** Releases what is past its deadline and gives the account as it is then (L7). */
export async function dropExpiredHolds(tx: Transaction, account: Account, transportNow: Date, at: Date): Promise<Account> {
  if (account.heldMinor === 0n) return account;
  const { slot, accountId } = account;
  const holds = await tx.query(readHoldRows, { slot, accountId });
  let heldMinor = account.heldMinor;
  for (const hold of holds.filter((one) => one.expiresAt <= transportNow)) {
    await endHold(tx, account, { reference: hold.reference, as: 'released', at });
    heldMinor -= hold.amountMinor;
  }
  return { ...account, heldMinor };
}

const SWEEP_ACCOUNTS_MAX = 200;

/** The net under L7: any worker running releases expired holds of accounts that nobody touches. Gives how many accounts. */
export async function sweepExpiredHolds(database: Database, transportNow: Date, businessNow: Date): Promise<number> {
  const keys = await database.query(accountsWithExpiredHolds, { transportAt: transportNow, limitRows: SWEEP_ACCOUNTS_MAX });
  for (const key of keys)
    await database.transaction(async (tx) => dropExpiredHolds(tx, await lockAccount(tx, key), transportNow, businessNow));
  return keys.length;
}
