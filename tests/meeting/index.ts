/**
 * For tests of what locks: several pieces of work are brought to wait for the same lock, in their order, each on a
 * connection of its own; then the lock is let go. So they have really met on it, whatever the machine's speed.
 */
import { assert } from '#platform/assert';
import { type Database, parseStatement, type Transaction } from '#platform/database';

const whoWaits = parseStatement(
  'test.who-waits',
  'select pid from pg_locks join pg_stat_activity using (pid) where datname = current_database() and not granted',
);

type Works<Results extends readonly unknown[]> = { readonly [Place in keyof Results]: () => Promise<Results[Place]> };

const lockRow = parseStatement(
  'test.lock-account',
  'select 1 from ledger.account where slot = :slot and account_id = :account_id for no key update',
);

/** The lock of an account, taken by the test's own statement: what the house does to take it is what is tested. */
export function ofAccount({
  slot,
  accountId,
}: {
  readonly slot: number;
  readonly accountId: bigint;
}): (tx: Transaction) => Promise<unknown> {
  return (tx) => tx.query(lockRow, { slot, accountId });
}

/** `lock` takes what they shall meet on. Work that does not wait for it is a fault: it would have gone through unlocked. */
export async function meetOn<const Results extends readonly unknown[]>(
  database: Database,
  lock: (tx: Transaction) => Promise<unknown>,
  works: Works<Results>,
): Promise<Results> {
  const begun: Promise<unknown>[] = [];
  await database.transaction(async (tx) => {
    await lock(tx);
    for (const work of works) {
      const waitingBefore = await waiting(database);
      const running = work();
      begun.push(running);
      const ended = running.then(
        () => 'ended' as const,
        () => 'ended' as const,
      );
      const looking = () => waiting(database).then((now) => (now > waitingBefore ? ('waits' as const) : undefined));
      let seen: 'ended' | 'waits' | undefined;
      while (seen === undefined) seen = await Promise.race([ended, looking()]);
      assert(seen === 'waits', `work ${begun.length} of those that shall meet waits for the lock`);
    }
  });
  return (await Promise.all(begun)) as unknown as Results; // as many as works, in their order
}

async function waiting(database: Database): Promise<number> {
  return (await database.query(whoWaits, {})).length;
}
