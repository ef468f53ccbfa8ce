/** What a run is asked for, and the plan of harm that its seed makes of it. */
import { seededRandom } from '#platform/random';

export type ChargingTortureOptions = {
  /** What the cores send, their repeats included. */
  readonly requests: number;
  readonly lines: number;
  readonly nodes: number;
  readonly nodeKills: number;
  readonly postgresKills: number;
  /** Packet cores that fall over and come back in a later life (G7). */
  readonly coreCrashes: number;
  /** One commit in so many is cut from its answer. */
  readonly cutOneIn: number;
  readonly seed: number;
  /** The longest that PostgreSQL stays away. */
  readonly downMsMax: number;
  /** Answered requests that are asked once more when all harm has ended. */
  readonly askedAgain: number;
};

export const FULL: ChargingTortureOptions = {
  requests: 200_000,
  lines: 300,
  nodes: 2,
  nodeKills: 25,
  postgresKills: 10,
  coreCrashes: 8,
  cutOneIn: 400,
  seed: 1,
  downMsMax: 6_000,
  askedAgain: 2_000,
};

/** What `npm test` runs. */
export const SHORT: ChargingTortureOptions = {
  ...FULL,
  requests: 4_000,
  lines: 40,
  nodeKills: 2,
  postgresKills: 1,
  coreCrashes: 1,
  cutOneIn: 60,
  downMsMax: 700,
  askedAgain: 200,
};

/** What goes wrong when so many requests were sent. */
export type Harm = { readonly at: number } & (
  | { readonly kind: 'kill_nodes'; readonly count: number }
  | { readonly kind: 'kill_postgres'; readonly downMs: number }
  | { readonly kind: 'crash_core'; readonly core: number }
);

export function planHarm({ requests, seed, nodes, nodeKills, postgresKills, coreCrashes, downMsMax }: ChargingTortureOptions): Harm[] {
  const random = seededRandom(seed);
  const somewhere = () => Math.floor(requests * (0.03 + 0.92 * (random.below(10_000) / 10_000)));
  const plan: Harm[] = [];
  for (let killed = 0; killed < nodeKills; ) {
    // Sometimes all of them at once: nobody is left who knows anything but the database.
    const count = Math.min(nodeKills - killed, random.below(6) === 0 ? nodes : 1);
    plan.push({ at: somewhere(), kind: 'kill_nodes', count });
    killed += count;
  }
  // One in five stays away for longer than a request waits.
  for (let killed = 0; killed < postgresKills; killed += 1)
    plan.push({ at: somewhere(), kind: 'kill_postgres', downMs: killed % 5 === 2 ? downMsMax : random.below(Math.min(700, downMsMax)) });
  for (let crashed = 0; crashed < coreCrashes; crashed += 1) plan.push({ at: somewhere(), kind: 'crash_core', core: crashed % 2 });
  return plan.toSorted((left, right) => left.at - right.at);
}
