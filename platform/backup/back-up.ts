/**
 * Writes all of a database into one file, without pg_dump, which the embedded server does not bring: one consistent
 * snapshot, while everything keeps running. Not in it: jobs (the relay makes them from the outbox), roles, settings.
 */
import type pg from 'pg';
import { readMigrations } from '#platform/migrate';
import { openBackupWriter } from './backup-writer.ts';
import { copyStatement } from './carry-transaction-ids.ts';
import { withOwner } from './connect.ts';
import { copyOut } from './copy-out.ts';
import { type BackedUpSequence, type BackedUpTable, type BackupHeader, type BackupTrailer, FORMAT, FORMAT_VERSION } from './header.ts';
import { listPartitions, listTables, nameOf, quoted, type Sequence, type Table } from './list-tables.ts';
import { requireSchema } from './require-schema.ts';

export type BackupReport = { readonly file: string; readonly octets: number; readonly tables: number; readonly rows: number };

/**
 * `connection` is the migrating user's; `takenAt` (transport time) is written into the header. The file holds personal
 * data and the sealing key: it is made readable by its owner only. Throws BackupTrouble, and then leaves no file.
 */
export function backUp(connection: string | pg.ClientConfig, file: string, takenAt: Date): Promise<BackupReport> {
  return withOwner(connection, true, async (client) => {
    const writer = openBackupWriter(file);
    try {
      await client.query('begin isolation level repeatable read read only');
      await requireSchema(client);
      const { tables, sequences } = await listTables(client);
      const header = await describe(client, tables, sequences, takenAt);
      await writer.write(`${JSON.stringify(header)}\n`);
      for (const table of tables) {
        await copyOut(client, copyStatement(client, table, tables), writer.write);
        await writer.write('\\.\n');
      }
      const rows = header.tables.reduce((sum, table) => sum + table.rows, 0);
      const trailer: BackupTrailer = { whole: true, rows };
      await writer.write(`${JSON.stringify(trailer)}\n`);
      const { octets } = await writer.finish();
      return { file, octets, tables: tables.length, rows };
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  });
}

async function describe(client: pg.Client, tables: readonly Table[], sequences: readonly Sequence[], takenAt: Date): Promise<BackupHeader> {
  const described: BackedUpTable[] = [];
  for (const table of tables) {
    const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${quoted(client, table)}`);
    described.push({ table: nameOf(table), columns: table.columns.map(({ name }) => name), rows: Number(rows[0]?.rows) });
  }
  const counters: BackedUpSequence[] = [];
  for (const sequence of sequences) {
    const { rows } = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value, is_called from ${quoted(client, sequence)}`,
    );
    counters.push({ sequence: nameOf(sequence), lastValue: rows[0]?.last_value ?? '1', isCalled: rows[0]?.is_called ?? false });
  }
  const { rows } = await client.query<{ server: string }>(`select current_setting('server_version') as server`);
  return {
    format: FORMAT,
    version: FORMAT_VERSION,
    takenAt: takenAt.toISOString(),
    server: rows[0]?.server ?? '',
    migrations: readMigrations().map(({ name, hash }) => ({ name, hash })),
    tables: described,
    sequences: counters,
    partitions: await listPartitions(client),
  };
}
