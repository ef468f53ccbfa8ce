/** What a server says of itself, around a bench. */
import pg from 'pg';

export async function withClient<T>(server: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function checkpoint(server: pg.ClientConfig): Promise<unknown> {
  return withClient(server, (client) => client.query('checkpoint'));
}

export function walPosition(server: pg.ClientConfig): Promise<bigint> {
  return withClient(server, async (client) => {
    const { rows } = await client.query<{ bytes: string }>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as bytes");
    return BigInt(rows[0]?.bytes ?? 0);
  });
}

const SETTINGS = [
  'server_version',
  'fsync',
  'full_page_writes',
  'synchronous_commit',
  'shared_buffers',
  'wal_buffers',
  'max_wal_size',
  'commit_delay',
  'commit_siblings',
  'wal_sync_method',
];

export function settingsOf(server: pg.ClientConfig): Promise<Record<string, string>> {
  return withClient(server, async (client) => {
    const { rows } = await client.query<{ name: string; value: string }>(
      'select name, current_setting(name) as value from pg_settings where name = any($1)',
      [SETTINGS],
    );
    return Object.fromEntries(rows.map((row) => [row.name, row.value]));
  });
}
