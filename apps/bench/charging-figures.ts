/** What is told of a load of charging requests, the same for the engine alone and for a whole door. */
import type { LoadMeasured } from './measure-load.ts';
import type { Yardstick } from './pgbench.ts';

export type ChargingFigures = {
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
  readonly wal_bytes_a_request: number;
  /** Processor time of this process, and of the database's. */
  readonly node_us_a_request: number;
  readonly postgres_us_a_request: number | null;
  readonly settings: Readonly<Record<string, string>>;
};

export function chargingFigures(
  { full, half, each }: LoadMeasured,
  yardstick: Yardstick,
  conserved: boolean,
): Omit<ChargingFigures, 'settings'> {
  return {
    requests_per_s: full.perSecond,
    ...{ p50_ms: full.p50Ms, p99_ms: full.p99Ms, p999_ms: full.p999Ms, max_ms: full.maxMs },
    half_load: { per_s: half.perSecond, p50_ms: half.p50Ms, p99_ms: half.p99Ms },
    simple_update_tps: yardstick.tps,
    ratio_to_simple_update: yardstick.tps === null ? null : round(full.perSecond / yardstick.tps),
    simple_update: yardstick.command,
    conserved,
    wal_bytes_a_request: each.walBytes,
    node_us_a_request: round(each.nodeMs * 1000),
    postgres_us_a_request: each.postgresMs === null ? null : round(each.postgresMs * 1000),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
