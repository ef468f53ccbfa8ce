/**
 * Placing commits the intent before anybody outside is asked: the order, and what will pay it. A quote is ordered once:
 * a double click, a second tab or the app retried next day with the same key get the order that is there.
 */
import { createHash } from 'node:crypto';
import { ALLOWED, type Asker, actorOf, requireStanding, type Standing } from '#domain/access';
import { type Account, dropExpiredHolds, holdMoney, instantUnder, lockAccount } from '#domain/ledger';
import { findNumber } from '#domain/lines';
import { money } from '#domain/money';
import { type Attempt, openIntent, type StartAttemptRefusal, startAttempt } from '#domain/payments';
import { writeEntry } from '#domain/records';
import { MINUTE_MS } from '#platform/clock';
import { statement, type Transaction } from '#platform/database';
import { formatId, formatLink } from '#platform/ids';
import { encodeJson } from '#platform/json';
import type { Language } from '#platform/messages';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import { type Order, type Quote, sumOf, type Tender } from './order.ts';
import { type AnyWay, actionsFor, isOffered, methodOf } from './pay-way.ts';
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
    >
  | StartAttemptRefusal;

/** What stands after the intent is committed: the order, and the attempt that is to be sent (none for a balance order or a repeat). */
export type Placed = { readonly order: Order; readonly attempt: Attempt | undefined; readonly repeated: boolean };

type InsertOrder = Omit<
  Order,
  'content' | 'state' | 'effect' | 'reason' | 'paidByAttemptId' | 'effectiveAt' | 'paidAt' | 'appliedAt' | 'deliveredAt' | 'endedAt'
>;
const insertOrder = statement<InsertOrder>(import.meta.dirname, 'insert-order');
type KeyRow = { slot: number; accountId: bigint; caller: string; key: string };
const findByKey = statement<KeyRow, { orderId: bigint; contentHash: Buffer }>(import.meta.dirname, 'find-order-by-key');

/** Commits the order and what will pay it. Asks nobody outside: `payOrder` does, afterwards. */
export async function placeOrder(house: OrdersHouse, asker: Asker, request: PlaceRequest): Promise<Placed | PlaceRefusal> {
  const { quote, way } = request;
  return house.database.transaction(async (tx) => {
    const key = { slot: quote.slot, accountId: quote.accountId, orderId: quote.quoteId };
    const caller = callerOf(asker, quote);
    const [account, standing, there, byKey, claim] = await Promise.all([
      lockAccount(tx, quote),
      requireStanding(tx, asker, actionsFor(way), quote),
      readOrder(tx, key),
      tx.maybe(findByKey, { slot: quote.slot, accountId: quote.accountId, caller, key: request.key }),
      findNumber(tx, quote.content.number),
    ]);
    if (isRefusal(standing)) return standing;
    const contentHash = hashOf(request);
    if (byKey !== undefined && !byKey.contentHash.equals(contentHash)) return refuse('orders.key_reused');
    if (there !== undefined)
      return there.contentHash.equals(contentHash) ? { order: there, attempt: undefined, repeated: true } : refuse('orders.quote_used');
    const flaw = flawOf(house, request);
    if (flaw !== undefined) return flaw;
    if (isRefusal(claim) || claim.lineId !== quote.content.line.lineId || claim.claimCount !== quote.content.claimCount)
      // Without the number: whoever holds the link may know it masked only (ID-6).
      return refuse('orders.number_moved');
    return place(house, tx, { account, asker, asGuest: isGuest(standing), caller, contentHash, request });
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
  return createHash('sha256')
    .update(encodeJson([quote.quoteId, way, acceptedTerms, language, email ?? null]))
    .digest();
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
  readonly request: PlaceRequest;
};

async function place(house: OrdersHouse, tx: Transaction, placing: Placing): Promise<Placed | PlaceRefusal> {
  const { account, asker, request } = placing;
  const order = orderFrom(house, placing);
  const { content, ...columns } = order;
  const written = Promise.all([
    tx.query(insertOrder, columns),
    writeEntry(tx, {
      slot: order.slot,
      accountId: order.accountId,
      entryId: house.mintId(order.slot),
      actor: actorOf(asker),
      action: 'orders.place',
      subject: formatId('ord', order.orderId),
      after: { total: sumOf(order).total, termsVersion: content.termsVersion, tender: order.tender },
      at: order.placedAt,
    }),
  ]);
  tx.withCommit(written);
  if (request.way.kind === 'balance') return holdBalance(house, tx, account, order);
  const { slot, accountId, orderId, personId } = order;
  const amount = money(order.currency, order.totalMinor);
  const intent = await openIntent(house, tx, { slot, accountId, orderId, personId, amount, transportAt: order.beganAt });
  const attempt = await startAttempt(house, tx, {
    intent,
    method: methodOf(house, request.way),
    key: request.key,
    transportAt: order.beganAt,
  });
  return isRefusal(attempt) ? attempt : { order, attempt, repeated: false };
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
