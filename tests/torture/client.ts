/**
 * A customer's side: asks any living node, now and then goes away before the answer, repeats what was not answered under
 * the same key (at once, much later, or never), and writes down what it saw.
 */

import { present } from '#platform/assert';
import { type Random, seededRandom } from '#platform/random';
import { payOnPage, TEST_CARDS } from '#simulators/payment-provider';
import type { Ask } from './asks.ts';
import type { History, Outcome } from './history.ts';
import { sendAsk } from './send-ask.ts';
import type { Fault, World } from './start-world.ts';

export type Client = {
  readonly random: Random;
  /** Once, to whichever node. */
  once<Value>(ask: Ask, order?: string): Promise<Outcome<Value>>;
  /** What can be asked again freely (a quote, a look): until it is answered. */
  surely<Value>(ask: Ask, order?: string): Promise<Outcome<Value>>;
  /** What moves money: repeated or not, as people and apps do. */
  insist<Value>(ask: Ask, order: string): Promise<Outcome<Value>>;
  /** The provider's page, with a card by its name. */
  visit(order: string, page: string, card: string): Promise<void>;
  pause(msMax: number): Promise<void>;
};

/** Not answered, and to be asked again: when so many renewals have begun, or when all is over. */
export type Later = { readonly from: number; readonly ask: Ask; readonly order: string };

export type ClientWiring = {
  readonly world: World;
  readonly history: History;
  readonly later: Later[];
  /** How many renewals have begun. */
  readonly begun: () => number;
  /** One request in so many is cut; 0: none. */
  cutOneIn: number;
  readonly seed: number;
};

const SURELY_TRIES = 200;
const AFTERWARDS = Number.POSITIVE_INFINITY;

export function createClient(wiring: ClientWiring, no: number): Client {
  const { world, history, later } = wiring;
  const random = seededRandom(wiring.seed * 7919 + no);
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const client: Client = {
    random,
    async once<Value>(ask: Ask, order: string | undefined) {
      for (;;) {
        const door = world.nodes.door(random);
        const at = world.now();
        const startedMs = performance.now();
        const cut = wiring.cutOneIn > 0 && random.below(wiring.cutOneIn) === 0 ? random.below(25) : undefined;
        const sent: Outcome<Value> =
          door === undefined ? { outcome: 'unknown', why: 'not_sent', cause: 'no node' } : await sendAsk<Value>(door, ask, cut);
        if (sent.outcome === 'unknown' && sent.why === 'not_sent') await wait(20);
        else {
          history.write({
            kind: 'ask',
            client: no,
            at,
            endedAt: world.now(),
            tookMs: Math.round(performance.now() - startedMs),
            ask,
            order: order ?? null,
            ...sent,
          });
          return sent;
        }
      }
    },
    async surely<Value>(ask: Ask, order: string | undefined) {
      let sent = await client.once<Value>(ask, order);
      for (let tries = 1; sent.outcome === 'unknown' && tries < SURELY_TRIES; tries += 1) {
        await wait(50 + random.below(300));
        sent = await client.once<Value>(ask, order);
      }
      return sent;
    },
    async insist<Value>(ask: Ask, order: string) {
      for (;;) {
        const sent = await client.once<Value>(ask, order);
        if (sent.outcome !== 'unknown') return sent;
        const mood = random.below(100);
        if (mood < 55) await wait(random.below(400));
        else {
          if (mood < 75) later.push({ from: wiring.begun() + 20 + random.below(400), ask, order });
          else if (mood < 88) later.push({ from: AFTERWARDS, ask, order });
          return sent;
        }
      }
    },
    async visit(order, page, card) {
      const at = world.now();
      const number = present(TEST_CARDS.find((one) => one.name === card)?.number, `there is a test card ${card}`);
      const { status } = await payOnPage(page, { card: number, bank: 'approve' });
      history.write({ kind: 'visit', client: no, at, order, card, status });
    },
    pause: (msMax) => wait(random.below(msMax)),
  };
  return client;
}

const CALLS = [
  'POST /v1/checkout/sessions',
  'POST /v1/payment_intents',
  'POST /v1/refunds',
  'POST /v1/customers',
  'GET /v1/checkout/sessions',
  'GET /v1/payment_intents',
  'GET /v1/refunds',
];
const KINDS = ['error_500_before', 'error_500', 'lost_before', 'lost', 'slow', 'rate_limit', 'refused', 'garbage'] as const;

/** A handful of the provider's next answers go wrong. */
export function chooseFaults(random: Random): readonly Fault[] {
  return Array.from({ length: 1 + random.below(4) }, () => ({
    on: CALLS[random.below(CALLS.length)] ?? '',
    kind: KINDS[random.below(KINDS.length)] ?? 'lost',
    times: 1 + random.below(2),
  }));
}
