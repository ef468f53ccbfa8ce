/**
 * Placing commits the intent before anybody outside is asked: the order, and what will pay it. A quote is ordered once:
 * a double click, a second tab or the app retried next day with the same key get the order that is there.
 */
import { hash } from 'node:crypto';
import { ALLOWED, type Asker, actorOf, requireStanding, type Standing } from '#domain/access';
import { type Account, dropExpiredHolds, holdMoney, instantUnder, lockAccount } from '#domain/ledger';
import { findNumber } from '#domain/lines';
import { money } from '#domain/money';
import { type Attempt, type Payer, readPayer, type StartAttemptRefusal, startFirstAttempt } from '#domain/payments';
import { writeEntry } from '#domain/records';
import { MINUTE_MS } from '#platform/clock';
import { type Queries, statement, type Transaction } from '#platform/database';
import { formatId, formatLink } from '#platform/ids';
import { encodeJson } from '#platform/json';
import type { Language } from '#platform/messages';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import { type Order, type OrderKey, type Quote, sumOf, type Tender } from './order.ts';
import { type AnyWay, actionsFor, isOffered, methodOf, requireCooledWay } from './pay-way.ts';
import { readOrder } from './read-order.ts';
import { refuse } from './refusals.ts';

/** An order nobody pays is cancelled when the provider's page (31 minutes) is long over. */
export const UNPAID_LIFE_MS = 45 * MINUTE_MS;
/** A balance order settles at once; the janitor settles it if we died in between. */
export const HELD_LOOK_MS = MINUTE_MS;
const HOLD_LIFE_MS = 30 * MINUTE_MS;

export type PlaceRequest = {
  readonly quote: Quote;
  /** Unique for the caller; the same key twice is the same order. */
  readonly key: string;
  readonly way: AnyWay;
  /** The version of the terms the customer accepted. */
  readonly acceptedTerms: string;
  readonly language: Language;
  /** Where the receipt goes, when not to the line's own address. */
  readonly email?: string | undefined;
};

export type PlaceRefusal =
  | Refusal<
      | 'access.not_allowed'
      | 'ledger.balance_short'
      | 'orders.quote_expired'
      | 'orders.quote_used'
      | 'orders.key_reused'
      | 'orders.terms_not_accepted'
      | 'orders.tender_not_offered'
      | 'orders.number_moved'
      | 'people.cooling_off'
    >
  | StartAttemptRefusal;

/** What stands after the intent is committed: the order, and the attempt that is to be sent (none for a balance order or a repeat). */
export type Placed = { readonly order: Order; readonly attempt: Attempt | undefined; readonly repeated: boolean };

type InsertOrder = Omit<
  Order,
  'content' | 'state' | 'effect' | 'reason' | 'paidByAttemptId' | 'effectiveAt' | 'paidAt' | 'appliedAt' | 'deliveredAt' | 'endedAt'
>;
const insertOrder = statement<InsertOrder>(import.meta.dirname, 'insert-order');
const findRepeat = statement<OrderKey & { caller: string; key: string }, { orderId: bigint; contentHash: Buffer; byKey: boolean }>(
  import.meta.dirname,
  'find-repeat',
);

/** Commits the order and what will pay it. Asks nobody outside: `payOrder` does, afterwards. */
export async function placeOrder(house: OrdersHouse, asker: Asker, request: PlaceRequest): Promise<Placed | PlaceRefusal> {
  const { quote, way } = request;
  return house.database.transaction(async (tx) => {
    const { slot, accountId, quoteId: orderId } = quote;
    const caller = callerOf(asker, quote);
    const [account, standing, repeated, claim, payer, cooling] = await Promise.all([
      lockAccount(tx, quote),
      requireStanding(tx, asker, actionsFor(way), quote),
      tx.query(findRepeat, { slot, accountId, orderId, caller, key: request.key }),
      findNumber(tx, quote.content.number),
      payerOf(house, tx, asker, way),
      requireCooledWay(house, tx, asker, { content: quote.content, way }),
    ]);
    if (isRefusal(standing)) return standing;
    const contentHash = hashOf(request);
    const other = repeated.filter((one) => !one.contentHash.equals(contentHash));
    if (other.length > 0) return refuse(other.some((one) => one.byKey) ? 'orders.key_reused' : 'orders.quote_used');
    const there = repeated.length === 0 ? undefined : await readOrder(tx, { slot, accountId, orderId });
    if (there !== undefined) return { order: there, attempt: undefined, repeated: true };
    const flaw = cooling ?? flawOf(house, request);
    if (flaw !== undefined) return flaw;
    if (isRefusal(claim) || claim.lineId !== quote.content.line.lineId || claim.claimCount !== quote.content.claimCount)
      // Without the number: whoever holds the link may know it masked only (ID-6).
      return refuse('orders.number_moved');
    return place(house, tx, { account, asker, asGuest: isGuest(standing), caller, contentHash, payer, request });
  });
}

/** A clerk sees the line, but not who pays: an operator's order is told like a guest's. */
function isGuest(standing: Standing): boolean {
  return standing === 'operator' || !ALLOWED[standing].includes('see_line');
}

function callerOf(asker: Asker, quote: Quote): string {
  return asker.kind === 'guest' ? `quote:${formatId('quo', quote.quoteId)}` : actorOf(asker);
}

/** What makes a repeat the same: quote, way to pay, terms, language and address. */
function hashOf({ quote, way, acceptedTerms, language, email }: PlaceRequest): Buffer {
  return hash('sha256', encodeJson([quote.quoteId, way, acceptedTerms, language, email ?? null]), 'buffer');
}

function flawOf(house: OrdersHouse, { quote, way, acceptedTerms }: PlaceRequest): PlaceRefusal | undefined {
  const { content } = quote;
  if (quote.expiresAt <= house.clock.transport()) return refuse('orders.quote_expired');
  if (acceptedTerms !== content.termsVersion) return refuse('orders.terms_not_accepted', { version: content.termsVersion });
  return isOffered(house, content, way) ? undefined : refuse('orders.tender_not_offered');
}

type Placing = {
  readonly account: Account;
  readonly asker: Asker;
  readonly asGuest: boolean;
  readonly caller: string;
  readonly contentHash: Buffer;
  readonly payer: Payer | undefined;
  readonly request: PlaceRequest;
};

async function place(house: OrdersHouse, tx: Transaction, placing: Placing): Promise<Placed | PlaceRefusal> {
  const { account, asker, payer, request } = placing;
  const order = orderFrom(house, placing);
  const { content, ...columns } = order;
  tx.write(insertOrder, columns);
  writeEntry(tx, {
    slot: order.slot,
    accountId: order.accountId,
    entryId: house.mintId(order.slot),
    actor: actorOf(asker),
    action: 'orders.place',
    subject: formatId('ord', order.orderId),
    after: { total: sumOf(order).total, termsVersion: content.termsVersion, tender: order.tender },
    at: order.placedAt,
  });
  if (payer === undefined || request.way.kind === 'balance') return holdBalance(house, tx, account, order);
  const { slot, accountId, orderId, personId } = order;
  const started = startFirstAttempt(house, tx, {
    intent: { slot, accountId, orderId, personId, amount: money(order.currency, order.totalMinor) },
    method: methodOf(house, request.way),
    payer,
    key: request.key,
    transportAt: order.beganAt,
  });
  return isRefusal(started) ? started : { order, attempt: started, repeated: false };
}

/** What is known of whoever pays; nothing is asked for a balance order. */
async function payerOf(house: OrdersHouse, queries: Queries, asker: Asker, way: AnyWay): Promise<Payer | undefined> {
  return way.kind === 'balance' ? undefined : readPayer(queries, asker.kind === 'person' ? asker.personId : null, methodOf(house, way));
}

function orderFrom(house: OrdersHouse, { account, asker, asGuest, caller, contentHash, request }: Placing): Order {
  const { quote, way } = request;
  const tender: Tender = way.kind === 'balance' ? 'balance' : 'provider';
  const beganAt = house.clock.transport();
  const total = sumOf({ tender, content: quote.content }).total;
  return {
    slot: quote.slot,
    accountId: quote.accountId,
    orderId: quote.quoteId,
    lineId: quote.content.line.lineId,
    caller,
    key: request.key,
    contentHash,
    token: quote.token,
    state: 'placed',
    tender,
    personId: asker.kind === 'person' ? asker.personId : null,
    asGuest,
    language: request.language,
    email: request.email ?? null,
    content: quote.content,
    currency: total.currency,
    totalMinor: total.minor,
    effect: null,
    reason: null,
    paidByAttemptId: null,
    placedAt: instantUnder(account, house.clock.business()),
    effectiveAt: null,
    beganAt,
    paidAt: null,
    appliedAt: null,
    deliveredAt: null,
    endedAt: null,
    lookAt: new Date(beganAt.getTime() + (tender === 'balance' ? HELD_LOOK_MS : UNPAID_LIFE_MS)),
  };
}

/** The balance is a tender like any other: held now, settled with the effect, released when it comes to nothing. */
export async function holdBalance(
  house: OrdersHouse,
  tx: Transaction,
  locked: Account,
  order: Order,
): Promise<Placed | Refusal<'ledger.balance_short'>> {
  const account = await dropExpiredHolds(tx, locked, house.clock.transport(), order.placedAt);
  if (order.totalMinor > 0n) {
    const short = await holdMoney(tx, account, {
      reference: holdReference(order),
      amount: money(order.currency, order.totalMinor),
      at: order.placedAt,
      expiresAt: new Date(house.clock.transport().getTime() + HOLD_LIFE_MS),
    });
    if (short !== undefined) return short;
  }
  return { order, attempt: undefined, repeated: false };
}

export function holdReference(order: Pick<Order, 'orderId'>): string {
  return formatId('ord', order.orderId);
}

/** The link to an order's page, for returning from the provider, for mail and for the command line. */
export function linkOf(order: Pick<Order, 'orderId' | 'accountId' | 'token'>): string {
  return formatLink({ id: order.orderId, accountId: order.accountId, token: order.token });
}
