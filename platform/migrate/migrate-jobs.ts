/**
 * graphile-worker's own tables. They carry row-level security that only their owner passes, so the program's role owns
 * them; it may create that one schema while this runs and no other afterwards.
 */
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { PROGRAM } from './arrange-roles.ts';
import { MigrationTrouble } from './trouble.ts';

export async function migrateJobs(client: pg.Client, connection: pg.ClientConfig, rolesSeparate: boolean): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = client.escapeIdentifier(rows[0]?.name ?? '');
  if (rolesSeparate) await client.query(`grant create on database ${database} to ${PROGRAM}`);
  const pool = new pg.Pool({ ...connection, max: 1 });
  pool.on('error', () => {});
  pool.on('connect', (one) => one.on('error', () => {}));
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) });
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    const user = rolesSeparate ? PROGRAM : 'the user of DATABASE_URL';
    throw new MigrationTrouble(
      'not_permitted',
      `${user} may not create the tables of the job queue.`,
      `Let the database's owner say: grant create on database ${database} to <user>; and migrate again.`,
      error,
    );
  } finally {
    await pool.end();
    if (rolesSeparate) await client.query(`revoke create on database ${database} from ${PROGRAM}`);
  }
}
