/**
 * Charging requests per second, the engine alone, each durably committed before it is answered, beside pgbench
 * simple-update on the same server in the same run. A checkpoint falls in the middle
 * of either's window at saturation.
 */
import { createChargingEngine } from '#domain/charging';
import { type ChargingFigures, chargingFigures } from './charging-figures.ts';
import { loadOf } from './load.ts';
import { type LoadMeasured, measureLoad } from './measure-load.ts';
import { type BenchHouse, withBenchHouse } from './open-bench-house.ts';
import { measureYardstick } from './pgbench.ts';
import { openSessions, playSessions } from './play-sessions.ts';
import { isConserved, prepareLines } from './prepare-lines.ts';
import { settingsOf } from './server-figures.ts';

export type ChargeBench = ChargingFigures & { readonly lines: number };

export type ChargeBenchOptions = {
  readonly home: string;
  readonly seconds: number;
  readonly clients: number;
  readonly lines: number;
  readonly print: (line: string) => void;
};

export async function benchCharge(options: ChargeBenchOptions): Promise<ChargeBench> {
  const { home, print } = options;
  // The engine has four batches under way, and charges alone what they leave.
  return withBenchHouse({ home, connectionsMax: 8, print }, async (opened) => {
    const { server } = opened;
    const { measured, conserved } = await chargeLines(opened, options);
    const yardstick = await measureYardstick(server, { home, print, mode: 'simple-update', checkpointInside: true });
    return { ...chargingFigures(measured, yardstick, conserved), lines: options.lines, settings: await settingsOf(server) };
  });
}

/** The mix of requests over so many lines, the engine alone. */
export async function chargeLines(
  opened: BenchHouse,
  options: ChargeBenchOptions,
): Promise<{ measured: LoadMeasured; conserved: boolean }> {
  const { seconds, clients, print } = options;
  const { house, log } = opened;
  const plays = playSessions(await prepareLines(opened, options));
  const engine = createChargingEngine(house.tools, async () => house.catalog.latest(), log);
  const one = () => plays.next(engine.charge);
  print('Sessions begin.');
  await openSessions(plays, one, clients);
  const measured = await measureLoad(opened, loadOf(one), { seconds, clients, print, what: 'Charging', checkpointInside: true });
  await engine.close();
  return { measured, conserved: await isConserved(opened, plays.used) };
}
