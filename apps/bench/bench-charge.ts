/**
 * Charging requests per second, the engine alone, each durably committed before it is answered, beside pgbench
 * simple-update on the same server in the same run. A checkpoint falls in the middle
 * of either's window at saturation.
 */
import type pg from 'pg';
import { createChargingEngine, reconcileChargingOfAll } from '#domain/charging';
import { addLine, findNumber } from '#domain/lines';
import { payOrder, placeOrder, quoteOrder } from '#domain/orders';
import { assert } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import type { House } from '../house/index.ts';
import { copyLines } from './copy-lines.ts';
import { type LoadMeasured, measureLoad } from './measure-load.ts';
import { withBenchHouse } from './open-bench-house.ts';
import { measureYardstick } from './pgbench.ts';
import { type Plays, playSessions } from './play-sessions.ts';
import { settingsOf, withClient } from './server-figures.ts';

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
  /** Afterwards every allowance is what requests and sessions say, and they say what the sessions that were played used. */
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
  readonly print: (line: string) => void;
};

export async function benchCharge(options: ChargeBenchOptions): Promise<ChargeBench> {
  const { home, seconds, clients, print } = options;
  // The engine has two batches under way, and charges alone what they leave.
  return withBenchHouse({ home, connectionsMax: 8, print }, async (opened) => {
    const { house, server, log } = opened;
    const plays = await prepare(house, server, options);
    const engine = createChargingEngine(house.tools, async () => house.catalog.latest(), log);
    const one = () => plays.next(engine.charge);
    print('Sessions begin.');
    await openSessions(plays, one, clients, options.lines);
    const measured = await measureLoad(opened, one, { seconds, clients, print, what: 'Charging', checkpointInside: true });
    await engine.close();
    const conserved = (await reconcileChargingOfAll(house.tools.database)).length === 0 && (await usedIn(server)) === plays.used;
    const yardstick = await measureYardstick(server, { home, print, mode: 'simple-update', checkpointInside: true });
    return report(options, { measured, yardstick, conserved, settings: await settingsOf(server) });
  });
}

/** What all requests say was used. */
function usedIn(server: pg.ClientConfig): Promise<bigint> {
  return withClient(server, async (client) => {
    const { rows } = await client.query<{ used: string }>('select coalesce(sum(used), 0)::text as used from charging.request');
    return BigInt(rows[0]?.used ?? 0);
  });
}

/** One line by the use cases, on a plan with data; all others as it is. */
async function prepare(house: House, server: pg.ClientConfig, { lines, print }: ChargeBenchOptions): Promise<Plays> {
  const { database } = house.tools;
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

type Measured = {
  readonly measured: LoadMeasured;
  readonly yardstick: { tps: number | null; command: string };
  readonly conserved: boolean;
  readonly settings: Record<string, string>;
};

function report({ lines }: ChargeBenchOptions, { measured, yardstick, conserved, settings }: Measured): ChargeBench {
  const { full, half, each } = measured;
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
    wal_bytes_a_request: each.walBytes,
    node_us_a_request: round(each.nodeMs * 1000),
    postgres_us_a_request: each.postgresMs === null ? null : round(each.postgresMs * 1000),
    settings,
  };
}
