/** What a run is asked for, and the plan that its seed makes of it. */
import { type Random, seededRandom } from '#platform/random';

export type TortureOptions = {
  /** Orders that renew a line; packs and top-ups come on top. */
  readonly renewals: number;
  readonly lines: number;
  readonly nodes: number;
  /** Customers at once. */
  readonly clients: number;
  readonly nodeKills: number;
  readonly postgresKills: number;
  /** One commit in so many is cut from its answer. */
  readonly cutOneIn: number;
  readonly seed: number;
  /** The longest that PostgreSQL stays away. */
  readonly downMsMax: number;
  /** Waits in the machine's time for what the last that were killed had taken (a minute at most), before time is moved on. */
  readonly isPatient: boolean;
};

export const FULL: TortureOptions = {
  renewals: 10_000,
  lines: 300,
  nodes: 2,
  clients: 16,
  nodeKills: 30,
  postgresKills: 12,
  cutOneIn: 150,
  seed: 1,
  downMsMax: 15_000,
  isPatient: true,
};

/** What `npm test` runs. */
export const SHORT: TortureOptions = {
  ...FULL,
  renewals: 150,
  lines: 20,
  nodeKills: 2,
  postgresKills: 1,
  cutOneIn: 40,
  downMsMax: 1_000,
  isPatient: false,
};

/** What goes wrong, or moves on, when so many renewals have begun. */
export type Harm = { readonly at: number } & (
  | { readonly kind: 'kill_nodes'; readonly count: number }
  | { readonly kind: 'kill_postgres'; readonly downMs: number }
  | { readonly kind: 'move_time'; readonly byMs: number }
  | { readonly kind: 'provider_faults' }
);

const MINUTE_MS = 60_000;
/** Past each of the janitor's asks, a page's end, the provider's horizon, and once the life of its keys. */
const STEPS_MS = [61_000, 2 * MINUTE_MS, 5 * MINUTE_MS, 12 * MINUTE_MS, 33 * MINUTE_MS, 65 * MINUTE_MS];

export function planHarm(options: TortureOptions): readonly Harm[] {
  const random = seededRandom(options.seed);
  const { renewals, nodeKills, postgresKills, nodes, downMsMax } = options;
  const somewhere = () => Math.floor(renewals * (0.03 + 0.94 * (random.below(10_000) / 10_000)));
  const plan: Harm[] = [];
  for (let killed = 0; killed < nodeKills; ) {
    // Sometimes all of them at once: nobody is left who knows anything but the database.
    const count = Math.min(nodeKills - killed, random.below(6) === 0 ? nodes : 1);
    plan.push({ at: somewhere(), kind: 'kill_nodes', count });
    killed += count;
  }
  for (let killed = 0; killed < postgresKills; killed += 1)
    plan.push({ at: somewhere(), kind: 'kill_postgres', downMs: downtime(random, killed, downMsMax) });
  // Few enough that jobs of the dead are mostly freed by waiting, and not because time was moved on.
  const steps = Math.max(3, Math.floor(renewals / 900));
  for (let step = 0; step < steps; step += 1)
    plan.push({ at: somewhere(), kind: 'move_time', byMs: STEPS_MS[step % STEPS_MS.length] ?? MINUTE_MS });
  if (renewals >= 5_000) plan.push({ at: Math.floor(renewals / 2), kind: 'move_time', byMs: 25 * 60 * MINUTE_MS });
  for (let at = 20; at < renewals; at += 60) plan.push({ at, kind: 'provider_faults' });
  return plan.toSorted((left, right) => left.at - right.at);
}

/** One in five stays away for long: longer than any retry of ours. */
function downtime(random: Random, killed: number, msMax: number): number {
  return killed % 5 === 2 ? msMax : random.below(Math.min(700, msMax));
}
