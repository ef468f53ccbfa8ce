/** What a backup holds: every table and sequence of the schemas that the migrations make, and how each is copied. */
import type pg from 'pg';
import { assert } from '#platform/assert';
import { everlineSchemas } from '#platform/migrate';

export type Column = { readonly name: string; readonly isTransactionId: boolean; readonly hasDefault: boolean };
export type Table = { readonly schema: string; readonly name: string; readonly columns: readonly Column[] };
export type Sequence = { readonly schema: string; readonly name: string };

type Row = { schema: string; name: string; kind: string; columns: Column[] };

const READ_RELATIONS = `
  select n.nspname as schema, c.relname as name, c.relkind as kind, coalesce(
    jsonb_agg(jsonb_build_object('name', a.attname, 'isTransactionId', a.atttypid = 'xid8'::regtype, 'hasDefault', a.atthasdef) order by a.attnum)
      filter (where a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '[]') as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid
  where n.nspname = any($1) and c.relkind in ('r', 'p', 'S')
  group by n.nspname, c.relname, c.relkind
  order by n.nspname, c.relname`;

export async function listTables(client: pg.Client): Promise<{ tables: Table[]; sequences: Sequence[] }> {
  const { rows } = await client.query<Row>(READ_RELATIONS, [everlineSchemas()]);
  const partitioned = rows.find(({ kind }) => kind === 'p');
  assert(partitioned === undefined, `backup knows how to bring back the partitions of ${partitioned?.schema}.${partitioned?.name}`);
  return { tables: rows.filter(({ kind }) => kind === 'r'), sequences: rows.filter(({ kind }) => kind === 'S') };
}

/** `schema.table`, for headers and people. */
export const nameOf = ({ schema, name }: { schema: string; name: string }): string => `${schema}.${name}`;

/** The same, for SQL: `orders.order` has a name that SQL knows otherwise. */
export const quoted = (client: pg.Client, { schema, name }: { schema: string; name: string }): string =>
  `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
