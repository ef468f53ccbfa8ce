/** A connection for copying everything: as the tables' owner, with values written in one way whatever the server's settings. */
import pg from 'pg';
import { becomeOwner, MIGRATION_LOCK } from '#platform/migrate';

const SETTINGS = `set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set client_min_messages = warning;
  set datestyle = 'ISO, MDY'; set intervalstyle = postgres; set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = hex`;

/** `shared` keeps migrations out; without it, other backups too. Waits for a migration that is under way. */
export async function withOwner<T>(
  connection: string | pg.ClientConfig,
  shared: boolean,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(SETTINGS);
    await client.query(`select pg_advisory_lock${shared ? '_shared' : ''}($1)`, [MIGRATION_LOCK]);
    await becomeOwner(client);
    return await work(client);
  } finally {
    await client.end();
  }
}
