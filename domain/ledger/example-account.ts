/** What this folder's tests are told about: an account with money, opened, filled and spent with few words. */
import { type Money, money, negate } from '#domain/money';
import type { Database, Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { Account, AccountKey } from './ledger.ts';
import { lockAccount, openAccount } from './lock-account.ts';
import { postTransaction } from './post-transaction.ts';
import { rollUpHouse } from './reconcile-ledger.ts';

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
  postTransaction(tx, account, { transactionId: tools.mintId(account.slot), kind, reference, legs, effectiveAt: at, recordedAt: at });
}

/** Under the account's lock, in a transaction of its own. */
export function underLock<Result>(
  database: Database,
  key: AccountKey,
  work: (tx: Transaction, account: Account) => Promise<Result>,
): Promise<Result> {
  return database.transaction(async (tx) => work(tx, await lockAccount(tx, key)));
}

const nextId = { name: 'test.next-transaction-id', text: 'select pg_current_xact_id()::text as id', parameters: [] } as const;
const oldestRunning = {
  name: 'test.oldest-running',
  text: 'select pg_snapshot_xmin(pg_current_snapshot())::text as id',
  parameters: [],
} as const;

/**
 * Rolls up all that is committed. The oldest running transaction is the server's, not the database's: tests beside this
 * one hold it back for a moment, which a roll-up in a living house makes good at its next round.
 */
export async function rollUpAll(database: Database): Promise<void> {
  const read = async (statement: typeof nextId | typeof oldestRunning) =>
    BigInt(((await database.query(statement, {}))[0] as { id: string }).id);
  const through = await read(nextId);
  while ((await read(oldestRunning)) <= through) await new Promise((resolve) => setTimeout(resolve, 5));
  await rollUpHouse(database);
}
