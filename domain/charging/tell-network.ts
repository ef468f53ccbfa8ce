/**
 * Something changed for an account: whoever holds connections of the network asks its sessions to ask again. Told once when
 * it was committed, and once more by the outbox, in case the first telling died with its process.
 */
import { type Queries, statement } from '#platform/database';
import { slotOf } from '#platform/ids';
import { type OpenSession, openSessionsOfAccount } from './read-sessions.ts';

const tellNodesRows = statement<{ accountIds: bigint[] }>(import.meta.dirname, 'tell-nodes');

/** What nodes listen to (LISTEN); the payload is the account's id. */
export const ACCOUNT_CHANNEL = 'everline_account';

/** After the commit of what changed, or inside a transaction, and then with its commit. */
export async function tellNodes(queries: Queries, accounts: readonly { accountId: bigint }[]): Promise<void> {
  await queries.query(tellNodesRows, { accountIds: accounts.map(({ accountId }) => accountId) });
}

/**
 * Tells of accounts as they change, at once, one telling at a time: those that come meanwhile are told together. A statement for
 * each took a connection and 0.5 ms of processor from every renewal at saturation.
 */
export function createTeller(queries: Queries, onTrouble: (error: unknown) => void): (account: { accountId: bigint }) => void {
  const waiting = new Map<bigint, { accountId: bigint }>();
  let telling = false;
  const tellAll = async () => {
    telling = true;
    while (waiting.size > 0) {
      const accounts = [...waiting.values()];
      waiting.clear();
      await tellNodes(queries, accounts).catch(onTrouble);
    }
    telling = false;
  };
  return ({ accountId }) => {
    waiting.set(accountId, { accountId });
    if (!telling) void tellAll();
  };
}

/** The sessions of an account that was told of, that have not asked since `since`: those that do not know yet. Undefined: no account. */
export async function sessionsToAsk(queries: Queries, payload: string | undefined, since: Date): Promise<OpenSession[] | undefined> {
  if (payload === undefined || !/^\d{1,19}$/.test(payload)) return undefined;
  const accountId = BigInt(payload);
  const sessions = await openSessionsOfAccount(queries, { slot: slotOf(accountId), accountId });
  return sessions.filter(({ lastAt }) => lastAt < since);
}
