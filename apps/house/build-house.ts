/**
 * Puts the house together over one database: adapters built, use cases given what they need, consumers and jobs named.
 * Wiring only; a decision found here belongs into the domain.
 */
import type pg from 'pg';
import { forgetLookUps } from '#domain/access';
import { reconcileAllowances } from '#domain/allowances';
import { type CatalogCache, createCatalogCache } from '#domain/catalog';
import { createTeller, endSilentSessions, reconcileChargingOfAll, reconcileSharesOfAll, tellNodes } from '#domain/charging';
import { findUnreconciled, rollUpHouse, sweepExpiredHolds } from '#domain/ledger';
import { nextLineDue, runDueLines } from '#domain/lines';
import { applyEvent, isNoticeEvent, type NoticeHouse, nextNoticeDue, type Senders, sendWaiting } from '#domain/notices';
import { completeEvent, deliverOrder, lookAfterOrders, type OperatorNews, type OrderKey, type OrdersHouse } from '#domain/orders';
import { listPaymentTroubles, type PaymentProvider } from '#domain/payments';
import { forgetSpent } from '#domain/people';
import { tellPolicy } from '#domain/policy';
import { type DueSource, OffsetClock, syncClock } from '#platform/clock';
import { type ConnectionSource, createDatabase, createPool } from '#platform/database';
import { createIdMint, formatId, SLOT_COUNT } from '#platform/ids';
import type { Log } from '#platform/log';
import { applyOnce, applyWaiting, type Consumer, readJobPayload } from '#platform/outbox';
import { systemRandom } from '#platform/random';
import type { Tools } from '#platform/tools';

export type HouseOptions = {
  readonly connection: pg.ClientConfig;
  readonly connectionsMax: number;
  readonly publicUrl: string;
  readonly provider: PaymentProvider;
  readonly senders: Senders;
  readonly log: Log;
};

export type House = {
  readonly tools: Tools & { readonly clock: OffsetClock };
  readonly source: ConnectionSource;
  readonly catalog: CatalogCache;
  readonly orders: OrdersHouse;
  readonly notices: () => NoticeHouse;
  readonly senders: Senders;
  readonly publicUrl: string;
  readonly log: Log;
  /** All that is due by business time, until nothing is; and the source a moving clock stops by. */
  readonly due: DueSource;
  close(): Promise<void>;
};

/** Reads the catalogue and the clock's offset before it gives the house. */
export async function buildHouse(options: HouseOptions): Promise<House> {
  const { publicUrl, provider, senders, log } = options;
  const source = createPool({
    connection: options.connection,
    connectionsMax: options.connectionsMax,
    onIdleError: (error) => log.warn({ cause: error.message }, 'a database connection ended'),
  });
  const clock = new OffsetClock();
  const database = createDatabase(source);
  const tools = { database, clock, mintId: createIdMint(() => clock.transport().getTime(), systemRandom.below(4096)) };
  const catalog = createCatalogCache(tools);
  await Promise.all([syncClock(database, clock), catalog.refresh()]);
  const orders: OrdersHouse = {
    ...tools,
    catalog: () => catalog.latest(),
    providers: { [provider.code]: provider },
    providerCode: provider.code,
    orderUrl: (link) => `${publicUrl}/o/${link}`,
    tookEffect: createTeller(database, (error) => log.warn({ err: error }, 'the network is told by the outbox alone')),
  };
  const notices = () => ({
    catalog: catalog.latest(),
    publicUrl,
    linePath: (number: string) => `/?number=${encodeURIComponent(number)}`,
    securityPath: '/security',
  });
  const house = { tools, source, catalog, orders, notices, senders, publicUrl, log, close: () => source.close() };
  return { ...house, due: dueSource(house) };
}

type Wired = Omit<House, 'due'>;

/** After these a line may stand otherwise, and nobody has told the network yet (`orders.applied` does). */
const CHANGES_OF_STANDING = [
  ...['lines.exhausted', 'lines.plan_started', 'lines.expired', 'lines.suspended', 'lines.parked', 'lines.lost'],
  'orders.refunded',
];

/** Who consumes which events of the outbox. */
export function consumersOf(house: Pick<House, 'tools' | 'notices' | 'log'>): Consumer[] {
  return [
    {
      name: 'delivery',
      kinds: ['orders.applied'],
      apply: async (tx, event) => {
        const { orderId } = event.payload as Pick<OrderKey, 'orderId'>;
        await deliverOrder(house.tools, tx, { slot: event.slot, accountId: event.accountId, orderId });
        await tellNodes(tx, [event]);
      },
    },
    {
      name: 'policy',
      kinds: CHANGES_OF_STANDING,
      apply: (tx, event) => tellPolicy(tx, [event]),
    },
    {
      name: 'notices',
      kinds: 'all',
      apply: async (tx, event) => {
        if (isNoticeEvent(event)) await applyEvent(house.tools, tx, await completeEvent(tx, event), house.notices());
      },
    },
    {
      name: 'operator',
      kinds: ['orders.refund_failed', 'orders.disputed'],
      async apply(_, { kind, payload }) {
        const { orderId, ...facts } = payload as OperatorNews[keyof OperatorNews];
        house.log.warn({ kind, order: formatId('ord', orderId), ...facts }, 'an order needs somebody: see everline order troubles');
      },
    },
  ];
}

/** Applies and sends what waits in this process, without jobs: what seeding, a moving clock and the command line use. */
export async function drainOutbox(house: Pick<House, 'tools' | 'notices' | 'senders' | 'log'>): Promise<void> {
  const consumers = consumersOf(house);
  while ((await applyWaiting(house.tools, consumers)) > 0);
  for (let more = true; more; ) {
    const { sent, kept } = await sendWaiting(house.tools, house.senders);
    more = sent + kept > 0;
  }
}

/** Applies one relayed event for one consumer: the `apply_event` job. */
export async function applyJob(house: Pick<House, 'tools'>, consumers: readonly Consumer[], payload: unknown): Promise<void> {
  const job = readJobPayload(payload);
  const consumer = consumers.find((one) => one.name === job.consumer);
  if (consumer !== undefined) await applyOnce(house.tools, consumer, job);
}

function dueSource(house: Wired): DueSource {
  const { database, clock } = house.tools;
  return {
    async nextDue(until) {
      const [line, notice] = await Promise.all([nextLineDue(database, until), nextNoticeDue(database, clock.business())]);
      const times = [line, notice].filter((at) => at !== undefined && at <= until).map((at) => (at as Date).getTime());
      return times.length === 0 ? undefined : new Date(Math.min(...times));
    },
    async runDue() {
      await runDueLines(house.tools, await house.catalog.current());
      await drainOutbox(house);
    },
  };
}

/** Of each kind, in one line of the log. */
const TROUBLES_TOLD = 20;

/**
 * Reconciliation (L4, L6, L8, SIM-4): running rows against their postings, and the house's sums brought up to date. What differs is
 * told loudly and mended by people, never silently.
 */
export async function reconcile(house: House): Promise<void> {
  const { database } = house.tools;
  await rollUpHouse(database);
  const accounts = await findUnreconciled(database);
  for (const account of accounts) house.log.error({ account }, 'an account differs from its postings');
  for (let slot = 0; slot < SLOT_COUNT; slot += 1)
    for (const allowance of await reconcileAllowances(database, { slot }))
      house.log.error({ allowance }, 'an allowance differs from its postings');
  for (const share of await reconcileSharesOfAll(database)) house.log.error({ share }, 'a share differs from what its line used and holds');
  const troubles = await listPaymentTroubles(database, house.tools.clock.transport(), TROUBLES_TOLD);
  if (troubles.length > 0) {
    const orders = troubles.map(({ kind, orderId }) => `${kind} ${formatId('ord', orderId)}`);
    house.log.warn({ orders }, 'orders need somebody: see everline order troubles');
  }
}

/**
 * The same for charging (G2, G3): what requests posted and open sessions hold, against what allowances say. A round of its own, once a day:
 * it reads every request that is kept, 400 days of them, where the others read what is there now.
 */
export async function reconcileCharging({ tools, log }: Pick<House, 'tools' | 'log'>): Promise<void> {
  for (const allowance of await reconcileChargingOfAll(tools.database))
    log.error({ allowance }, 'an allowance differs from what requests posted and sessions hold');
}

/** The janitor's round, on transport time: payments, refunds, unpaid orders, holds, budgets. */
export async function runJanitor(house: House): Promise<void> {
  await house.catalog.current();
  await lookAfterOrders(house.orders);
  await endSilentSessions(house.tools);
  await sweepExpiredHolds(house.tools.database, house.tools.clock.transport(), house.tools.clock.business());
  await forgetLookUps(house.tools);
  await forgetSpent(house.tools);
}
