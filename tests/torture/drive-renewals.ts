/** The load: customers at once, each order begun in its turn, while somebody does harm at the points of the plan. */

import { money } from '#domain/money';
import type { ItemRequest } from '#domain/orders';
import { present } from '#platform/assert';
import { type Random, seededRandom } from '#platform/random';
import { buySomething } from './buy-something.ts';
import { type Client, type ClientWiring, chooseFaults, type Later } from './client.ts';
import type { Customer } from './open-lines.ts';
import { type Harm, planHarm, type TortureOptions } from './options.ts';
import type { World } from './start-world.ts';
import { killAndRecover, type Recovery } from './watch-recovery.ts';

export type Drive = { readonly movedMs: number; readonly recoveries: readonly Recovery[] };

export type Progress = { begun: number; orders: number };

/** Begins `options.renewals` renewals; resolves when every client has had its last answer and all harm is done. */
export async function driveRenewals(
  wiring: ClientWiring & { readonly progress: Progress; readonly world: World },
  {
    clients,
    customers,
    options,
    print,
  }: { clients: readonly Client[]; customers: readonly Customer[]; options: TortureOptions; print: (line: string) => void },
): Promise<Drive> {
  const { progress, later, world } = wiring;
  const plan = [...planHarm(options)];
  let isOver = false;
  let movedMs = 0;
  const recoveries: Recovery[] = [];
  const harming = (async () => {
    const random = seededRandom(options.seed + 17);
    while (!isOver || plan.some((harm) => harm.at <= progress.begun)) {
      const [next] = plan;
      if (next === undefined || next.at > progress.begun) await wait(10);
      else {
        const recovery = await doHarm(world, next, random, customers);
        if (recovery !== undefined) recoveries.push(recovery);
        plan.shift();
        if (next.kind === 'move_time') movedMs += next.byMs;
      }
    }
  })();
  const telling = setInterval(() => print(progressLine(world, progress, options)), 10_000);
  /** The load waits for harm that is overdue: what is done to an idle house proves nothing. */
  const inStep = async () => {
    while ((plan[2]?.at ?? Number.POSITIVE_INFINITY) <= progress.begun) await wait(20);
  };
  await Promise.all(
    clients.map(async (client) => {
      while (progress.begun < options.renewals) {
        await inStep();
        const items = chooseItems(client.random);
        if (items[0]?.kind === 'renew') progress.begun += 1;
        progress.orders += 1;
        await buySomething(client, chooseCustomer(client.random, customers), items);
        for (const one of takeDue(later, progress.begun)) await client.insist(one.ask, one.order);
      }
    }),
  );
  isOver = true;
  await harming;
  clearInterval(telling);
  return { movedMs, recoveries };
}

async function doHarm(world: World, harm: Harm, random: Random, customers: readonly Customer[]): Promise<Recovery | undefined> {
  const { nodes, simulator } = world;
  await wait(random.below(150));
  switch (harm.kind) {
    case 'kill_nodes':
      // Those that were killed just before must be there to be killed again.
      await nodes.whole();
      nodes.kill(random, harm.count);
      return undefined;
    case 'kill_postgres':
      return killAndRecover(world, harm.downMs, chooseCustomer(random, customers).number);
    case 'move_time':
      await world.moveTime(harm.byMs);
      return undefined;
    case 'provider_faults':
      await simulator.setFaults(chooseFaults(random));
      return undefined;
  }
}

function chooseItems(random: Random): readonly ItemRequest[] {
  const mood = random.below(100);
  if (mood < 80) return [{ kind: 'renew' }];
  if (mood < 85) return [{ kind: 'renew' }, { kind: 'pack', product: 'pack-1gb' }];
  if (mood < 91) return [{ kind: 'pack', product: random.below(2) === 0 ? 'pack-5gb' : 'pack-unlimited-7d' }];
  return [{ kind: 'top_up', amount: money('USD', 2_500n + 500n * BigInt(random.below(30))) }];
}

/** A tenth of the customers make a third of the orders, so that two often meet on one account. */
function chooseCustomer(random: Random, customers: readonly Customer[]): Customer {
  const few = Math.max(1, Math.floor(customers.length / 10));
  return present(customers[random.below(random.below(3) === 0 ? few : customers.length)], 'there are customers');
}

function takeDue(later: Later[], begun: number): Later[] {
  const due = later.filter((one) => one.from <= begun);
  for (const one of due) later.splice(later.indexOf(one), 1);
  return due;
}

function progressLine({ nodes, postgres, now }: World, { begun }: Progress, { renewals }: TortureOptions): string {
  const { kills, commitsCut } = nodes.counts();
  return `${begun} of ${renewals} renewals; nodes killed ${kills}, PostgreSQL ${postgres.kills()}, commits cut ${commitsCut}; it is ${now().toISOString().slice(0, 16)} there`;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
