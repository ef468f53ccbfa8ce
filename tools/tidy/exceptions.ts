/** Where a rule does not hold, and why. A path that ends in `/` is a whole folder. */
export type Exception = { readonly rule: string; readonly path: string; readonly reason: string };

const REAL_TIME: readonly Exception[] = [
  { rule: 'ambient-time', path: 'platform/clock/', reason: 'it is where the time comes from' },
  { rule: 'ambient-time', path: 'platform/postgres/', reason: 'it waits for real processes and names real files' },
  { rule: 'ambient-time', path: 'platform/migrate/', reason: 'when a migration was applied is real time, told to nobody who decides' },
];

const REAL_CHANCE: readonly Exception[] = [
  { rule: 'ambient-randomness', path: 'platform/random/', reason: 'it is where chance comes from' },
  { rule: 'ambient-randomness', path: 'platform/database/database.ts', reason: 'the jitter of retries changes no outcome' },
  {
    rule: 'ambient-randomness',
    path: 'channels/web/pages/hooks.server.ts',
    reason: 'the number of an incident is for the log and decides nothing',
  },
];

const DATABASE_TIME: readonly Exception[] = [
  {
    rule: 'sql-time',
    path: 'platform/postgres/check-server.ts',
    reason: "it compares the database's clock with ours, and refuses to start when they differ (two clocks)",
  },
];

const OTHERS_TABLES: readonly Exception[] = [
  {
    rule: 'sql-schemas',
    path: 'domain/charging/sql/',
    reason: 'the hot path: may name ledger and allowances and read lines, sims, catalog (architecture.md, Direction)',
  },
];

export const EXCEPTIONS: readonly Exception[] = [...REAL_TIME, ...REAL_CHANCE, ...DATABASE_TIME, ...OTHERS_TABLES];
