/** Everything a run needs: a durable PostgreSQL in a folder of its own, lines that have bought something, nodes that serve them. */
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { applyOperator } from '#domain/catalog';
import { savePeer } from '#domain/charging';
import { assert } from '#platform/assert';
import { createLog } from '#platform/log';
import { migrate, programConnection } from '#platform/migrate';
import { isRefusal } from '#platform/refusals';
import { benchProvider } from '../../apps/bench/bench-provider.ts';
import { buildHouse, type House } from '../../apps/house/index.ts';
import { openRunFolder } from '../torture/run-folder.ts';
import { NORTHWIND } from '../torture/start-world.ts';
import { type SupervisedPostgres, supervisePostgres } from '../torture/supervise-postgres.ts';
import { CORES } from './drive-cores.ts';
import { openLines, type TorturedLine } from './open-lines.ts';
import type { ChargingTortureOptions } from './options.ts';
import { type ChargingNodes, superviseChargingNodes } from './supervise-nodes.ts';

export type ChargingWorld = {
  readonly folder: string;
  readonly postgres: SupervisedPostgres;
  readonly nodes: ChargingNodes;
  readonly lines: readonly TorturedLine[];
  /** In the program's role. */
  readonly connection: pg.ClientConfig;
  stop(keep: boolean): Promise<void>;
};

const PREFIX = 'everline-charging-torture-';
const BY = { actor: 'test', reason: 'torture' };

export async function startWorld(
  { lines: count, nodes: nodeCount, seed }: ChargingTortureOptions,
  print: (line: string) => void,
): Promise<ChargingWorld> {
  const run = await openRunFolder(PREFIX);
  const folder = run.path;
  const postgres = await supervisePostgres(run.home, print);
  await migrate(postgres.connection);
  const { connection } = await programConnection(postgres.connection);
  const lines = await withHouse(connection, async (house) => {
    const applied = await applyOperator(house.tools, JSON.parse(readFileSync(NORTHWIND, 'utf8')), BY);
    assert(!isRefusal(applied), 'the demonstration operator can be applied');
    await house.catalog.refresh();
    for (const peer of CORES) {
      const terms = { addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false, requestsMax: 2_000 };
      assert(!isRefusal(await savePeer(house.tools, { ...peer, ...terms }, BY)), 'the cores are let in');
    }
    return openLines(house, count);
  });
  const nodes = await superviseChargingNodes({ connection, count: nodeCount, seed, folder });
  return {
    ...{ folder, postgres, nodes, lines, connection },
    async stop(keep) {
      await nodes.stop();
      await postgres.stop();
      run.end(keep);
    },
  };
}

/** A house in this process, for before and after. */
export async function withHouse<T>(connection: pg.ClientConfig, work: (house: House) => Promise<T>): Promise<T> {
  const log = createLog(2, 'error');
  const house = await buildHouse({
    ...{ connection, connectionsMax: 8, publicUrl: 'http://everline.example', provider: benchProvider, senders: {}, log },
  });
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
