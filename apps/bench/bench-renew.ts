/**
 * Renewals per second: quote, place with a saved method, settle and deliver, each committed, beside pgbench tpcb-like on
 * the same server in the same run. Lines are made by the use cases, not by inserting rows.
 */
import { assert } from '#platform/assert';
import type { House } from '../house/index.ts';
import { addCustomer, type Customer, payQuote, reviewRenewal } from './customers.ts';
import { loadOf } from './load.ts';
import { type LoadMeasured, measureLoad } from './measure-load.ts';
import { withBenchHouse } from './open-bench-house.ts';
import { measureYardstick } from './pgbench.ts';
import { settingsOf } from './server-figures.ts';

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

export async function benchRenew(options: BenchOptions): Promise<RenewBench> {
  const { home, seconds, clients, print } = options;
  return withBenchHouse({ home, connectionsMax: clients, print }, async (opened) => {
    const renewOne = renewer(opened.house, await prepare(opened.house, options));
    const measured = await measureLoad(opened, loadOf(renewOne), { seconds, clients, print, what: 'Renewing' });
    const yardstick = await measureYardstick(opened.server, { home, print, mode: 'tpcb-like' });
    return report(measured, yardstick, await settingsOf(opened.server));
  });
}

async function prepare(house: House, { lines, print, clients }: BenchOptions): Promise<Customer[]> {
  print(`Making ${lines} lines with a saved method each.`);
  const numbers = Array.from({ length: lines }, (_, index) => `+1206${5_000_000 + index}`);
  const customers: Customer[] = [];
  const make = async () => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) customers.push(await addCustomer(house, number));
  };
  await Promise.all(Array.from({ length: clients }, make));
  return customers;
}

/** Each client renews lines of its own in turn, so that no two meet on one account: what is measured is the house, not a queue. */
function renewer(house: House, customers: readonly Customer[]): () => Promise<void> {
  let next = 0;
  return async () => {
    const customer = customers[next++ % customers.length];
    assert(customer !== undefined, 'there are customers');
    const way = { kind: 'saved', savedMethodId: customer.savedMethodId } as const;
    await payQuote(house, customer, await reviewRenewal(house, customer), way);
  };
}

function report(
  { full, half, each }: LoadMeasured,
  yardstick: { tps: number | null; command: string },
  settings: Record<string, string>,
): RenewBench {
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    renewals_per_s: full.perSecond,
    p50_ms: full.p50Ms,
    p99_ms: full.p99Ms,
    half_load: { per_s: half.perSecond, p50_ms: half.p50Ms, p99_ms: half.p99Ms },
    tpcb_tps: yardstick.tps,
    ratio_to_tpcb: yardstick.tps === null ? null : Math.round((full.perSecond / yardstick.tps) * 1000) / 1000,
    tpcb: yardstick.command,
    wal_bytes_a_renewal: each.walBytes,
    node_ms_a_renewal: round(each.nodeMs),
    postgres_ms_a_renewal: each.postgresMs === null ? null : round(each.postgresMs),
    settings,
  };
}
