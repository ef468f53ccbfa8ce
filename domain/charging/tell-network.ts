/**
 * Something changed for an account: whoever holds connections of the network asks its sessions to ask again. Told once when
 * it was committed, and once more by the outbox, in case the first telling died with its process.
 */
import { type Queries, statement } from '#platform/database';
import { slotOf } from '#platform/ids';
import { type OpenSession, openSessionsOfAccount } from './open-sessions.ts';

const tellNodesRow = statement<{ accountId: bigint }>(import.meta.dirname, 'tell-nodes');

/** What nodes listen to (LISTEN); the payload is the account's id. */
export const ACCOUNT_CHANNEL = 'everline_account';

/** After the commit of what changed, or inside a transaction, and then with its commit. */
export async function tellNodes(queries: Queries, { accountId }: { accountId: bigint }): Promise<void> {
  await queries.query(tellNodesRow, { accountId });
}

/** The sessions of an account that was told of, that have not asked since `since`: those that do not know yet. Undefined: no account. */
export async function sessionsToAsk(queries: Queries, payload: string | undefined, since: Date): Promise<OpenSession[] | undefined> {
  if (payload === undefined || !/^\d{1,19}$/.test(payload)) return undefined;
  const accountId = BigInt(payload);
  const sessions = await openSessionsOfAccount(queries, { slot: slotOf(accountId), accountId });
  return sessions.filter(({ lastAt }) => lastAt < since);
}
