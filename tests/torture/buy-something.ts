/** What one customer does in one go: buys something in some way, and sometimes changes their mind, hurries or meddles. */

import { money } from '#domain/money';
import type { AnyWay, ItemRequest } from '#domain/orders';
import type { OrderAnswer, QuoteAnswer, RefundAnswer } from './asks.ts';
import { cardForPage } from './choose-cards.ts';
import type { Client } from './client.ts';
import type { Outcome } from './history.ts';
import type { Customer } from './open-lines.ts';

type Buying = {
  readonly client: Client;
  readonly customer: Customer;
  readonly quote: QuoteAnswer;
  readonly personId: bigint | null;
  readonly way: AnyWay;
};

/** One order, from its quote to whatever it comes to. */
export async function buySomething(client: Client, customer: Customer, items: readonly ItemRequest[]): Promise<void> {
  const { random } = client;
  const hasTopUp = items.some((item) => item.kind === 'top_up');
  const way = chooseWay(client, customer, hasTopUp);
  // A guest pays on the page, for the line and not for themselves.
  const personId = way.kind === 'page' && !way.saveMethod && random.below(4) === 0 ? null : customer.personId;
  const quoted = await client.surely<QuoteAnswer>({ ask: 'quote', number: customer.number, personId, items });
  if (quoted.outcome !== 'ok') return;
  const buying = { client, customer, quote: quoted.value, personId, way };
  const placed = await place(buying);
  if (placed.outcome === 'fail' && placed.refused === 'ledger.balance_short' && random.below(10) < 7)
    return buySomething(client, customer, [{ kind: 'top_up', amount: money('USD', 5_000n + 2_500n * BigInt(random.below(5))) }]);
  if (placed.outcome !== 'ok') return;
  if (random.below(60) === 0) await reuseKey(buying);
  const order = await pay(buying, placed.value);
  if (order === undefined) return;
  if (isPaid(order) && random.below(100) < 6) await refund(buying);
}

function chooseWay({ random }: Client, { savedMethodId }: Customer, hasTopUp: boolean): AnyWay {
  const mood = random.below(100);
  if (mood < 30) return { kind: 'page', saveMethod: false };
  return mood < 62 || hasTopUp ? { kind: 'saved', savedMethodId } : { kind: 'balance' };
}

/** Once, or twice at the same moment with the same key: a double click, two tabs, an app that retries. */
async function place(buying: Buying): Promise<Outcome<OrderAnswer>> {
  const { client, quote } = buying;
  const ask = placing(buying);
  if (client.random.below(16) !== 0) return client.insist(ask, quote.order);
  const [first, second] = await Promise.all([client.once<OrderAnswer>(ask, quote.order), client.once<OrderAnswer>(ask, quote.order)]);
  if (first.outcome === 'ok') return first;
  return second.outcome === 'ok' ? second : client.insist(ask, quote.order);
}

function placing({ quote, personId, way }: Buying) {
  return { ask: 'place', link: quote.link, personId, key: `key-${quote.order}`, way } as const;
}

/** The same key with other content must be refused, whatever became of the first. */
async function reuseKey(buying: Buying): Promise<void> {
  const other: AnyWay =
    buying.way.kind === 'saved' ? { kind: 'page', saveMethod: false } : { kind: 'saved', savedMethodId: buying.customer.savedMethodId };
  await buying.client.once({ ...placing({ ...buying, way: other }), personId: buying.personId }, buying.quote.order);
}

async function pay(buying: Buying, placed: OrderAnswer): Promise<OrderAnswer | undefined> {
  const { client, quote } = buying;
  const { random } = client;
  if (placed.state !== 'placed') return placed;
  if (placed.page !== null) return payOnPage(buying, placed.page);
  // Declined, or nobody knows yet: some try another way, some give up, some just look.
  const mood = random.below(10);
  if (mood < 4) return payAgain(buying, { kind: 'page', saveMethod: false });
  if (mood < 6 && quote.balanceMinor !== null && buying.personId !== null) return payAgain(buying, { kind: 'balance' });
  if (mood < 7) return cancel(buying);
  return mood < 9 ? look(buying) : undefined;
}

async function payOnPage(buying: Buying, page: string): Promise<OrderAnswer | undefined> {
  const { client, customer, quote } = buying;
  const { random } = client;
  const mood = random.below(100);
  if (mood < 6) return undefined;
  if (mood < 9) return cancel(buying);
  if (mood < 12) return firstOf(await Promise.all([cancel(buying), client.visit(quote.order, page, cardForPage(random))]));
  if (mood < 15 && buying.personId !== null)
    return firstOf(
      await Promise.all([
        payAgain(buying, { kind: 'saved', savedMethodId: customer.savedMethodId }),
        client.visit(quote.order, page, cardForPage(random)),
      ]),
    );
  if (mood < 17) return payAgain(buying, { kind: 'page', saveMethod: false });
  await client.pause(120);
  const card = cardForPage(random);
  await client.visit(quote.order, page, card);
  if (card === 'insufficient_funds' && random.below(10) < 6) await client.visit(quote.order, page, 'good');
  // Some close the browser: the webhook tells us, or the janitor finds it.
  return random.below(10) < 7 ? look(buying) : undefined;
}

function firstOf([answer]: readonly [OrderAnswer | undefined, unknown]): OrderAnswer | undefined {
  return answer;
}

async function payAgain(buying: Buying, way: AnyWay): Promise<OrderAnswer | undefined> {
  const { client, quote, personId } = buying;
  const again = await client.insist<OrderAnswer>(
    { ask: 'pay_again', link: quote.link, personId, key: `again-${quote.order}`, way },
    quote.order,
  );
  if (again.outcome !== 'ok' || again.value.page === null) return valueIn(again);
  if (client.random.below(10) === 0) return undefined;
  await client.visit(quote.order, again.value.page, 'good');
  return look(buying);
}

async function look({ client, quote }: Buying): Promise<OrderAnswer | undefined> {
  return valueIn(await client.surely<OrderAnswer>({ ask: 'order', link: quote.link }, quote.order));
}

async function cancel({ client, quote, personId }: Buying): Promise<OrderAnswer | undefined> {
  return valueIn(await client.insist<OrderAnswer>({ ask: 'cancel', link: quote.link, personId }, quote.order));
}

/** Whole or in part; sometimes twice at once, with one key or with two. */
async function refund({ client, quote }: Buying): Promise<void> {
  const { random } = client;
  const half = quote.topUpMinor === 0n && random.below(4) === 0 ? quote.providerMinor / 2n : null;
  const ask = { ask: 'refund', link: quote.link, key: `refund-${quote.order}`, amountMinor: half } as const;
  const mood = random.below(10);
  if (mood < 6) await client.insist<RefundAnswer>(ask, quote.order);
  else if (mood < 8) await Promise.all([client.once(ask, quote.order), client.insist<RefundAnswer>(ask, quote.order)]);
  else
    await Promise.all([client.insist(ask, quote.order), client.insist<RefundAnswer>({ ...ask, key: `other-${quote.order}` }, quote.order)]);
}

function isPaid({ state }: OrderAnswer): boolean {
  return state === 'applied' || state === 'delivered';
}

function valueIn<Value>(sent: Outcome<Value>): Value | undefined {
  return sent.outcome === 'ok' ? sent.value : undefined;
}
