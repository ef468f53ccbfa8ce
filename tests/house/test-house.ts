/**
 * A whole house for a test: a database of its own with the demonstration's catalogue, the payment simulator behind a real
 * socket, Stripe's own SDK in between. Time stands still until it is moved; nothing happens by itself: webhooks are sent
 * when `deliverWebhooks` says so, the janitor and the relay run when they are called.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStripeProvider } from '#adapters/stripe';
import type { Asker } from '#domain/access';
import { applyOperator, type Catalog, loadCatalog } from '#domain/catalog';
import { sweepExpiredHolds } from '#domain/ledger';
import { runDueLines } from '#domain/lines';
import { applyEvent, isNoticeEvent } from '#domain/notices';
import { completeEvent, deliverOrder, type LookedAfter, lookAfterOrders, type OrderKey, type OrdersHouse } from '#domain/orders';
import type { PaymentProvider } from '#domain/payments';
import { assert } from '#platform/assert';
import { applyWaiting, type Consumer } from '#platform/outbox';
import { isRefusal } from '#platform/refusals';
import { type PaymentSimulator, startPaymentSimulator } from '#simulators/payment-provider';
import { type TestDatabase, type TestDatabaseOptions, testDatabase } from '#tests/database';
import { openWebhookDoor } from './webhook-door.ts';

type Context = { after(end: () => Promise<void>): void };

export type TestHouse = TestDatabase & {
  /** What use cases of orders take. */
  readonly house: OrdersHouse;
  readonly catalog: Catalog;
  readonly provider: PaymentProvider;
  readonly simulator: PaymentSimulator;
};

export type HouseOptions = TestDatabaseOptions & {
  /** Stands before the real provider: to lose its answers, or to count its calls. */
  readonly wrapProvider?: (provider: PaymentProvider) => PaymentProvider;
};

export const OPERATOR: Asker = { kind: 'operator', name: 'test' };
export const GUEST: Asker = { kind: 'guest', source: '192.0.2.1' };

const NORTHWIND = join(import.meta.dirname, '../../apps/demonstration/northwind.json');

/** Milliseconds of real time: what the simulator does slowly is quick here, and still slower than what it does at once. */
const TIMES = {
  lostMs: 1,
  slowMs: 30,
  webhookDelayMs: 60_000,
  lateWebhookMs: 60_000,
  refundMs: 60_000,
  disputeMs: 60_000,
  webhookRetriesMs: [],
};

export async function testHouse(t: Context, options: HouseOptions = {}): Promise<TestHouse> {
  const { wrapProvider = (provider) => provider, ...databaseOptions } = options;
  const tested = await testDatabase(t, databaseOptions);
  const { tools, clock } = tested;
  const applied = await applyOperator(tools, JSON.parse(readFileSync(NORTHWIND, 'utf8')), { actor: 'test', reason: 'test' });
  assert(!isRefusal(applied), 'the demonstration operator can be applied');
  const catalog = await loadCatalog(tested.database);
  const simulator = await startPaymentSimulator({ now: () => clock.transport(), times: TIMES });
  t.after(() => simulator.close());
  const provider = wrapProvider(providerAt(simulator));
  const house = { ...tools, ...housed(provider), catalog: () => catalog };
  return { ...tested, house, catalog, provider, simulator };
}

/** Stripe's adapter, calling the simulator. */
export function providerAt(simulator: Pick<PaymentSimulator, 'key' | 'webhookSecret' | 'port'>): PaymentProvider {
  const { key: secretKey, webhookSecret, port } = simulator;
  return createStripeProvider({ secretKey, webhookSecrets: [webhookSecret], host: '127.0.0.1', port, protocol: 'http', timeoutMs: 20_000 });
}

export function housed(provider: PaymentProvider): Pick<OrdersHouse, 'providers' | 'providerCode' | 'orderUrl'> {
  return {
    providers: { [provider.code]: provider },
    providerCode: provider.code,
    orderUrl: (link) => `https://northwind.example/o/${link}`,
  };
}

/** Who applies the outbox's events: delivery and notices, as in production. */
export function consumersOf(house: OrdersHouse): Consumer[] {
  const delivery: Consumer = {
    name: 'delivery',
    kinds: ['orders.applied'],
    async apply(tx, { slot, accountId, payload }) {
      const { orderId } = payload as Pick<OrderKey, 'orderId'>;
      await deliverOrder(house, tx, { slot, accountId, orderId });
    },
  };
  const notices: Consumer = {
    name: 'notices',
    kinds: 'all',
    async apply(tx, event) {
      const shown = {
        catalog: house.catalog(),
        publicUrl: 'https://northwind.example',
        linePath: (number: string) => `/?number=${number}`,
        securityPath: '/security',
      };
      if (isNoticeEvent(event)) await applyEvent(house, tx, await completeEvent(tx, event), shown);
    },
  };
  return [delivery, notices];
}

/** Applies everything the outbox holds. */
export async function drainOutbox({ house }: Pick<TestHouse, 'house'>): Promise<void> {
  while ((await applyWaiting(house, consumersOf(house))) > 0);
}

/** One round of what runs on transport time: payments, refunds, unpaid orders, holds. */
export async function runJanitor({ house }: Pick<TestHouse, 'house'>): Promise<LookedAfter> {
  const lookedAfter = await lookAfterOrders(house);
  await sweepExpiredHolds(house.database, house.clock.transport(), house.clock.business());
  return lookedAfter;
}

/** What falls due by business time. */
export async function runDue({ house }: Pick<TestHouse, 'house'>): Promise<void> {
  await runDueLines(house, house.catalog());
}

/** Hands every waiting webhook, in its card's manner, to a door that does what production's does; gives what the door answered. */
export async function deliverWebhooks(testHouse: TestHouse): Promise<readonly number[]> {
  const door = await openWebhookDoor(testHouse);
  testHouse.simulator.setWebhookUrl(door.url);
  try {
    await testHouse.simulator.deliverAll();
  } finally {
    testHouse.simulator.setWebhookUrl(undefined);
    await door.close();
  }
  return door.answers;
}
