/**
 * For tests of what locks: several pieces of work are brought to wait for the same lock, in their order, each on a
 * connection of its own; then the lock is let go. So they have really met on it, whatever the machine's speed.
 */
import { type Database, parseStatement, type Transaction } from '#platform/database';

const whoWaits = parseStatement(
  'test.who-waits',
  'select pid from pg_locks join pg_stat_activity using (pid) where datname = current_database() and not granted',
);

type Works<Results extends readonly unknown[]> = { readonly [Place in keyof Results]: () => Promise<Results[Place]> };

/** `lock` takes what they shall meet on. Work that ends without waiting for it has its turn before the others. */
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
        () => true,
        () => true,
      );
      while (!(await Promise.race([ended, waiting(database).then((now) => now > waitingBefore)]))) {}
    }
  });
  return (await Promise.all(begun)) as unknown as Results; // as many as works, in their order
}

async function waiting(database: Database): Promise<number> {
  return (await database.query(whoWaits, {})).length;
}
