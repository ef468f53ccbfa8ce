/**
 * No more harm: what was put off is asked again, some of it the next day, time goes on, and everything must come to an end
 * within 48 hours by the janitor, the relay and the webhooks alone.
 */
import pg from 'pg';
import type { Client, Later } from './client.ts';
import type { World } from './start-world.ts';

export type Healed = { readonly settled: boolean; readonly hours: number; readonly open: OpenThings; readonly askedAgain: number };

/** Counts of what is not at its end. */
export type OpenThings = Readonly<Record<string, number>>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEPS_MS = [
  61_000,
  5 * MINUTE_MS,
  26 * MINUTE_MS,
  16 * MINUTE_MS,
  20 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  15 * HOUR_MS,
  12 * HOUR_MS,
  11 * HOUR_MS,
];
/** After this step, the app that was killed after paying is opened again the next day. */
const NEXT_DAY_STEP = 7;
/** Of the machine's time: how long what is due at one instant may take to be done. */
const DUE_MS_MAX = 120_000;

export async function heal(
  world: World,
  { clients, later, isPatient, print }: { clients: readonly Client[]; later: Later[]; isPatient: boolean; print: (line: string) => void },
): Promise<Healed> {
  world.nodes.cutCommits(0);
  await world.simulator.setFaults([]);
  await world.nodes.whole();
  const waiting = later.splice(0);
  const nextDay = waiting.filter((_, index) => index % 3 === 0);
  const [client] = clients;
  const askAgain = async (asks: readonly Later[]) => {
    for (const { ask, order } of asks) await client?.surely(ask, order);
  };
  await askAgain(waiting.filter((one) => !nextDay.includes(one)));
  let passedMs = 0;
  let open: OpenThings = isPatient ? await settle(world) : { 'not looked yet': 1 };
  for (const [step, byMs] of STEPS_MS.entries()) {
    if (isNothing(open) && step > NEXT_DAY_STEP) break;
    await world.moveTime(byMs);
    passedMs += byMs;
    if (step === NEXT_DAY_STEP) await askAgain(nextDay);
    open = await settle(world);
    print(`${Math.round(passedMs / MINUTE_MS)} min on: ${JSON.stringify(open)}`);
  }
  return { settled: isNothing(open), hours: Math.round(passedMs / HOUR_MS), open, askedAgain: waiting.length };
}

/** Until nothing is due any more at this instant; gives what is open all the same. */
async function settle(world: World): Promise<OpenThings> {
  const client = new pg.Client(world.postgres.connection);
  await client.connect();
  try {
    const giveUpAt = Date.now() + DUE_MS_MAX;
    for (;;) {
      await world.simulator.deliverAll();
      const due = await countDue(client, world.now());
      if (due === 0 || Date.now() > giveUpAt) return await countOpen(client);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  } finally {
    await client.end();
  }
}

const DUE = `select (
  (select count(*) from payments.attempt where ask_at <= $1) + (select count(*) from payments.refund where ask_at <= $1)
  + (select count(*) from orders.order where look_at <= $1) + (select count(*) from ledger.hold where state = 'held' and expires_at <= $1)
  + (select count(*) from outbox.event where relayed_at is null)
  + (select count(*) from graphile_worker.jobs j where j.task_identifier = 'apply_event' and (j.run_at <= $2 or j.locked_at is not null))
  + (select count(*) from notices.delivery where state = 'waiting' and next_try_at <= $1 and due_at <= $1)
)::int as due`;

async function countDue(client: pg.Client, at: Date): Promise<number> {
  return (await client.query<{ due: number }>(DUE, [at, new Date()])).rows[0]?.due ?? 0;
}

const OPEN = `select 'orders placed' as what, count(*)::int as count from orders.order where state = 'placed'
  union all select 'orders applied and not delivered', count(*)::int from orders.order where state = 'applied'
  union all select 'orders being refunded', count(*)::int from orders.order where state = 'refunding'
  union all select 'attempts live', count(*)::int from payments.attempt where state in ('started', 'pending', 'unknown')
  union all select 'refunds not ended', count(*)::int from payments.refund where ended_at is null
  union all select 'refunds failed', count(*)::int from payments.refund where state = 'failed'
  union all select 'holds open', count(*)::int from ledger.hold where state = 'held'
  union all select 'events not relayed', count(*)::int from outbox.event where relayed_at is null
  union all select 'events not applied', count(*)::int from graphile_worker.jobs where task_identifier = 'apply_event'
  union all select 'notices not handed on', count(*)::int from notices.delivery where state = 'waiting' and due_at <= $1`;

async function countOpen(client: pg.Client): Promise<OpenThings> {
  const { rows } = await client.query<{ what: string; count: number }>(OPEN, [new Date()]);
  return Object.fromEntries(rows.filter((row) => row.count > 0).map((row) => [row.what, row.count]));
}

function isNothing(open: OpenThings): boolean {
  return Object.keys(open).length === 0;
}
