/** What a backup holds: every table and sequence of the schemas that the migrations make, and how each is copied. */
import type pg from 'pg';
import { assert } from '#platform/assert';
import { everlineSchemas } from '#platform/migrate';

export type Column = { readonly name: string; readonly isTransactionId: boolean; readonly hasDefault: boolean };
export type Table = { readonly schema: string; readonly name: string; readonly columns: readonly Column[] };
/** A part of a partitioned table, made while the house ran: whose, and what lies in it, as PostgreSQL says it. */
export type Partition = { readonly schema: string; readonly name: string; readonly of: string; readonly bounds: string };
export type Sequence = { readonly schema: string; readonly name: string };

type Row = { schema: string; name: string; kind: string; columns: Column[] };

const READ_RELATIONS = `
  select n.nspname as schema, c.relname as name, c.relkind as kind, coalesce(
    jsonb_agg(jsonb_build_object('name', a.attname, 'isTransactionId', a.atttypid = 'xid8'::regtype, 'hasDefault', a.atthasdef) order by a.attnum)
      filter (where a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '[]') as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid
  where n.nspname = any($1) and c.relkind in ('r', 'p', 'S') and not c.relispartition
  group by n.nspname, c.relname, c.relkind
  order by n.nspname, c.relname`;

export async function listTables(client: pg.Client): Promise<{ tables: Table[]; sequences: Sequence[] }> {
  const { rows } = await client.query<Row>(READ_RELATIONS, [everlineSchemas()]);
  return { tables: rows.filter(({ kind }) => kind !== 'S'), sequences: rows.filter(({ kind }) => kind === 'S') };
}

const READ_PARTITIONS = `
  select n.nspname as schema, c.relname as name, parent.relname as of, pg_get_expr(c.relpartbound, c.oid) as bounds
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_inherits i on i.inhrelid = c.oid
  join pg_class parent on parent.oid = i.inhparent
  where n.nspname = any($1) and c.relispartition and c.relkind = 'r'
  order by n.nspname, c.relname`;

/** Their rows are copied with the table they are parts of; they themselves are made anew before that. */
export async function listPartitions(client: pg.Client): Promise<Partition[]> {
  return (await client.query<Partition>(READ_PARTITIONS, [everlineSchemas()])).rows;
}

/** A range of days is all that we make; a file that says anything else is not ours. */
const BOUNDS = /^FOR VALUES FROM \('[\d-]+'\) TO \('[\d-]+'\)$/;

/** Makes those that are not there yet. */
export async function makePartitions(client: pg.Client, partitions: readonly Partition[]): Promise<void> {
  for (const { schema, name, of, bounds } of partitions) {
    assert(BOUNDS.test(bounds), `the partition ${schema}.${name} holds a range of days`);
    const parent = quoted(client, { schema, name: of });
    await client.query(`create table if not exists ${quoted(client, { schema, name })} partition of ${parent} ${bounds}`);
  }
}

/** `schema.table`, for headers and people. */
export const nameOf = ({ schema, name }: { schema: string; name: string }): string => `${schema}.${name}`;

/** The same, for SQL: `orders.order` has a name that SQL knows otherwise. */
export const quoted = (client: pg.Client, { schema, name }: { schema: string; name: string }): string =>
  `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
