/**
 * How the program connects, as opposed to `migrate`: as role everline_app where the roles are separate, so that the
 * database itself refuses a change to what is append-only.
 */
import pg from 'pg';
import { canBecome, OWNER, PROGRAM, readOwner } from './arrange-roles.ts';
import { MigrationTrouble } from './trouble.ts';

export type ProgramConnection = { readonly connection: pg.ClientConfig; readonly rolesSeparate: boolean };

/** Of a migrated database. Throws MigrationTrouble `not_permitted` when the user may not become everline_app. */
export async function programConnection(given: string | pg.ClientConfig): Promise<ProgramConnection> {
  const connection = asConfig(given);
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    if ((await readOwner(client)) !== OWNER) return { connection, rolesSeparate: false };
    if (!(await canBecome(client, PROGRAM))) {
      throw new MigrationTrouble(
        'not_permitted',
        `The user of DATABASE_URL may not act as ${PROGRAM}.`,
        `Let the user who migrated, or a superuser, say: grant ${PROGRAM} to <user>;`,
      );
    }
    return {
      connection: { ...connection, options: [connection.options, `-c role=${PROGRAM}`].filter(Boolean).join(' ') },
      rolesSeparate: true,
    };
  } finally {
    await client.end();
  }
}

/** `options` in the address would win over ours (pg lets a connection string override fields): they are moved out of it. */
function asConfig(given: string | pg.ClientConfig): pg.ClientConfig {
  const config = typeof given === 'string' ? { connectionString: given } : given;
  // By hand: `postgres://user@/name?host=/socket` is a libpq address and no URL.
  const [address, query] = config.connectionString?.split('?', 2) ?? [];
  if (address === undefined || query === undefined) return config;
  const fields = new URLSearchParams(query);
  const options = [fields.get('options'), config.options].filter(Boolean).join(' ');
  fields.delete('options');
  return { ...config, connectionString: `${address}?${fields}`, ...(options === '' ? {} : { options }) };
}
