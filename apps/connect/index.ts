/**
 * The database a command works on: `DATABASE_URL`, else the embedded server of the home folder: the one that is running
 * (beside `npm start`), else one started for the length of the command.
 */
import type pg from 'pg';
import type { Config } from '#platform/config';
import { findPostgres, keepPostgres } from '#platform/postgres';

export type DatabaseAtHand = {
  /** As the migrating user. */
  readonly connection: pg.ClientConfig;
  readonly embedded: boolean;
  /** Someone else runs it: `npm start`, most likely. */
  readonly shared: boolean;
  readonly unsafe: boolean;
  release(): Promise<void>;
};

/** `alone`: for `everline start`, which runs the embedded server itself and refuses to start beside another (PostgresTrouble). */
export async function openDatabase(config: Config, log: (line: string) => void, alone = false): Promise<DatabaseAtHand> {
  const nothing = () => Promise.resolve();
  if (config.databaseUrl !== undefined)
    return { connection: { connectionString: config.databaseUrl }, embedded: false, shared: true, unsafe: false, release: nothing };
  const running = alone ? undefined : findPostgres(config.home);
  if (running?.parentPid !== undefined)
    return { connection: running.connection, embedded: true, shared: true, unsafe: false, release: nothing };
  const started = await keepPostgres({ home: config.home, mode: 'safe', log });
  return { connection: started.connection, embedded: true, shared: false, unsafe: started.unsafe, release: () => started.stop() };
}
