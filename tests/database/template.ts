/**
 * One migrated database is made per set of migrations and cloned for every test file: cloning takes a tenth of
 * migrating. Named by the hash of all migrations, so that a changed migration makes a new one.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { migrate, readMigrations } from '#platform/migrate';

/** Any fixed number: the advisory lock that test processes sharing one server meet on. */
const TEMPLATE_LOCK = 7_239_419;

/** The name of the template on the server at `admin`, made when absent; a migration that fails is named in the error. */
export async function ensureTemplate(admin: pg.ClientConfig): Promise<string> {
  const hashes = readMigrations().map((migration) => `${migration.name} ${migration.hash}`);
  const name = `everline_template_${createHash('sha256').update(hashes.join('\n')).digest('hex').slice(0, 12)}`;
  await withClient({ ...admin, database: 'postgres' }, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    if (await exists(client, name)) return;
    // Under another name until it is whole: a process that dies half-way leaves nothing that looks finished.
    const building = `${name}_building`;
    await client.query(`drop database if exists ${building} with (force)`);
    await client.query(`create database ${building} template template0 encoding 'UTF8'`);
    await migrate({ ...admin, database: building });
    await client.query(`alter database ${building} rename to ${name}`);
  });
  return name;
}

async function exists(client: pg.Client, database: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
  return rowCount === 1;
}

export async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
