/**
 * Charging requests per second, the engine alone, each durably committed before it is answered, beside pgbench
 * simple-update on the same server in the same run. A checkpoint falls in the middle of each window.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { applyOperator } from '#domain/catalog';
import { createChargingEngine, type EngineOptions, reconcileChargingOfAll } from '#domain/charging';
import { addLine, findNumber } from '#domain/lines';
import { payOrder, placeOrder, quoteOrder } from '#domain/orders';
import { assert, present } from '#platform/assert';
import { createLog } from '#platform/log';
import { migrate, programConnection } from '#platform/migrate';
import { findPostgres, startPostgres } from '#platform/postgres';
import { isRefusal } from '#platform/refusals';
import { buildHouse, type House } from '../house/index.ts';
import { benchProvider } from './bench-provider.ts';
import { copyLines } from './copy-lines.ts';
import { type Latencies, pace, saturate } from './load.ts';
import { findPgbench, runPgbench } from './pgbench.ts';
import { type Plays, playSessions } from './play-sessions.ts';
import { processorUse, useBetween } from './processor-use.ts';
import { checkpoint, settingsOf, walPosition, withClient } from './server-figures.ts';

export type ChargeBench = {
  readonly requests_per_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly p999_ms: number;
  readonly max_ms: number;
  readonly half_load: { readonly per_s: number; readonly p50_ms: number; readonly p99_ms: number };
  readonly simple_update_tps: number | null;
  readonly ratio_to_simple_update: number | null;
  readonly simple_update: string;
  /** Afterwards every allowance is what requests and sessions say. */
  readonly conserved: boolean;
  readonly lines: number;
  readonly wal_bytes_a_request: number;
  readonly node_us_a_request: number;
  readonly postgres_us_a_request: number | null;
  readonly settings: Readonly<Record<string, string>>;
};

export type ChargeBenchOptions = {
  readonly home: string;
  readonly seconds: number;
  readonly clients: number;
  readonly lines: number;
  readonly engine?: EngineOptions;
  readonly print: (line: string) => void;
};

const OPERATOR_FILE = join(import.meta.dirname, '../demonstration/northwind.json');
const PGBENCH_SECONDS = 20;

export async function benchCharge(options: ChargeBenchOptions): Promise<ChargeBench> {
  const { home, seconds, clients, print } = options;
  const postgres = await startPostgres({ home, mode: 'safe', log: print });
  try {
    await migrate(postgres.connection);
    const { connection } = await programConnection(postgres.connection);
    const log = createLog(2, 'error');
    const house = await buildHouse({
      connection,
      connectionsMax: 8,
      publicUrl: 'http://localhost',
      provider: benchProvider,
      senders: {},
      log,
    });
    try {
      const plays = await prepare(house, postgres.connection, options);
      const engine = createChargingEngine(house.tools, async () => house.catalog.latest(), log, options.engine);
      const one = () => plays.next(engine.charge);
      print('Sessions begin.');
      await openSessions(plays, one, clients, options.lines);
      await checkpoint(postgres.connection);
      const server = present(findPostgres(home), 'the server we started is found').pid;
      const walBefore = await walPosition(postgres.connection);
      const before = processorUse(server);
      print(`Charging for ${seconds} s with ${clients} at once.`);
      const inside = setTimeout(() => void checkpoint(postgres.connection), seconds * 500);
      const full = await saturate(one, { clients, seconds });
      clearTimeout(inside);
      const use = useBetween(before, processorUse(server));
      const walBytes = Number((await walPosition(postgres.connection)) - walBefore);
      print(`Charging for ${seconds} s at half of ${full.perSecond}/s.`);
      const half = await pace(one, { perSecond: full.perSecond / 2, seconds, clients });
      await engine.close();
      const conserved = (await reconcileChargingOfAll(house.tools.database)).length === 0;
      const yardstick = await measureYardstick(postgres.connection, home, print);
      return report(options, { full, half, yardstick, use, walBytes, conserved, settings: await settingsOf(postgres.connection) });
    } finally {
      await house.close();
    }
  } finally {
    await postgres.stop();
  }
}

/** One line by the use cases, on a plan with data; all others as it is. */
async function prepare(house: House, server: pg.ClientConfig, { lines, print }: ChargeBenchOptions): Promise<Plays> {
  const { database } = house.tools;
  const applied = await applyOperator(house.tools, JSON.parse(readFileSync(OPERATOR_FILE, 'utf8')), {
    actor: 'job:bench',
    reason: 'bench',
  });
  assert(!isRefusal(applied), 'the bench has a catalogue');
  await house.catalog.refresh();
  const number = '+12065000001';
  await database.transaction(async (tx) => {
    const added = await addLine(house.tools, tx, house.catalog.latest(), { number, market: 'US', taxRegion: '98101', plan: 'month-5gb' });
    assert(!isRefusal(added), `the bench adds ${number}`);
  });
  const line = await findNumber(database, number);
  assert(!isRefusal(line), 'an added line is found');
  await renew(house, line);
  print(`Making ${lines} lines as it.`);
  return playSessions(await withClient(server, (client) => copyLines(client, line, lines)));
}

async function renew(house: House, line: Parameters<typeof quoteOrder>[2]['line']): Promise<void> {
  const asker = { kind: 'operator', name: 'bench' } as const;
  const quote = await quoteOrder(house.orders, asker, { line, items: [{ kind: 'renew' }] });
  assert(!isRefusal(quote), 'a renewal is quoted');
  const acceptedTerms = quote.content.termsVersion;
  const way = { kind: 'page', saveMethod: false } as const;
  const placed = await placeOrder(house.orders, asker, { quote, key: `${quote.quoteId}`, way, acceptedTerms, language: 'en' });
  assert(!isRefusal(placed), 'a renewal is placed');
  const { order } = await payOrder(house.orders, placed);
  assert(order.state === 'applied', 'a paid renewal takes effect');
}

/** Until nearly all that shall be open are: from then on the mix is what it stays. */
async function openSessions(plays: Plays, one: () => Promise<void>, clients: number, lines: number): Promise<void> {
  const wanted = Math.floor((lines / 10) * 0.8);
  const run = async () => {
    while (plays.open < wanted) await one();
  };
  await Promise.all(Array.from({ length: clients }, run));
}

async function measureYardstick(server: pg.ClientConfig, home: string, print: (line: string) => void) {
  const found = findPgbench(join(home, 'pgbench'));
  if ('missing' in found) return { tps: null, command: found.missing };
  print(`Running pgbench for ${PGBENCH_SECONDS} s.`);
  return runPgbench(found, server, { mode: 'simple-update', seconds: PGBENCH_SECONDS, checkpointInside: true });
}

type Measured = {
  readonly full: Latencies;
  readonly half: Latencies;
  readonly yardstick: { tps: number | null; command: string };
  readonly use: { nodeMs: number; postgresMs: number | null };
  readonly walBytes: number;
  readonly conserved: boolean;
  readonly settings: Record<string, string>;
};

function report({ lines }: ChargeBenchOptions, { full, half, yardstick, use, walBytes, conserved, settings }: Measured): ChargeBench {
  // The first tenth is not counted as a figure, and is spent all the same.
  const requests = full.count / 0.9;
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    requests_per_s: full.perSecond,
    ...{ p50_ms: full.p50Ms, p99_ms: full.p99Ms, p999_ms: full.p999Ms, max_ms: full.maxMs },
    half_load: { per_s: half.perSecond, p50_ms: half.p50Ms, p99_ms: half.p99Ms },
    simple_update_tps: yardstick.tps,
    ratio_to_simple_update: yardstick.tps === null ? null : round(full.perSecond / yardstick.tps),
    simple_update: yardstick.command,
    conserved,
    lines,
    wal_bytes_a_request: Math.round(walBytes / requests),
    node_us_a_request: round((use.nodeMs * 1000) / requests),
    postgres_us_a_request: use.postgresMs === null ? null : round((use.postgresMs * 1000) / requests),
    settings,
  };
}
