/**
 * One numbered stream of plain SQL, each file once, in order, each in a transaction of its own. A file that was
 * applied is never changed: its hash is kept and compared. Two programs migrating at once wait for one another.
 */
import pg from 'pg';
import { arrangeRoles, forOneUser, OWNER, PROGRAM, readOwner } from './arrange-roles.ts';
import { migrateJobs } from './migrate-jobs.ts';
import { programConnection } from './program-connection.ts';
import { type Migration, readMigrations } from './read-migrations.ts';
import { MigrationTrouble } from './trouble.ts';

/** Any fixed number: the advisory lock two migrating programs (and a restore) meet on. */
export const MIGRATION_LOCK = 7_239_418;

export type MigrationReport = { readonly applied: readonly string[]; readonly rolesSeparate: boolean };

/**
 * Brings the database at `connection` to this program's schema. `rolesSeparate` is false where the user may not
 * create roles: then append-only tables are not protected by the database, and `doctor` and /healthz say so.
 * Throws MigrationTrouble, and leaves what was applied before.
 */
export async function migrate(
  connection: string | pg.ClientConfig,
  migrations: readonly Migration[] = readMigrations(),
): Promise<MigrationReport> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('set statement_timeout = 0; set client_min_messages = warning');
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const { rolesSeparate } = await arrangeRoles(client);
    await createRegister(client, rolesSeparate);
    const waiting = await findWaiting(client, migrations);
    for (const migration of waiting) await applyMigration(client, migration, rolesSeparate);
    await migrateJobs(client, (await programConnection(connection)).connection, rolesSeparate);
    return { applied: waiting.map(({ name }) => name), rolesSeparate };
  } finally {
    await client.end();
  }
}

async function createRegister(client: pg.Client, rolesSeparate: boolean): Promise<void> {
  if ((await readOwner(client)) !== undefined) return;
  const create =
    'create table public.migration (number integer primary key, name text not null, hash text not null, applied_at timestamptz not null)';
  try {
    await client.query(rolesSeparate ? `set role ${OWNER}; ${create}; grant select on public.migration to ${PROGRAM}; reset role` : create);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new MigrationTrouble(
      'not_permitted',
      'The user of DATABASE_URL may not create tables in this database.',
      'Make it the owner of the database: alter database <name> owner to <user>;',
      error,
    );
  }
}

async function findWaiting(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ number: number; name: string; hash: string }>('select number, name, hash from public.migration');
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const { number, name, hash } of rows) {
    const migration = known.get(number);
    if (migration === undefined) {
      throw new MigrationTrouble(
        'schema_newer',
        `This database was migrated by a newer Everline (${name}).`,
        'Use that one, or restore a backup from before.',
      );
    }
    if (migration.hash !== hash) {
      throw new MigrationTrouble(
        'migration_changed',
        `migrations/${migration.name}.sql was changed after it had been applied to this database.`,
        'Put it back as it was, and write what you want to change as a new migration.',
      );
    }
  }
  const done = new Set(rows.map(({ number }) => number));
  return migrations.filter(({ number }) => !done.has(number));
}

async function applyMigration(client: pg.Client, migration: Migration, rolesSeparate: boolean): Promise<void> {
  await client.query('begin');
  try {
    if (rolesSeparate) await client.query(`set local role ${OWNER}`);
    await client.query(rolesSeparate ? migration.sql : forOneUser(migration.sql));
    await client.query('insert into public.migration values ($1, $2, $3, $4)', [
      migration.number,
      migration.name,
      migration.hash,
      new Date(),
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw failed(migration, error as Error & { position?: string; detail?: string });
  }
}

function failed(migration: Migration, error: Error & { position?: string; detail?: string }): MigrationTrouble {
  const line = error.position === undefined ? '' : ` line ${migration.sql.slice(0, Number(error.position)).split('\n').length}`;
  const said = [error.message, error.detail].filter(Boolean).join(': ');
  return new MigrationTrouble(
    'migration_failed',
    `migrations/${migration.name}.sql${line} failed: ${said}.`,
    'Nothing of it was applied.',
    error,
  );
}
