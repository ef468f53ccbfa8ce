/** Everything a run needs, in processes of its own, in a temporary folder: database, provider, nodes; and the time they share. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { applyOperator } from '#domain/catalog';
import { assert } from '#platform/assert';
import { createDatabase, createPool } from '#platform/database';
import { createIdMint } from '#platform/ids';
import { migrate, programConnection } from '#platform/migrate';
import type { Random } from '#platform/random';
import { isRefusal } from '#platform/refusals';
import type { PaymentSimulator } from '#simulators/payment-provider';
import { forwardWebhooks } from './forward-webhooks.ts';
import type { TortureOptions } from './options.ts';
import { openRunFolder } from './run-folder.ts';
import type { FromSimulator, ToSimulator } from './simulator.ts';
import { startChild } from './start-child.ts';
import { type Nodes, superviseNodes } from './supervise-nodes.ts';
import { type SupervisedPostgres, supervisePostgres } from './supervise-postgres.ts';
import { type JobWatch, watchJobs } from './watch-jobs.ts';

export type World = {
  readonly folder: string;
  readonly postgres: SupervisedPostgres;
  readonly nodes: Nodes;
  readonly jobs: JobWatch;
  readonly simulator: {
    state(): Promise<SimulatorState>;
    setFaults(faults: readonly Fault[]): Promise<void>;
    /** Sends and finishes all that waits. */
    deliverAll(): Promise<void>;
  };
  readonly webhooks: () => number;
  /** Transport time, as nodes and provider have it. */
  now(): Date;
  moveTime(byMs: number): Promise<void>;
  /** `keep`: the folder stays, for who looks into it. */
  stop(keep: boolean): Promise<void>;
};

export type SimulatorState = ReturnType<PaymentSimulator['state']>;
export type Fault = Parameters<PaymentSimulator['setFaults']>[0][number];

const PREFIX = 'everline-torture-';
export const NORTHWIND = join(import.meta.dirname, '../../apps/demonstration/northwind.json');

export async function startWorld(options: TortureOptions, random: Random, print: (line: string) => void): Promise<World> {
  const run = await openRunFolder(PREFIX);
  const folder = run.path;
  const postgres = await supervisePostgres(run.home, print);
  await migrate(postgres.connection);
  const { connection } = await programConnection(postgres.connection);
  await applyCatalogue(connection);
  let nodes: Nodes | undefined;
  const forwarder = await forwardWebhooks(() => nodes?.door(random));
  const outside = startChild<FromSimulator>(
    'simulator.ts',
    { folder: join(folder, 'provider'), webhookUrl: forwarder.url },
    join(folder, 'provider.log'),
  );
  const { url, ...access } = await outside.next((message) => (message.told === 'ready' ? message : undefined));
  nodes = await superviseNodes({ connection, simulator: access, seed: options.seed, count: options.nodes, folder });
  const living = nodes;
  const jobs = watchJobs(postgres.connection);
  let aheadMs = 0;
  return {
    ...{ folder, postgres, nodes, jobs, webhooks: forwarder.count },
    simulator: {
      state: async () => (await ask(`${url}/_simulator/state?limit=-1`)) as SimulatorState,
      setFaults: async (faults) => void (await ask(`${url}/_simulator/faults`, faults)),
      deliverAll: async () => void (await ask(`${url}/_simulator/deliver`, {})),
    },
    now: () => new Date(Date.now() + aheadMs),
    moveTime: (byMs) =>
      living.moveTime(aheadMs + byMs, async () => {
        aheadMs += byMs;
        const moved = outside.next((message) => (message.told === 'moved' ? true : undefined));
        outside.process.send({ tell: 'time', aheadMs } satisfies ToSimulator);
        await moved;
      }),
    async stop(keep) {
      await living.stop();
      await jobs.stop();
      outside.process.kill('SIGTERM');
      await Promise.all([outside.ended, forwarder.close()]);
      await postgres.stop();
      run.end(keep);
    },
  };
}

async function ask(url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  assert(answer.ok, `the simulator answers ${url}, not ${answer.status}`);
  return answer.json();
}

async function applyCatalogue(connection: pg.ClientConfig): Promise<void> {
  const source = createPool({ connection, connectionsMax: 2, onIdleError: () => {} });
  const clock = { business: () => new Date(), transport: () => new Date() };
  const tools = { database: createDatabase(source), clock, mintId: createIdMint(Date.now, 0) };
  const applied = await applyOperator(tools, JSON.parse(readFileSync(NORTHWIND, 'utf8')), { actor: 'test', reason: 'torture' });
  assert(!isRefusal(applied), 'the demonstration operator can be applied');
  await source.close();
}
