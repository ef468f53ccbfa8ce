/** What customers do, in few words: a line, a person, a quote, an order, a visit to the provider's page. */
import type { Asker } from '#domain/access';
import { readAccount } from '#domain/ledger';
import { addLine, findNumber, type LineWithQueue, type NewLine, type NumberClaim, readLine } from '#domain/lines';
import { type Money, money } from '#domain/money';
import {
  askAttempt,
  type ItemRequest,
  type Order,
  type PayResult,
  type PayWay,
  payOrder,
  placeOrder,
  type Quote,
  quoteOrder,
  readOrder,
} from '#domain/orders';
import { type Attempt, attemptsOfOrder, listSavedMethods, type SavedMethod } from '#domain/payments';
import { addMember, addPerson, type Role } from '#domain/people';
import { assert, present } from '#platform/assert';
import { DAY_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import { type PageAct, type Paid, payOnPage, TEST_CARDS } from '#simulators/payment-provider';
import { OPERATOR, type TestHouse } from './test-house.ts';

let numbers = 0;

/** A pending line in the US on `month-5gb`, postcode in Washington, unless said otherwise. */
export async function newLine({ house }: Pick<TestHouse, 'house'>, over: Partial<NewLine> = {}): Promise<NumberClaim> {
  numbers += 1;
  const number = `+1206555${String(99 + numbers).padStart(4, '0')}`;
  const line: NewLine = { number, market: 'US', taxRegion: '98101', plan: 'month-5gb', ...over };
  const added = await house.database.transaction((tx) => addLine(house, tx, house.catalog(), line));
  return allowed(await findNumber(house.database, allowed(added) && line.number));
}

export type Person = Extract<Asker, { kind: 'person' }>;

/** Somebody who has to do with the account of a line. */
export async function newPerson({ house }: Pick<TestHouse, 'house'>, line: NumberClaim, role: Role = 'owner'): Promise<Person> {
  const personId = await addPerson(house, house.database, { name: 'Lin', language: 'en', email: 'lin@example.com', number: null });
  await addMember(house.database, { slot: line.slot, accountId: line.accountId, personId, role, at: house.clock.business() });
  return { kind: 'person', personId, source: '192.0.2.7' };
}

/** The value of what must not be refused. */
export function allowed<Value>(value: Value): Exclude<Value, Refusal> {
  assert(
    !isRefusal(value),
    `not to be refused: ${isRefusal(value) ? `${value.code} ${JSON.stringify(value.values, (_, one) => (typeof one === 'bigint' ? `${one}` : one))}` : ''}`,
  );
  return value as Exclude<Value, Refusal>;
}

/** The code of what must be refused. */
export function refusal(value: unknown): string {
  assert(isRefusal(value), 'to be refused');
  return value.code;
}

export const RENEW: ItemRequest = { kind: 'renew' };
export const PACK: ItemRequest = { kind: 'pack', product: 'pack-1gb' };
export const topUp = (minor: bigint, currency = 'USD'): ItemRequest => ({ kind: 'top_up', amount: money(currency, minor) });

export async function quote(
  { house }: Pick<TestHouse, 'house'>,
  line: NumberClaim,
  items: readonly ItemRequest[],
  asker: Asker = OPERATOR,
): Promise<Quote> {
  return allowed(await quoteOrder(house, asker, { line, items }));
}

export type Way = PayWay | { readonly kind: 'balance' };
export const PAGE: PayWay = { kind: 'page', saveMethod: false };
export const BALANCE: Way = { kind: 'balance' };

export type Buying = { readonly quote: Quote; readonly way?: Way; readonly asker?: Asker; readonly key?: string };

/** As a door calls it; what it gives may be a refusal. */
export function place({ house }: Pick<TestHouse, 'house'>, { quote, way = PAGE, asker = OPERATOR, key = `key-${quote.quoteId}` }: Buying) {
  return placeOrder(house, asker, {
    quote,
    key,
    way,
    acceptedTerms: quote.content.termsVersion,
    language: 'en',
    email: 'payer@example.com',
  });
}

/** Quotes, places and sends: to the provider's page, to a saved method, or from the balance. */
export async function order(
  test: Pick<TestHouse, 'house'>,
  line: NumberClaim,
  items: readonly ItemRequest[],
  how: Omit<Buying, 'quote'> = {},
): Promise<PayResult> {
  const quoted = await quote(test, line, items, how.asker);
  return payOrder(test.house, allowed(await place(test, { ...how, quote: quoted })));
}

/** The number of the test card with this name. */
export function cardNumber(name: string): string {
  return present(
    TEST_CARDS.find((card) => card.name === name),
    `there is a test card ${name}`,
  ).number;
}

/** The customer on the provider's page, with a card by its name in the simulator. */
export function visitPage(paying: PayResult, card = 'good', bank: 'approve' | 'fail' = 'approve'): Promise<Paid> {
  return actOnPage(paying, { card: cardNumber(card), bank });
}

export function actOnPage(paying: PayResult, act: PageAct): Promise<Paid> {
  return payOnPage(present(paying.page, 'the customer is sent to a page'), act);
}

/** The customer is back from the page: the provider is asked at once. */
export async function comeBack({ house }: Pick<TestHouse, 'house'>, paying: PayResult): Promise<Order> {
  return (await askAttempt(house, present(paying.attempt, 'there is an attempt to ask about'))).order;
}

/** The whole way by card: page, card, back. Gives the order as it is then. */
export async function buy(
  test: Pick<TestHouse, 'house'>,
  line: NumberClaim,
  items: readonly ItemRequest[],
  how: Omit<Buying, 'quote'> & { readonly card?: string } = {},
): Promise<Order> {
  const { card = 'good', ...rest } = how;
  const paying = await order(test, line, items, rest);
  if (paying.page === undefined) return paying.order;
  await visitPage(paying, card);
  return comeBack(test, paying);
}

/** A line in use, its first period paid by card just now. */
export async function activeLine(test: Pick<TestHouse, 'house'>, over: Partial<NewLine> = {}): Promise<NumberClaim> {
  const line = await newLine(test, over);
  const { state } = await buy(test, line, [RENEW]);
  assert(state === 'applied', `the first renewal takes effect, not ${state}`);
  return line;
}

/** Money onto the balance by card; `minor` of the balance, whatever the tax on it. */
export async function fillBalance(test: Pick<TestHouse, 'house'>, line: NumberClaim, minor: bigint, currency = 'USD'): Promise<Order> {
  return buy(test, line, [topUp(minor, currency)]);
}

/** The owner of a line, with a card kept at the provider since a top-up of 5.00. */
export async function personWithCard(
  test: Pick<TestHouse, 'house'>,
  line: NumberClaim,
  card = 'good',
): Promise<{ person: Person; method: SavedMethod }> {
  const person = await newPerson(test, line);
  await buy(test, line, [topUp(500n)], { asker: person, way: { kind: 'page', saveMethod: true }, card });
  const [method] = await listSavedMethods(test.house.database, person.personId);
  return { person, method: present(method, 'the card was kept') };
}

export async function stateOf({ house }: Pick<TestHouse, 'house'>, line: NumberClaim): Promise<LineWithQueue> {
  return readLine(house.database, line);
}

export async function orderNow({ house }: Pick<TestHouse, 'house'>, { slot, accountId, orderId }: Order): Promise<Order> {
  return present(await readOrder(house.database, { slot, accountId, orderId }), 'the order is there');
}

/** The number is given to somebody else: as a claim of it elsewhere will leave it. */
export async function moveNumber({ house }: Pick<TestHouse, 'house'>, line: NumberClaim): Promise<void> {
  const sql = 'update lines.number set claim_count = claim_count + 1, line_id = line_id + 1 where line_id = :line_id';
  await house.database.query(parseStatement('test.move-number', sql), { lineId: line.lineId });
}

/** How the person is reached has changed just now: as a change of contact or a reset leaves it (S3). */
export async function coolOff({ house }: Pick<TestHouse, 'house'>, { personId }: Person): Promise<void> {
  const sql = 'update people.person set cooling_off_until = :until where person_id = :person_id';
  const until = new Date(house.clock.transport().getTime() + DAY_MS);
  await house.database.query(parseStatement('test.cool-off', sql), { personId, until });
}

/** The balance, and what of it is held. */
export async function balanceOf(
  { house }: Pick<TestHouse, 'house'>,
  line: NumberClaim,
): Promise<{ readonly balance: bigint; readonly held: bigint }> {
  const { balanceMinor, heldMinor } = await readAccount(house.database, line);
  return { balance: balanceMinor, held: heldMinor };
}

export function attemptsNow({ house }: Pick<TestHouse, 'house'>, order: Order): Promise<Attempt[]> {
  return attemptsOfOrder(house.database, order);
}

export function usd(minor: bigint): Money {
  return money('USD', minor);
}
