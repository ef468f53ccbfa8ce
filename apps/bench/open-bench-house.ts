/** What every bench of a house begins with: a server of its own, the schema, the house as it runs, the demonstration's catalogue. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { applyOperator } from '#domain/catalog';
import { assert, present } from '#platform/assert';
import { createLog, type Log } from '#platform/log';
import { migrate, programConnection } from '#platform/migrate';
import { findPostgres, startPostgres } from '#platform/postgres';
import { isRefusal } from '#platform/refusals';
import { buildHouse, type House } from '../house/index.ts';
import { benchProvider } from './bench-provider.ts';

export type BenchHouse = {
  readonly house: House;
  /** As the program connects. */
  readonly connection: pg.ClientConfig;
  /** As its superuser: for figures, checkpoints and the yardstick. */
  readonly server: pg.ClientConfig;
  readonly serverPid: number;
  readonly log: Log;
};

const OPERATOR_FILE = join(import.meta.dirname, '../demonstration/northwind.json');

/** Opens it for the length of `work`, and closes it also when that fails. */
export async function withBenchHouse<T>(
  { home, connectionsMax, print }: { home: string; connectionsMax: number; print: (line: string) => void },
  work: (opened: BenchHouse) => Promise<T>,
): Promise<T> {
  const postgres = await startPostgres({ home, mode: 'safe', log: print });
  try {
    await migrate(postgres.connection);
    const { connection } = await programConnection(postgres.connection);
    const log = createLog(2, 'error');
    const house = await buildHouse({
      connection,
      connectionsMax,
      publicUrl: 'http://localhost',
      provider: benchProvider,
      senders: {},
      log,
    });
    try {
      const by = { actor: 'job:bench', reason: 'bench' };
      assert(
        !isRefusal(await applyOperator(house.tools, JSON.parse(readFileSync(OPERATOR_FILE, 'utf8')), by)),
        'the bench has a catalogue',
      );
      await house.catalog.refresh();
      const serverPid = present(findPostgres(home), 'the server we started is found').pid;
      return await work({ house, connection, server: postgres.connection, serverPid, log });
    } finally {
      await house.close();
    }
  } finally {
    await postgres.stop();
  }
}
