/**
 * Renewals per second: quote, place with a saved method, settle and deliver, each committed, beside pgbench tpcb-like on
 * the same server in the same run. Lines are made by the use cases, not by inserting rows.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { applyOperator } from '#domain/catalog';
import { addLine, findNumber, type NumberClaim } from '#domain/lines';
import { deliverOrder, payOrder, placeOrder, quoteOrder } from '#domain/orders';
import { listSavedMethods } from '#domain/payments';
import { addMember, addPerson } from '#domain/people';
import { assert, present } from '#platform/assert';
import { createLog } from '#platform/log';
import { migrate, programConnection } from '#platform/migrate';
import { findPostgres, startPostgres } from '#platform/postgres';
import { isRefusal } from '#platform/refusals';
import { buildHouse, type House } from '../house/index.ts';
import { benchProvider } from './bench-provider.ts';
import { type Latencies, pace, saturate } from './load.ts';
import { findPgbench, runPgbench } from './pgbench.ts';
import { type ProcessorUse, processorUse, useBetween } from './processor-use.ts';
import { checkpoint, settingsOf, walPosition } from './server-figures.ts';

export type RenewBench = {
  readonly renewals_per_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly half_load: { readonly per_s: number; readonly p50_ms: number; readonly p99_ms: number };
  readonly tpcb_tps: number | null;
  readonly ratio_to_tpcb: number | null;
  readonly tpcb: string;
  readonly wal_bytes_a_renewal: number;
  /** Processor time, at saturation; the server's is null where there is no /proc. */
  readonly node_ms_a_renewal: number;
  readonly postgres_ms_a_renewal: number | null;
  readonly settings: Readonly<Record<string, string>>;
};

export type BenchOptions = {
  readonly home: string;
  readonly seconds: number;
  readonly clients: number;
  readonly lines: number;
  readonly print: (line: string) => void;
};

const OPERATOR_FILE = join(import.meta.dirname, '../demonstration/northwind.json');
const PGBENCH_SECONDS = 20;

export async function benchRenew(options: BenchOptions): Promise<RenewBench> {
  const { home, seconds, clients, print } = options;
  const postgres = await startPostgres({ home, mode: 'safe', log: print });
  try {
    await migrate(postgres.connection);
    const { connection } = await programConnection(postgres.connection);
    const log = createLog(2, 'error');
    const house = await buildHouse({
      connection,
      connectionsMax: clients,
      publicUrl: 'http://localhost',
      provider: benchProvider,
      senders: {},
      log,
    });
    try {
      const customers = await prepare(house, options);
      const renewOne = renewer(house, customers);
      await checkpoint(postgres.connection);
      const server = present(findPostgres(home), 'the server we started is found').pid;
      const walBefore = await walPosition(postgres.connection);
      const before = processorUse(server);
      print(`Renewing for ${seconds} s with ${clients} at once.`);
      const full = await saturate(renewOne, { clients, seconds });
      const use = useBetween(before, processorUse(server));
      const walBytes = (await walPosition(postgres.connection)) - walBefore;
      print(`Renewing for ${seconds} s at half of ${full.perSecond}/s.`);
      const half = await pace(renewOne, { perSecond: full.perSecond / 2, seconds, clients });
      const yardstick = await measureYardstick(postgres.connection, home, print);
      return report(full, half, yardstick, { use, walBytes: Number(walBytes) }, await settingsOf(postgres.connection));
    } finally {
      await house.close();
    }
  } finally {
    await postgres.stop();
  }
}

type Customer = { readonly personId: bigint; readonly line: NumberClaim; readonly savedMethodId: bigint };

async function prepare(house: House, { lines, print, clients }: BenchOptions): Promise<Customer[]> {
  const applied = await applyOperator(house.tools, JSON.parse(readFileSync(OPERATOR_FILE, 'utf8')), {
    actor: 'job:bench',
    reason: 'bench',
  });
  assert(!isRefusal(applied), 'the bench has a catalogue');
  await house.catalog.refresh();
  print(`Making ${lines} lines with a saved method each.`);
  const numbers = Array.from({ length: lines }, (_, index) => `+1206${5_000_000 + index}`);
  const customers: Customer[] = [];
  const make = async () => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) customers.push(await addCustomer(house, number));
  };
  await Promise.all(Array.from({ length: clients }, make));
  return customers;
}

async function addCustomer(house: House, number: string): Promise<Customer> {
  const { database } = house.tools;
  const personId = await addPerson(house.tools, database, { name: null, language: 'en', email: null, number });
  await database.transaction(async (tx) => {
    const added = await addLine(house.tools, tx, house.catalog.latest(), { number, market: 'US', taxRegion: '98101', plan: 'month-5gb' });
    assert(!isRefusal(added), `the bench adds ${number}`);
    await addMember(tx, { ...added, personId, role: 'owner', at: house.tools.clock.business() });
  });
  const line = await findNumber(database, number);
  assert(!isRefusal(line), 'an added line is found');
  await buy(house, { personId, line }, { kind: 'page', saveMethod: true });
  const [saved] = await listSavedMethods(database, personId);
  assert(saved !== undefined, 'the first payment saved its method');
  return { personId, line, savedMethodId: saved.savedMethodId };
}

/** Each client renews lines of its own in turn, so that no two meet on one account: what is measured is the house, not a queue. */
function renewer(house: House, customers: readonly Customer[]): (client: number) => Promise<void> {
  let next = 0;
  return async () => {
    const customer = customers[next++ % customers.length];
    assert(customer !== undefined, 'there are customers');
    await buy(house, customer, { kind: 'saved', savedMethodId: customer.savedMethodId });
  };
}

async function buy(
  house: House,
  { personId, line }: Pick<Customer, 'personId' | 'line'>,
  way: Parameters<typeof placeOrder>[2]['way'],
): Promise<void> {
  const asker = { kind: 'person', personId, source: 'bench' } as const;
  const quote = await quoteOrder(house.orders, asker, { line, items: [{ kind: 'renew' }] });
  assert(!isRefusal(quote), 'a renewal is quoted');
  const placed = await placeOrder(house.orders, asker, {
    quote,
    key: `${quote.quoteId}`,
    way,
    acceptedTerms: quote.content.termsVersion,
    language: 'en',
  });
  assert(!isRefusal(placed), 'a renewal is placed');
  const { order } = await payOrder(house.orders, placed);
  assert(order.state === 'applied', 'a paid renewal takes effect');
  await deliverOrder(house.tools, house.tools.database, order);
}

async function measureYardstick(server: pg.ClientConfig, home: string, print: (line: string) => void) {
  const found = findPgbench(join(home, 'pgbench'));
  if ('missing' in found) return { tps: null, command: found.missing };
  print(`Running pgbench for ${PGBENCH_SECONDS} s.`);
  return runPgbench(found, server, { mode: 'tpcb-like', seconds: PGBENCH_SECONDS });
}

function report(
  full: Latencies,
  half: Latencies,
  yardstick: { tps: number | null; command: string },
  spent: { use: ProcessorUse; walBytes: number },
  settings: Record<string, string>,
): RenewBench {
  // The first tenth is not counted as a figure, and is spent all the same.
  const each = (total: number) => total / (full.count / 0.9);
  const { nodeMs, postgresMs } = spent.use;
  return {
    renewals_per_s: full.perSecond,
    p50_ms: full.p50Ms,
    p99_ms: full.p99Ms,
    half_load: { per_s: half.perSecond, p50_ms: half.p50Ms, p99_ms: half.p99Ms },
    tpcb_tps: yardstick.tps,
    ratio_to_tpcb: yardstick.tps === null ? null : Math.round((full.perSecond / yardstick.tps) * 1000) / 1000,
    tpcb: yardstick.command,
    wal_bytes_a_renewal: Math.round(each(spent.walBytes)),
    node_ms_a_renewal: Math.round(each(nodeMs) * 100) / 100,
    postgres_ms_a_renewal: postgresMs === null ? null : Math.round(each(postgresMs) * 100) / 100,
    settings,
  };
}
