/** One run from the first line to the verdict: open, load and harm, heal, compare. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '#platform/random';
import { type ClientWiring, createClient, type Later } from './client.ts';
import { driveRenewals, type Progress } from './drive-renewals.ts';
import { type Healed, heal } from './heal.ts';
import { openHistory, readHistory } from './history.ts';
import { judgeAnswers } from './judge-answers.ts';
import { type Evidence, judgeBooks, type Parts } from './judge-books.ts';
import { openCustomers } from './open-lines.ts';
import type { TortureOptions } from './options.ts';
import { readBooks } from './read-books.ts';
import { NORTHWIND, startWorld, type World } from './start-world.ts';
import type { NodeCounts } from './supervise-nodes.ts';
import type { JobFigures } from './watch-jobs.ts';
import { judgeRecoveries, type Recovery } from './watch-recovery.ts';

export type TortureResult = {
  /** What is wrong, in words; none in a run that proves something. */
  readonly wrong: readonly string[];
  readonly evidence: Evidence;
  readonly healed: Healed;
  readonly nodes: NodeCounts;
  readonly recoveries: readonly Recovery[];
  readonly jobs: JobFigures;
  readonly renewals: number;
  readonly webhooks: number;
  readonly movedMs: number;
  readonly seconds: { readonly opening: number; readonly driving: number; readonly healing: number; readonly judging: number };
};

/** One request in so many is cut by its client. */
const CLIENT_CUTS_ONE_IN = 25;

export async function runTorture(options: TortureOptions, print: (line: string) => void): Promise<TortureResult> {
  const world = await startWorld(options, seededRandom(options.seed), print);
  let isClean = false;
  try {
    const result = await torture(world, options, print);
    isClean = result.wrong.length === 0;
    return result;
  } finally {
    await world.stop(!isClean);
    if (!isClean) print(`Logs, history and database are kept in ${world.folder}.`);
  }
}

async function torture(world: World, options: TortureOptions, print: (line: string) => void): Promise<TortureResult> {
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
  const lap = stopwatch();
  const customers = await openCustomers(clients, options.lines);
  const opening = lap();
  print(`${options.lines} lines opened in ${opening} s; now they renew.`);
  wiring.cutOneIn = CLIENT_CUTS_ONE_IN;
  world.nodes.cutCommits(options.cutOneIn);
  const { movedMs, recoveries } = await driveRenewals(wiring, { clients, customers, options, print });
  const driving = lap();
  print(`${progress.begun} renewals among ${progress.orders} orders in ${driving} s; now all harm ends.`);
  wiring.cutOneIn = 0;
  const healed = await heal(world, { clients, later, isPatient: options.isPatient, print });
  const healing = lap();
  print(`Healed in ${healing} s, ${healed.hours} hours there; now the books are compared.`);
  history.close();
  const evidence = {
    entries: readHistory(file),
    books: await readBooks(world.postgres.connection),
    outside: await world.simulator.state(),
  };
  const stuck = Object.entries(healed.open).map(([what, count]) => `stuck: ${count} ${what}`);
  const jobs = world.jobs.figures();
  const wrong = [
    ...judgeBooks(evidence, countParts),
    ...judgeAnswers(evidence.entries),
    ...judgeRecoveries(recoveries, jobs.longestHeldMs),
    ...stuck,
    ...world.nodes.diedByThemselves,
    ...world.postgres.complaints(),
  ];
  const seconds = { opening, driving, healing, judging: lap() };
  return {
    wrong,
    evidence,
    healed,
    nodes: world.nodes.counts(),
    recoveries,
    jobs,
    renewals: progress.begun,
    webhooks: world.webhooks(),
    movedMs,
    seconds,
  };
}

function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const seconds = Math.round((performance.now() - since) / 100) / 10;
    since = performance.now();
    return seconds;
  };
}

type File = { readonly markets: readonly { readonly code: string; readonly plans: readonly Sold[]; readonly packs: readonly Sold[] }[] };
type Sold = {
  readonly code: string;
  readonly whenUsedUp?: string;
  readonly parts: readonly { readonly service: string; readonly quantity: string }[];
};

/** From the operator's own file: one a part, and one for what flows on, throttled, when the data is used up. */
export const countParts: Parts = (product) => {
  const { markets } = JSON.parse(readFileSync(NORTHWIND, 'utf8')) as File;
  const [market] = markets.filter(({ code }) => code === 'US');
  const sold = [...(market?.plans ?? []), ...(market?.packs ?? [])].find(({ code }) => code === product);
  const flowsOn =
    sold?.whenUsedUp?.startsWith('throttle') && sold.parts.some(({ service, quantity }) => service === 'data' && quantity !== 'unlimited');
  return (sold?.parts.length ?? 0) + (flowsOn ? 1 : 0);
};
