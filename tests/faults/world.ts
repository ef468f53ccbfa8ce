/**
 * The world in which processes die: one database, one provider, one clock for many accounts, a fresh one for each death.
 * Business time stands; real time goes on, so that the janitor's rounds come due.
 */
import { type AccountKey, lockAccount, postTransaction } from '#domain/ledger';
import type { NumberClaim } from '#domain/lines';
import { money, negate } from '#domain/money';
import type { Order, OrdersHouse } from '#domain/orders';
import { MINUTE_MS } from '#platform/clock';
import { createDatabase, parseStatement } from '#platform/database';
import { BALANCE, balanceOf, buy, drainOutbox, housed, newLine, RENEW, runJanitor, stateOf, type TestHouse, testHouse } from '#tests/house';
import { mortalProvider, mortalSource, type Ports } from './ports.ts';

export type World = TestHouse;

export async function openWorld(t: { after(end: () => Promise<void>): void }): Promise<World> {
  return testHouse(t, { connectionsMax: 6 });
}

/** A process of its own over the same database and provider, mortal by `ports`. */
export function processIn(world: World, ports: Ports): OrdersHouse {
  const database = createDatabase(mortalSource(world.source, ports));
  return { ...world.house, database, ...housed(mortalProvider(world.provider, ports)) };
}

/** An active line with a month paid and `minor` on its balance, all from a boundary of the tests' own: no provider in it. */
export async function lineWith(world: World, minor: bigint): Promise<NumberClaim> {
  const line = await newLine(world);
  await credit(world, line, minor + 1500n);
  await buy(world, line, [RENEW], { way: BALANCE });
  await drainOutbox(world);
  return line;
}

/** Money from a boundary of the tests' own. */
export async function credit({ house }: World, key: AccountKey, minor: bigint): Promise<void> {
  await house.database.transaction(async (tx) => {
    const account = await lockAccount(tx, key);
    const at = house.clock.business();
    const amount = money('USD', minor);
    const legs = [
      { name: 'balance', amount },
      { name: 'boundary.test', amount: negate(amount) },
    ];
    postTransaction(tx, account, {
      transactionId: house.mintId(key.slot),
      kind: 'opening',
      reference: 'opening',
      legs,
      effectiveAt: at,
      recordedAt: at,
    });
  });
}

const readOpen = parseStatement(
  'faults.open',
  `select (select count(*) from orders.order where state in ('placed', 'refunding') or look_at is not null)
     + (select count(*) from payments.attempt where ask_at is not null) + (select count(*) from payments.refund where ask_at is not null)
     + (select count(*) from ledger.hold where state = 'held') + (select count(*) from outbox.event where relayed_at is null) as open`,
);

/** How far real time goes between the janitor's rounds: its own schedule, with the end of a page and of the provider's horizon. */
const ROUNDS_MINUTES = [1, 5, 40, 61, 61, 24 * 60, 24 * 60, 24 * 60];

/** What a restarted house does by itself, until nothing is open: the janitor, the outbox. */
export async function recover(world: World, house: OrdersHouse = world.house): Promise<void> {
  for (const minutes of ROUNDS_MINUTES) {
    world.clock.transportMs += minutes * MINUTE_MS;
    await runJanitor({ house });
    await drainOutbox({ house });
    const [row] = (await world.database.query(readOpen, {})) as { open: bigint }[];
    if (row?.open === 0n) return;
  }
}

const readOrders = parseStatement(
  'faults.orders',
  'select order_id, state, tender, reason from orders.order where slot = :slot and account_id = :account_id order by order_id',
);
const readKept = parseStatement(
  'faults.kept',
  `select coalesce(sum(captured_minor), 0)::bigint - coalesce((select sum(amount_minor) from payments.refund r
     where r.slot = :slot and r.account_id = :account_id and r.state = 'succeeded'), 0)::bigint as kept
   from payments.attempt where slot = :slot and account_id = :account_id`,
);

export type Standing = {
  readonly states: readonly string[];
  readonly paidUntil: string;
  readonly balance: bigint;
  readonly held: bigint;
  readonly kept: bigint;
};

/** How an account stands at the end: its orders after the first renewal, its line, its money, and what the provider keeps of it. */
export async function standingOf(world: World, line: NumberClaim): Promise<Standing> {
  const { slot, accountId } = line;
  const [orders, [kept], { line: now }, money] = await Promise.all([
    world.database.query(readOrders, { slot, accountId }) as Promise<Pick<Order, 'state'>[]>,
    world.database.query(readKept, { slot, accountId }) as Promise<{ kept: bigint }[]>,
    stateOf(world, line),
    balanceOf(world, line),
  ]);
  return {
    states: orders.slice(1).map((order) => order.state),
    paidUntil: now.paidUntil?.toISOString().slice(0, 10) ?? '',
    ...money,
    kept: kept?.kept ?? 0n,
  };
}
