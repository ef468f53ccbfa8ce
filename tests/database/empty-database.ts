/** A database without any schema, for those who test migrations and servers, owned by a user of their choice. */
import type pg from 'pg';
import { withClient } from './template.ts';
import { dropUnused, newName, server } from './test-database.ts';

type Row = Record<string, unknown>;
/** A user who may do nothing in particular, or one who may create roles. */
export type TestUser = 'plain' | 'createrole';

export type EmptyDatabase = {
  /** As its owner. */
  readonly connection: pg.ClientConfig;
  /** Runs SQL as the owner. */
  ask(sql: string): Promise<Row[]>;
  /** Runs SQL as the server's superuser. */
  admin(sql: string): Promise<Row[]>;
  /** To the same database as a new user. */
  connectionOf(user: TestUser): Promise<pg.ClientConfig>;
};

/** `owner` is a new user of that kind; without, the superuser. */
export async function emptyDatabase(
  t: { after(end: () => Promise<void>): void },
  options: { readonly owner?: TestUser } = {},
): Promise<EmptyDatabase> {
  const { admin } = await server();
  const name = newName();
  const users: string[] = [];
  const createUser = async (kind: TestUser): Promise<string> => {
    const user = newName();
    users.push(user);
    await withClient(admin, (client) => client.query(`create role ${user} login ${kind === 'createrole' ? 'createrole' : ''}`));
    return user;
  };
  const owner = options.owner === undefined ? admin.user : await createUser(options.owner);
  await withClient(admin, (client) =>
    client.query(`create database ${name} template template0 encoding 'UTF8' owner ${client.escapeIdentifier(owner ?? '')}`),
  );
  t.after(async () => {
    await dropUnused(admin, name);
    await withClient(admin, async (client) => {
      for (const user of users) await client.query(`drop role ${user}`).catch(() => {});
    });
  });
  const as = (user: string | undefined): pg.ClientConfig => ({ ...admin, user, database: name });
  const run = (user: string | undefined, sql: string) => withClient(as(user), async (client) => (await client.query<Row>(sql)).rows);
  return {
    connection: as(owner),
    ask: (sql) => run(owner, sql),
    admin: (sql) => run(admin.user, sql),
    connectionOf: async (user) => as(await createUser(user)),
  };
}
