/** Locks many accounts on condition that nobody has locked them since they were known (decision 0013). */
import { statement, type Transaction } from '#platform/database';
import type { AccountFacts } from './known-accounts.ts';

type Wanted = { accountIds: bigint[]; versions: bigint[] };
const meetAccountRows = statement<Wanted>(import.meta.dirname, 'meet-accounts');

/** Nothing of this transaction may stand: of these accounts we know what is no longer so. */
export class MetSomebody extends Error {
  override name = 'MetSomebody';
  readonly accountIds: readonly bigint[];

  constructor(accountIds: readonly bigint[]) {
    super('somebody else has locked an account since');
    this.accountIds = accountIds;
  }
}

/** Travels with the COMMIT, which throws MetSomebody. */
export function meetAccounts(tx: Transaction, facts: readonly AccountFacts[]): void {
  const inOrder = facts.toSorted((one, other) => (one.account.accountId < other.account.accountId ? -1 : 1));
  const asked = tx.query(meetAccountRows, {
    accountIds: inOrder.map(({ account }) => account.accountId),
    versions: inOrder.map(({ version }) => version),
  });
  tx.withCommit(asked.catch(toMetSomebody));
}

/** `EL001` of charging.meet_all, whose detail names them. */
function toMetSomebody(error: unknown): never {
  const { code, detail } = error as { code?: unknown; detail?: unknown };
  throw code === 'EL001' && typeof detail === 'string' ? new MetSomebody(detail.split(',').map(BigInt)) : error;
}
