/** What this folder's tests are told about: an account with money, opened, filled and spent with few words. */
import { type Money, money, negate } from '#domain/money';
import type { Database, Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { Account, AccountKey } from './ledger.ts';
import { lockAccount, openAccount } from './lock-account.ts';
import { postTransaction } from './post-transaction.ts';

export const usd = (minor: bigint): Money => money('USD', minor);

/** An account in `slot` with a balance that came in from outside. */
export async function accountWith(tools: Tools, minor: bigint, slot = 5): Promise<AccountKey> {
  const key = { slot, accountId: tools.mintId(slot) };
  await tools.database.transaction(async (tx) => {
    await openAccount(tx, { ...key, currency: 'USD', at: tools.clock.business() });
    if (minor > 0n) await move(tools, tx, await lockAccount(tx, key), minor, 'opening');
  });
  return key;
}

/** Posts `minor` onto the balance, or off it, against the boundary. */
export async function move(
  tools: Tools,
  tx: Transaction,
  account: Account,
  minor: bigint,
  reference: string,
  kind = 'test',
): Promise<void> {
  const at = tools.clock.business();
  const legs = [
    { name: 'balance', amount: usd(minor) },
    { name: 'boundary.test', amount: negate(usd(minor)) },
  ];
  await postTransaction(tx, account, { transactionId: tools.mintId(account.slot), kind, reference, legs, effectiveAt: at, recordedAt: at });
}

/** Under the account's lock, in a transaction of its own. */
export function underLock<Result>(
  database: Database,
  key: AccountKey,
  work: (tx: Transaction, account: Account) => Promise<Result>,
): Promise<Result> {
  return database.transaction(async (tx) => work(tx, await lockAccount(tx, key)));
}
