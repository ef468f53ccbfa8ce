/**
 * For tests of what locks: the first transaction does its work and stays open until the second one waits for it in
 * PostgreSQL; then the first commits. So the second has really met the lock, whatever the machine's speed.
 */
import { type Database, parseStatement, type Transaction } from '#platform/database';

const whoWaits = parseStatement(
  'allowances.who-waits',
  'select pid from pg_locks join pg_stat_activity using (pid) where datname = current_database() and not granted',
);

export async function meetOnALock<First, Second>(
  { database }: { readonly database: Database },
  first: (tx: Transaction) => Promise<First>,
  second: (tx: Transaction) => Promise<Second>,
): Promise<[First, Second]> {
  let meeting: Promise<Second> | undefined;
  const done = await database.transaction(async (tx) => {
    const result = await first(tx);
    meeting = database.transaction(second);
    // A second that never waits ends this test by its own result, or by its error, below.
    const ended = meeting.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([ended, someoneWaits(database)]))) {}
    return result;
  });
  return [done, await (meeting as Promise<Second>)];
}

async function someoneWaits(database: Database): Promise<boolean> {
  return (await database.query(whoWaits, {})).length > 0;
}
