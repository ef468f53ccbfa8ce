/** What a charging request costs the processors over few lines and over many: what grows with the lines would show here. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ChargeBenchOptions, chargeLines } from './bench-charge.ts';
import { withBenchHouse } from './open-bench-house.ts';

export type ScaleBench = {
  /** Processor time of a request, this process's and the database's, over a million lines, against ten thousand. */
  readonly cost_ratio_1m_to_10k: number | null;
  readonly few: ScaleFigures;
  readonly many: ScaleFigures;
};
type ScaleFigures = {
  readonly lines: number;
  readonly requests_per_s: number;
  readonly node_us_a_request: number;
  readonly postgres_us_a_request: number | null;
  readonly wal_bytes_a_request: number;
  readonly conserved: boolean;
};

const FEW = 10_000;

export async function benchScale(options: ChargeBenchOptions): Promise<ScaleBench> {
  const few = await figuresOver(FEW, options);
  const many = await figuresOver(options.lines, options);
  const costOf = ({ node_us_a_request: node, postgres_us_a_request: postgres }: ScaleFigures) =>
    postgres === null ? null : node + postgres;
  const [one, other] = [costOf(few), costOf(many)];
  return { cost_ratio_1m_to_10k: one === null || other === null ? null : round(other / one), few, many };
}

/** On a server of its own each: the one is not to find the other's pages. */
async function figuresOver(lines: number, options: ChargeBenchOptions): Promise<ScaleFigures> {
  const home = join(options.home, `${lines}`);
  mkdirSync(home, { mode: 0o711 });
  return withBenchHouse({ home, connectionsMax: 8, print: options.print }, async (opened) => {
    const { measured, conserved } = await chargeLines(opened, { ...options, home, lines });
    const { full, each } = measured;
    return {
      lines,
      requests_per_s: full.perSecond,
      node_us_a_request: round(each.nodeMs * 1000),
      postgres_us_a_request: each.postgresMs === null ? null : round(each.postgresMs * 1000),
      wal_bytes_a_request: each.walBytes,
      conserved,
    };
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
