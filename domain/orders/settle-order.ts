/**
 * Settling: what a provider said about an attempt becomes true here, in ONE transaction: recorded, and when it is money,
 * applied to the line or set on its way back (P1, P5). Webhooks, the customer's return, the janitor and a repeat all
 * come through here, in any order and any number, to the same end (P7).
 */
import { type Account, instantUnder, lockAccount } from '#domain/ledger';
import { compare, lesser, type Money, money, subtract } from '#domain/money';
import {
  type Attempt,
  askOutcome,
  claimEvent,
  isLive,
  lockAttempt,
  type Outcome,
  type Refund,
  recordOutcome,
  refundable,
  refundsOfOrder,
  startRefund,
} from '#domain/payments';
import { assert } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { writeEvents } from '#platform/outbox';
import { isRefusal } from '#platform/refusals';
import { applyOrder, type LineSeen, seeLine } from './apply-order.ts';
import { bookReturn, bookReturnedByDispute } from './book-sale.ts';
import type { OrdersHouse } from './house.ts';
import { ORDER_LIFECYCLE, type Order, type OrderReason, type QuoteContent, totalOf } from './order.ts';
import { declinedEvent, refundedEvent } from './order-events.ts';
import type { Payment } from './payment.ts';
import { orderUnderLock, readOrderContent, saveOrder } from './read-order.ts';
import { pursueRefunds } from './return-money.ts';

export type Resolved = { readonly order: Order; readonly attempt: Attempt };
export type EventToClaim = { readonly provider: string; readonly eventId: string };

export type ResolveWith = {
  /** The provider's event that led here: claimed with what it leads to. */
  readonly event?: EventToClaim | undefined;
  /** The order's content, for whoever has it at hand. */
  readonly content?: QuoteContent | undefined;
};

/** Records an outcome and does what follows from it. With `event`, only if no other delivery of it has been done. */
export async function resolveAttempt(house: OrdersHouse, asked: Attempt, outcome: Outcome, more: ResolveWith = {}): Promise<Resolved> {
  const { event, content = await readOrderContent(house.database, asked) } = more;
  const { resolved, refunds } = await house.database.transaction(async (tx) => {
    const transportAt = house.clock.transport();
    // Sent in one round trip, run in this order: the lock, then what is read under it. The look-up is applied whether or
    // not its event was claimed before: both end the same (P7).
    const [account, , order, was, seen] = await Promise.all([
      lockAccount(tx, asked),
      event && claimEvent(tx, { ...event, slot: asked.slot, accountId: asked.accountId, transportAt }),
      orderUnderLock(tx, asked, content),
      lockAttempt(tx, asked),
      seeLine(tx, content),
    ]);
    const attempt = recordOutcome(house, tx, { was, outcome, transportAt });
    return follow(house, tx, { account, order, attempt, was, seen });
  });
  if (resolved.order.state === 'applied') house.tookEffect?.(asked);
  await pursueRefunds(house, refunds);
  return resolved;
}

/** Looks an attempt up at its provider and resolves it: on read, by webhook, by the janitor. */
export async function askAttempt(house: OrdersHouse, attempt: Attempt, event?: EventToClaim): Promise<Resolved> {
  return resolveAttempt(house, attempt, await askOutcome(house.providers, attempt, house.clock.transport()), { event });
}

type Following = {
  readonly account: Account;
  readonly order: Order;
  readonly attempt: Attempt;
  readonly was: Attempt;
  readonly seen: LineSeen;
};
type Followed = { readonly resolved: Resolved; readonly refunds: readonly Refund[] };

async function follow(house: OrdersHouse, tx: Transaction, following: Following): Promise<Followed> {
  const { order, attempt, was } = following;
  if (attempt.state !== 'succeeded' || attempt.captured === null) {
    if (isLive(was) && attempt.state === 'declined' && isAwaited(following)) writeEvents(tx, [declinedEvent(house, order, attempt)]);
    return { resolved: { order, attempt }, refunds: [] };
  }
  if (order.paidByAttemptId === attempt.attemptId) return { resolved: { order, attempt }, refunds: [] };
  if (order.state !== 'placed') return giveBack(house, tx, following, order.state === 'cancelled' ? 'cancelled_before' : 'superseded');
  if (!isAwaited(following)) return giveBack(house, tx, following, 'superseded');
  const { captured } = attempt;
  if (captured.currency !== order.currency || compare(captured, totalOf(order)) < 0)
    return giveBack(house, tx, following, 'captured_short');
  return applyPaid(house, tx, following, captured.minor - order.totalMinor);
}

/** Whether this attempt is the way in which its order is to be paid; not after the customer chose another, or cancelled. */
function isAwaited({ order, attempt }: Following): boolean {
  return order.state === 'placed' && order.tender === 'provider' && attempt.supersededAt === null;
}

async function applyPaid(house: OrdersHouse, tx: Transaction, following: Following, excessMinor: bigint): Promise<Followed> {
  const { account, order, attempt, seen } = following;
  const payment: Payment = {
    tender: 'provider',
    provider: attempt.provider,
    attemptId: attempt.attemptId,
    method: attempt.method,
    paidAt: attempt.endedAt ?? house.clock.transport(),
    excess: money(order.currency, excessMinor),
  };
  const now = instantUnder(account, house.clock.business());
  const applied = await applyOrder(house, tx, { account, order, seen, payment, now });
  if (applied.kind === 'impossible') return giveBack(house, tx, following, applied.reason);
  if (excessMinor === 0n) return { resolved: { order: applied.order, attempt }, refunds: [] };
  const refunds = await returnMoney(house, tx, following, { amount: payment.excess, key: 'excess', reason: 'excess' });
  return { resolved: { order: applied.order, attempt }, refunds };
}

/** A capture for which nothing is delivered goes back whole. Once: the refund's key is the same each time. */
async function giveBack(house: OrdersHouse, tx: Transaction, following: Following, reason: OrderReason): Promise<Followed> {
  const { account, order, attempt, was } = following;
  assert(attempt.captured !== null, 'only what was captured is given back');
  // Whoever hears of the capture first books it and sets it on its way back; a repeat finds that done.
  if (was.state === 'succeeded') return { resolved: { order, attempt }, refunds: await refundsOfOrder(tx, order) };
  const at = instantUnder(account, house.clock.business());
  bookReturn(house, tx, { account, attempt, at });
  const refunds = await returnMoney(house, tx, following, { amount: attempt.captured, key: 'given_back', reason });
  // A late success of an order that took effect by another payment leaves the order as it is.
  const stays = reason === 'superseded' || ORDER_LIFECYCLE[order.state].give_back === undefined;
  if (stays) return { resolved: { order, attempt }, refunds };
  const returned: Order = { ...order, state: refunds.length > 0 ? 'refunding' : 'refunded', reason, paidAt: attempt.endedAt, lookAt: null };
  const news = { amount: attempt.captured, creditNoteNumber: null, reason, takenBack: null, at };
  saveOrder(tx, returned);
  writeEvents(tx, [refundedEvent(house, returned, news)]);
  return { resolved: { order: returned, attempt }, refunds };
}

type Returning = { readonly amount: Money; readonly key: string; readonly reason: string };

/** Sets captured money on its way back; what the payer's bank took in a dispute is back already, and the provider would refuse it. */
async function returnMoney(house: OrdersHouse, tx: Transaction, following: Following, returning: Returning): Promise<Refund[]> {
  const { account, attempt } = following;
  const { key, reason } = returning;
  const amount = lesser(returning.amount, refundable(attempt));
  const disputed = subtract(returning.amount, amount);
  if (disputed.minor > 0n)
    bookReturnedByDispute(house, tx, { account, attempt, amount: disputed, at: instantUnder(account, house.clock.business()) });
  if (amount.minor === 0n) return [];
  const refund = await startRefund(house, tx, { attempt, amount, key, reason, transportAt: house.clock.transport() });
  assert(!isRefusal(refund), 'what was captured and neither refunded nor disputed can be refunded');
  return [refund];
}
