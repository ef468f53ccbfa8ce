/** Customers before the harm begins: a line each, its first period paid, a card kept and money on the balance. */
import { money } from '#domain/money';
import { assert, present } from '#platform/assert';
import { encodeJson } from '#platform/json';
import type { LineAnswer, OpenedLine, OrderAnswer, QuoteAnswer } from './asks.ts';
import { cardToKeep } from './choose-cards.ts';
import type { Client } from './client.ts';
import type { Outcome } from './history.ts';

export type Customer = {
  readonly number: string;
  readonly personId: bigint;
  readonly card: string;
  readonly savedMethodId: bigint;
};

const DAY_PLAN = 'day-1gb';
const MONTH_PLAN = 'month-5gb';
/** Lines of day plans are paid so far ahead that no step of time in a run makes one lapse. */
const DAYS_AHEAD = 9;

export async function openCustomers(clients: readonly Client[], count: number): Promise<Customer[]> {
  const customers: Customer[] = [];
  let next = 0;
  await Promise.all(
    clients.map(async (client) => {
      for (let no = next++; no < count; no = next++) customers.push(await openCustomer(client, no));
    }),
  );
  return customers;
}

async function openCustomer(client: Client, no: number): Promise<Customer> {
  const number = `+1206${5_000_000 + no}`;
  const isDaily = no % 12 === 11;
  const { personId } = answered(await client.once<OpenedLine>({ ask: 'open_line', number, plan: isDaily ? DAY_PLAN : MONTH_PLAN }));
  const who = { number, personId };
  await buyOnPage(client, who, 'renew', 'good');
  // The model counts periods from here.
  answered(await client.once<LineAnswer>({ ask: 'line', number, personId }));
  const card = cardToKeep(client.random);
  await buyOnPage(client, who, 'top_up', card);
  const line = answered(await client.once<LineAnswer>({ ask: 'line', number, personId }));
  const savedMethodId = present(line.savedMethodId, `the card ${card} was kept`);
  for (let day = 1; isDaily && day < DAYS_AHEAD; day += 1) await buyOnPage(client, who, 'renew', 'good');
  return { number, personId, card, savedMethodId };
}

/** Until it took effect, or went back as it must with a card that pays too little. */
async function buyOnPage(
  client: Client,
  { number, personId }: Pick<Customer, 'number' | 'personId'>,
  kind: 'renew' | 'top_up',
  card: string,
): Promise<void> {
  const item = kind === 'renew' ? ({ kind } as const) : ({ kind, amount: money('USD', 6_000n) } as const);
  const quote = answered(await client.once<QuoteAnswer>({ ask: 'quote', number, personId, items: [item] }));
  const way = { kind: 'page', saveMethod: kind === 'top_up' } as const;
  const placed = answered(
    await client.once<OrderAnswer>({ ask: 'place', link: quote.link, personId, key: `open-${quote.order}`, way }, quote.order),
  );
  await client.visit(quote.order, present(placed.page, 'a page opens'), card);
  const paid = answered(await client.once<OrderAnswer>({ ask: 'order', link: quote.link }, quote.order));
  assert(paid.state !== 'placed', `the first payments of ${number} by ${card} are settled, not ${paid.state}`);
}

/** Nothing goes wrong yet. */
function answered<Value>(sent: Outcome<Value>): Value {
  assert(sent.outcome === 'ok', `before the harm begins, everything is answered: ${encodeJson(sent)}`);
  return sent.value;
}
