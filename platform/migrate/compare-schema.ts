/** Whether a database has the schema this program was written for, asked at every boot. */
import type pg from 'pg';
import { canBecome, OWNER, PROGRAM, readOwner } from './arrange-roles.ts';
import { type Migration, readMigrations } from './read-migrations.ts';

export type SchemaStanding = {
  readonly standing: 'same' | 'empty' | 'older' | 'newer' | 'changed';
  /** For people: the newest migration, or the one that differs. */
  readonly value: string;
};

export async function compareSchema(client: pg.Client, migrations: readonly Migration[] = readMigrations()): Promise<SchemaStanding> {
  if ((await readOwner(client)) === undefined) return { standing: 'empty', value: 'nothing was migrated yet' };
  const { rows } = await client.query<{ number: number; name: string; hash: string }>(
    'select number, name, hash from public.migration order by number',
  );
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  const stranger = rows.find(({ number }) => !known.has(number));
  if (stranger !== undefined) return { standing: 'newer', value: stranger.name };
  const changed = rows.find(({ number, hash }) => known.get(number)?.hash !== hash);
  if (changed !== undefined) return { standing: 'changed', value: changed.name };
  const done = new Set(rows.map(({ number }) => number));
  const waiting = migrations.find(({ number }) => !done.has(number));
  if (waiting !== undefined) return { standing: 'older', value: `without ${waiting.name}` };
  return { standing: 'same', value: rows.at(-1)?.name ?? 'empty' };
}

/** Tables belong to everline_owner and this user may work as everline_app, who may not change what is append-only. */
export async function rolesAreSeparate(client: pg.Client): Promise<boolean> {
  return (await readOwner(client)) === OWNER && (await canBecome(client, PROGRAM));
}
