/** Customers with a saved method, made by the use cases, and what they do: they renew. */
import { addLine, findNumber, type NumberClaim } from '#domain/lines';
import { deliverOrder, type Order, payOrder, placeOrder, type Quote, quoteOrder } from '#domain/orders';
import { listSavedMethods } from '#domain/payments';
import { addMember, addPerson } from '#domain/people';
import { assert } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import type { House } from '../house/index.ts';

export type Customer = { readonly personId: bigint; readonly line: NumberClaim; readonly savedMethodId: bigint };
type Way = Parameters<typeof placeOrder>[2]['way'];

/** On a plan of 5 GB, which is bought and active. */
export async function addCustomer(house: House, number: string): Promise<Customer> {
  const { database } = house.tools;
  const personId = await addPerson(house.tools, database, { name: null, language: 'en', email: null, number });
  await database.transaction(async (tx) => {
    const added = await addLine(house.tools, tx, house.catalog.latest(), { number, market: 'US', taxRegion: '98101', plan: 'month-5gb' });
    assert(!isRefusal(added), `the bench adds ${number}`);
    await addMember(tx, { ...added, personId, role: 'owner', at: house.tools.clock.business() });
  });
  const line = await findNumber(database, number);
  assert(!isRefusal(line), 'an added line is found');
  const someone = { personId, line };
  await payQuote(house, someone, await reviewRenewal(house, someone), { kind: 'page', saveMethod: true });
  const [saved] = await listSavedMethods(database, personId);
  assert(saved !== undefined, 'the first payment saved its method');
  return { personId, line, savedMethodId: saved.savedMethodId };
}

/** The review page of a renewal. */
export async function reviewRenewal(house: House, { personId, line }: Pick<Customer, 'personId' | 'line'>): Promise<Quote> {
  const asker = { kind: 'person', personId, source: 'bench' } as const;
  const quote = await quoteOrder(house.orders, asker, { line, items: [{ kind: 'renew' }] });
  assert(!isRefusal(quote), 'a renewal is quoted');
  return quote;
}

/** "Pay". */
export async function payQuote(house: House, { personId }: Pick<Customer, 'personId'>, quote: Quote, way: Way): Promise<Order> {
  const asker = { kind: 'person', personId, source: 'bench' } as const;
  const acceptedTerms = quote.content.termsVersion;
  const placed = await placeOrder(house.orders, asker, { quote, key: `${quote.quoteId}`, way, acceptedTerms, language: 'en' });
  assert(!isRefusal(placed), 'a renewal is placed');
  const { order } = await payOrder(house.orders, placed);
  assert(order.state === 'applied', 'a paid renewal takes effect');
  await deliverOrder(house.tools, house.tools.database, order);
  return order;
}
