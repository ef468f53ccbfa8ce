/**
 * Transaction ids (xid8) mean nothing on another server, where counting began anew: an id from before may lie in that
 * server's future, and its row would not be seen by a roll-up for years. All a roll-up wants to know is on which side of
 * its bookmark a row lies ("counted already" or not). That is what is kept: a counted row gets 3, the smallest id there
 * is, a row not yet counted 4, and the bookmark 4: every real transaction is later.
 *
 * A row's id is the xid8 column that has a default; the bookmark is the one without, in a table of the same schema whose
 * key is the slot.
 */
import type pg from 'pg';
import { assert } from '#platform/assert';
import { type Column, quoted, type Table } from './list-tables.ts';

const COUNTED = `'3'::xid8`;
const UNCOUNTED = `'4'::xid8`;

/** `COPY … TO STDOUT` for one table of `tables`. */
export function copyStatement(client: pg.Client, table: Table, tables: readonly Table[]): string {
  const name = (column: Column) => client.escapeIdentifier(column.name);
  if (!table.columns.some((column) => column.isTransactionId))
    // Asked as a question, because a partitioned table cannot be copied by its name alone.
    return `copy (select ${table.columns.map(name).join(', ')} from ${quoted(client, table)}) to stdout`;
  const bookmark = findBookmark(table, tables);
  const value = (column: Column) => (column.isTransactionId ? carried(client, column, bookmark?.column) : `t.${name(column)}`);
  const join = bookmark === undefined ? '' : ` left join ${quoted(client, bookmark.table)} b on b.slot = t.slot`;
  return `copy (select ${table.columns.map(value).join(', ')} from ${quoted(client, table)} t${join}) to stdout`;
}

function carried(client: pg.Client, column: Column, bookmark: Column | undefined): string {
  if (!column.hasDefault) return UNCOUNTED;
  if (bookmark === undefined) return COUNTED;
  return `case when t.${client.escapeIdentifier(column.name)} < b.${client.escapeIdentifier(bookmark.name)} then ${COUNTED} else ${UNCOUNTED} end`;
}

function findBookmark(of: Table, tables: readonly Table[]): { table: Table; column: Column } | undefined {
  const found = tables
    .filter((table) => table.schema === of.schema && table !== of)
    .flatMap((table) =>
      table.columns.filter((column) => column.isTransactionId && !column.hasDefault).map((column) => ({ table, column })),
    );
  assert(found.length <= 1, `a schema has one roll-up bookmark, or backup must learn which counts what: ${of.schema}`);
  return found[0];
}
