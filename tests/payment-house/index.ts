/**
 * What the tests of payments stand on: a migrated database, the simulator on a socket, the real SDK between them, and what
 * arrives at our webhook address. Nothing of ours is mocked; the clock stands still until it is moved.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStripeProvider } from '#adapters/stripe';
import { type Money, money } from '#domain/money';
import {
  type Attempt,
  type AttemptMethod,
  askOutcome,
  claimEvent,
  findAttempt,
  lockAttempt,
  openIntent,
  type PageContext,
  type Providers,
  recordOutcome,
  type StartAttemptRefusal,
  sendAttempt,
  startAttempt,
  verifyEvent,
} from '#domain/payments';
import { present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { isRefusal } from '#platform/refusals';
import { type PaymentSimulator, type SimulatorOptions, startPaymentSimulator } from '#simulators/payment-provider';
import { type TestDatabase, testDatabase } from '#tests/database';

export const CONTEXT: PageContext = {
  returnUrl: 'http://shop.example/order/1?paid',
  cancelUrl: 'http://shop.example/order/1',
  description: 'Monthly 5 GB',
  language: 'en',
  items: [],
};

export type Arrived = { readonly body: Buffer; readonly headers: IncomingHttpHeaders };
type Start = { readonly method?: AttemptMethod; readonly key?: string; readonly supersede?: boolean };

export type PaymentHouse = TestDatabase & {
  readonly simulator: PaymentSimulator;
  readonly providers: Providers;
  readonly troubles: string[];
  /** Webhooks in the order they arrived, answered 200 and not acted upon. */
  readonly arrived: Arrived[];
  newOrder(order?: { amount?: Money; personId?: bigint | null }): Promise<TestOrder>;
  ask(attempt: Attempt): Promise<Attempt>;
  /** What a webhook does to us: verified, its attempt looked up and recorded, claimed in the same transaction. */
  handle(webhook: Arrived): Promise<'done' | 'again' | 'nothing' | string>;
};

export type TestOrder = {
  readonly orderId: bigint;
  start(start?: Start): Promise<Attempt | StartAttemptRefusal>;
  /** Starts an attempt and sends it. */
  pay(start?: Start): Promise<Attempt>;
};

export const BY_PAGE: AttemptMethod = { kind: 'page', provider: 'stripe', saveMethod: false };

export async function paymentHouse(
  t: { after(end: () => Promise<void>): void },
  options: { readonly times?: SimulatorOptions['times']; readonly timeoutMs?: number } = {},
): Promise<PaymentHouse> {
  const base = await testDatabase(t);
  const { clock, database, tools } = base;
  const arrived: Arrived[] = [];
  const listener = await listen(arrived);
  const times = {
    webhookDelayMs: 0,
    webhookRetriesMs: [],
    slowMs: 400,
    lostMs: 5_000,
    refundMs: 600_000,
    disputeMs: 600_000,
    lateWebhookMs: 600_000,
  };
  const simulator = await startPaymentSimulator({
    now: () => clock.transport(),
    webhookUrl: listener.url,
    times: { ...times, ...options.times },
  });
  t.after(async () => {
    await simulator.close();
    await listener.close();
  });
  const troubles: string[] = [];
  const provider = createStripeProvider({
    secretKey: simulator.key,
    webhookSecrets: [simulator.webhookSecret],
    ...{ host: '127.0.0.1', port: simulator.port, protocol: 'http', timeoutMs: options.timeoutMs ?? 2_000 },
    onTrouble: (cause) => troubles.push(cause),
  });
  const providers: Providers = { stripe: provider };
  const recordIn = async (tx: Transaction, attempt: Attempt, outcome: Awaited<ReturnType<typeof askOutcome>>) => {
    const was = await lockAttempt(tx, attempt);
    return recordOutcome(tools, tx, { was, outcome, transportAt: clock.transport() });
  };
  const record = async (attempt: Attempt, outcome: Awaited<ReturnType<typeof askOutcome>>) =>
    database.transaction((tx) => recordIn(tx, attempt, outcome));

  return {
    ...{ ...base, simulator, providers, troubles, arrived },
    async newOrder({ amount = money('USD', 1631n), personId = null } = {}) {
      const accountId = tools.mintId(17);
      const orderId = tools.mintId(17);
      const start = (asked: Start = {}) =>
        database.transaction(async (tx) => {
          const transportAt = clock.transport();
          const intent = await openIntent(tools, tx, { slot: 17, accountId, orderId, personId, amount, transportAt });
          const { method = BY_PAGE, key = 'one', supersede } = asked;
          return startAttempt(tools, tx, { intent, method, key, supersede, transportAt });
        });
      const pay = async (asked?: Start) => {
        const attempt = await start(asked);
        if (isRefusal(attempt)) throw new Error(`refused: ${attempt.code}`);
        return record(attempt, await sendAttempt(providers, attempt, CONTEXT, clock.transport()));
      };
      return { orderId, start, pay };
    },
    ask: async (attempt) => record(attempt, await askOutcome(providers, attempt, clock.transport())),
    async handle({ body, headers }) {
      const flat = { 'stripe-signature': String(headers['stripe-signature'] ?? '') };
      const event = verifyEvent(provider, body, flat, clock.transport());
      if (isRefusal(event)) return event.code;
      const attempt = await findAttempt(database, event);
      if (attempt === undefined || event.kind !== 'payment') return 'nothing';
      const outcome = await askOutcome(providers, attempt, clock.transport());
      return database.transaction(async (tx) => {
        const { slot, accountId } = attempt;
        const transportAt = clock.transport();
        const isFirst = await claimEvent(tx, { provider: event.provider, eventId: event.eventId, slot, accountId, transportAt });
        if (!isFirst) return 'again';
        await recordIn(tx, attempt, outcome);
        return 'done';
      });
    },
  };
}

/** The page a customer is sent to. */
export function pageOf(attempt: Attempt): string {
  return present(attempt.pageUrl ?? attempt.authenticationUrl, 'an attempt that waits for its customer has a page');
}

async function listen(arrived: Arrived[]): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      arrived.push({ body: Buffer.concat(chunks), headers: incoming.headers });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/stripe`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
