/**
 * One numbered stream of plain SQL, each file once, in order, each in a transaction of its own. A file that was
 * applied is never changed: its hash is kept and compared. Two programs migrating at once wait for one another.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { assert } from '#platform/assert';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');
/** Any fixed number: the advisory lock two migrating programs meet on. */
const MIGRATION_LOCK = 7_239_418;

export type Migration = { readonly number: number; readonly name: string; readonly sql: string; readonly hash: string };

export function readMigrations(directory: string = MIGRATIONS): Migration[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(directory, file), 'utf8');
      return { number: Number(file.slice(0, 4)), name: file.slice(0, -4), sql, hash: createHash('sha256').update(sql).digest('hex') };
    });
}

/** The number of the newest migration this program knows: what a database must be at to be served. */
export function schemaVersion(): number {
  return readMigrations().at(-1)?.number ?? 0;
}

export type MigrationReport = { readonly applied: readonly string[]; readonly rolesSeparate: boolean };

/**
 * Brings the database at `connection` to this program's schema. `rolesSeparate` is false where the user may not
 * create roles: then append-only tables are not protected by the database, and `doctor` and /healthz say so.
 */
export async function migrate(connection: string | pg.ClientConfig): Promise<MigrationReport> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const rolesSeparate = await ensureRoles(client);
    await client.query(`create table if not exists public.migration
      (number integer primary key, name text not null, hash text not null, applied_at timestamptz not null)`);
    const { rows } = await client.query<{ number: number; hash: string }>('select number, hash from public.migration');
    const done = new Map(rows.map((row) => [row.number, row.hash]));
    const applied: string[] = [];
    for (const migration of readMigrations()) {
      const hash = done.get(migration.number);
      assert(hash === undefined || hash === migration.hash, `migration ${migration.name} was changed after it was applied; add a new one instead`);
      if (hash === undefined) {
        await applyMigration(client, migration);
        applied.push(migration.name);
      }
    }
    return { applied, rolesSeparate };
  } finally {
    await client.end();
  }
}

async function applyMigration(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query('set local role everline_owner');
    await client.query(migration.sql);
    await client.query('reset role');
    await client.query('insert into public.migration values ($1, $2, $3, $4)', [migration.number, migration.name, migration.hash, new Date()]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Creates everline_owner and everline_app and lets the present user become them. */
async function ensureRoles(client: pg.Client): Promise<boolean> {
  for (const role of ['everline_owner', 'everline_app']) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) {
      try {
        await client.query(`create role ${role} nologin`);
      } catch (error) {
        if ((error as { code?: string }).code !== '23505' && (error as { code?: string }).code !== '42710') throw error;
      }
    }
  }
  const { rows } = await client.query<{ user: string; database: string }>('select current_user as user, current_database() as database');
  const { user, database } = rows[0] as { user: string; database: string };
  await client.query(`grant everline_owner, everline_app to ${client.escapeIdentifier(user)}`).catch(ignoreAlreadyGranted);
  await client.query(`grant create, connect on database ${client.escapeIdentifier(database)} to everline_owner`);
  await client.query('grant create, usage on schema public to everline_owner');
  return true;
}

/** Two databases of one server migrated at once update the same catalogue row; the other one did it. */
function ignoreAlreadyGranted(error: unknown): void {
  if ((error as { code?: string }).code !== 'XX000') throw error;
}
