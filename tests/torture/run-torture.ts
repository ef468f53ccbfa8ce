/** One run from the first line to the verdict: open, load and harm, heal, compare. */
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '#platform/random';
import { type ClientWiring, createClient, type Later } from './client.ts';
import { driveRenewals, type Progress } from './drive-renewals.ts';
import { type Healed, heal } from './heal.ts';
import { openHistory, readHistory } from './history.ts';
import { openCustomers } from './open-lines.ts';
import type { TortureOptions } from './options.ts';
import { startWorld } from './start-world.ts';

export async function runTorture(options: TortureOptions, print: (line: string) => void) {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 100) / 10;
  const world = await startWorld(options, seededRandom(options.seed), print);
  let keep = true;
  try {
    const file = join(world.folder, 'history.jsonl');
    const history = openHistory(file);
    const progress: Progress = { begun: 0, orders: 0 };
    const later: Later[] = [];
    const wiring: ClientWiring & { progress: Progress } = {
      world,
      history,
      later,
      begun: () => progress.begun,
      cutOneIn: 0,
      seed: options.seed,
      progress,
    };
    const clients = Array.from({ length: options.clients }, (_, no) => createClient(wiring, no));
    print(`Opening ${options.lines} lines.`);
    const customers = await openCustomers(clients, options.lines);
    print(`Opened after ${seconds()} s. Renewing.`);
    wiring.cutOneIn = 25;
    world.nodes.cutCommits(options.cutOneIn);
    const drive = await driveRenewals(wiring, { clients, customers, options, print });
    print(`Driven after ${seconds()} s. Healing.`);
    wiring.cutOneIn = 0;
    const healed: Healed = await heal(world, { clients, later, print });
    print(`Healed after ${seconds()} s.`);
    history.close();
    const entries = readHistory(file);
    const state = await world.simulator.state();
    print(
      JSON.stringify({
        drive,
        healed,
        entries: entries.length,
        counts: state.counts,
        nodes: world.nodes.counts(),
        pg: world.postgres.kills(),
        died: world.nodes.diedByThemselves,
        complaints: world.postgres.complaints(),
      }),
    );
    keep = world.nodes.diedByThemselves.length > 0;
    return { seconds: seconds(), machine: `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB` };
  } finally {
    await world.stop(keep);
    if (keep) print(`Kept: ${world.folder}`);
  }
}
