/**
 * Two roles keep the program from changing what is append-only: tables belong to everline_owner, the program works as
 * everline_app. A database of one's own often comes with one plain user who may not create roles, and the roles may be
 * there, made for another database, without this user being a member. Then one user does both: the same migrations run
 * as that user, what they grant is granted to it, and `doctor` and /healthz say that the roles are not separate.
 *
 * Decided once, at the first migration, by who owns public.migration: tables of one database never have two owners.
 */
import type pg from 'pg';
import { MigrationTrouble } from './trouble.ts';

export const OWNER = 'everline_owner';
export const PROGRAM = 'everline_app';

/** Throws MigrationTrouble `not_permitted` when the tables belong to a role that this user cannot become. */
export async function arrangeRoles(client: pg.Client): Promise<{ rolesSeparate: boolean }> {
  const owner = await readOwner(client);
  if (owner === undefined) return { rolesSeparate: await prepareRoles(client) };
  if (await canBecome(client, owner)) return { rolesSeparate: owner === OWNER };
  throw new MigrationTrouble(
    'not_permitted',
    `The tables of this database belong to ${owner}, and the user of DATABASE_URL may not act as ${owner}.`,
    `Migrate as the user who did it before, or let a superuser say: grant ${owner} to <user>;`,
  );
}

/** Who owns public.migration; undefined when the database is new. */
export async function readOwner(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ owner: string }>(
    `select pg_get_userbyid(relowner) as owner from pg_class where oid = to_regclass('public.migration')`,
  );
  return rows[0]?.owner;
}

/** Tried, not asked: what makes SET ROLE possible differs between versions (15: member; 16 and later: the SET option). */
export async function canBecome(client: pg.Client, role: string): Promise<boolean> {
  return permitted(client, `set role ${client.escapeIdentifier(role)}; reset role`);
}

async function prepareRoles(client: pg.Client): Promise<boolean> {
  for (const role of [OWNER, PROGRAM]) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rowCount === 0 && !(await permitted(client, `create role ${role} nologin`))) return false;
    if (await canBecome(client, role)) continue;
    await permitted(client, `grant ${role} to current_user`);
    if (!(await canBecome(client, role))) return false;
  }
  await permitted(client, `do $$ begin execute format('grant create, connect on database %I to ${OWNER}', current_database()); end $$`);
  await permitted(client, `grant create, usage on schema public to ${OWNER}`);
  await permitted(client, `grant usage on schema public to ${PROGRAM}`);
  const { rows } = await client.query<{ enough: boolean }>(
    `select has_database_privilege('${OWNER}', current_database(), 'create')
        and has_schema_privilege('${OWNER}', 'public', 'create, usage')
        and has_schema_privilege('${PROGRAM}', 'public', 'usage') as enough`,
  );
  return rows[0]?.enough === true;
}

/** 23505, 42710: another database's migration made the role at this moment. XX000 "tuple concurrently updated": granted it. */
const DONE_BY_ANOTHER = ['23505', '42710', 'XX000'];
const NOT_PERMITTED = ['42501', '0LP01'];

async function permitted(client: pg.Client, sql: string): Promise<boolean> {
  try {
    await client.query(sql);
    return true;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (DONE_BY_ANOTHER.includes(code)) return true;
    if (NOT_PERMITTED.includes(code)) return false;
    throw error;
  }
}

/** `grant … to everline_app` is said to whoever runs it, who owns what it makes: it takes nothing away. */
export function forOneUser(sql: string): string {
  return sql.replace(/\b(everline_owner|everline_app)\b/g, 'current_user');
}

/** For whoever works on all tables (backup, restore): their owner, where that is a role of its own. */
export async function becomeOwner(client: pg.Client): Promise<void> {
  if ((await readOwner(client)) !== OWNER) return;
  if (await canBecome(client, OWNER)) return void (await client.query(`set role ${OWNER}`));
  throw new MigrationTrouble(
    'not_permitted',
    `This user may not act as ${OWNER}, who owns the tables.`,
    'Connect as the user who migrated the database.',
  );
}
