/**
 * Brings a backup back into an empty database of the same schema: all of it in one transaction, or nothing.
 */
import type pg from 'pg';
import { assert } from '#platform/assert';
import { filledByMigrations } from '#platform/migrate';
import { BackupReader } from './backup-reader.ts';
import { withOwner } from './connect.ts';
import { copyIn } from './copy-in.ts';
import { type BackupHeader, type BackupTrailer, parseHeader, parseObject } from './header.ts';
import { listTables, makePartitions, nameOf, quoted, type Table } from './list-tables.ts';
import { requireSameMigrations, requireSchema } from './require-schema.ts';
import { BackupTrouble } from './trouble.ts';

export type RestoreReport = { readonly takenAt: Date; readonly tables: number; readonly rows: number };

/** What a program writes by itself as soon as it runs: rows here do not make a database anybody's. */
const FILLED_BY_STARTING = ['jobs.worker', 'seal.key'];

/** `connection` is the migrating user's. Throws BackupTrouble, and then leaves the database as it was. */
export async function restore(connection: string | pg.ClientConfig, file: string): Promise<RestoreReport> {
  const reader = new BackupReader(file);
  try {
    const header = parseHeader(await reader.line(), file);
    requireSameMigrations(header);
    return await withOwner(connection, false, (client) => restoreAll(client, reader, header, file));
  } finally {
    await reader.close();
  }
}

async function restoreAll(client: pg.Client, reader: BackupReader, header: BackupHeader, file: string): Promise<RestoreReport> {
  await client.query('begin');
  await requireSchema(client);
  const { tables, sequences } = await listTables(client);
  assert(String(tables.map(nameOf)) === String(header.tables.map(({ table }) => table)), 'the same migrations make the same tables');
  // Nobody writes beside us; whoever reads sees the empty database until all is there.
  await client.query(`lock table ${tables.map((table) => quoted(client, table)).join(', ')} in exclusive mode`);
  await requireEmpty(client, tables);
  await makePartitions(client, header.partitions);
  let rows = 0;
  for (const [index, table] of tables.entries()) {
    const described = header.tables[index] as BackupHeader['tables'][number];
    const columns = described.columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const taken = await copyIn(client, `copy ${quoted(client, table)} (${columns}) from stdin`, reader.rows());
    if (taken !== described.rows) throw damaged(file, `${described.table} has ${taken} rows, not ${described.rows}`);
    rows += taken;
  }
  const trailer = parseObject(await reader.line()) as Partial<BackupTrailer>;
  if (trailer.whole !== true || trailer.rows !== rows) throw damaged(file, 'its last line is missing');
  await reader.end();
  for (const [index, sequence] of sequences.entries()) {
    const counter = header.sequences[index];
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(client, sequence), counter?.lastValue, counter?.isCalled]);
  }
  await client.query('commit');
  // The planner knows nothing of the new rows; autovacuum would tell it in a minute or two.
  for (const table of tables) await client.query(`analyze ${quoted(client, table)}`);
  return { takenAt: new Date(header.takenAt), tables: tables.length, rows };
}

/** Throws BackupTrouble `database_not_empty`; what migrations and a start write by themselves is cleared away. */
async function requireEmpty(client: pg.Client, tables: readonly Table[]): Promise<void> {
  const written = new Set([...filledByMigrations(), ...FILLED_BY_STARTING]);
  for (const table of tables) {
    if (written.has(nameOf(table))) {
      await client.query(`delete from ${quoted(client, table)}`);
      continue;
    }
    const { rowCount } = await client.query(`select 1 from ${quoted(client, table)} limit 1`);
    if (rowCount === 0) continue;
    throw new BackupTrouble(
      'database_not_empty',
      `This database is in use: ${nameOf(table)} has rows.`,
      'Restore into a new one: set EVERLINE_HOME to a new folder, or DATABASE_URL to a new database, and run everline migrate there first.',
    );
  }
}

function damaged(file: string, how: string): BackupTrouble {
  return new BackupTrouble('backup_damaged', `${file} is damaged: ${how}.`, 'Use another backup; nothing of this one was restored.');
}
