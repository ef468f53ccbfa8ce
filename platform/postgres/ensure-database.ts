/** A new data folder holds only `postgres` and the templates: our own database is made on first use. */
import pg from 'pg';
import { DATABASE } from './connection-to.ts';

/** Two starts never meet here: one data folder has one server, and one server one Everline. */
export async function ensureDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
