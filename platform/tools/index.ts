/** What every use case is handed: the database, the two clocks, and a mint for ids. Nothing else is ambient. */
import type { Clock } from '#platform/clock';
import type { Database } from '#platform/database';
import type { IdMint } from '#platform/ids';

export type Tools = {
  readonly database: Database;
  readonly clock: Clock;
  readonly mintId: IdMint;
};
