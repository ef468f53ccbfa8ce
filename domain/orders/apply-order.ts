/**
 * Paid means applied: in the one transaction that records the payment, the ledger is posted, what was bought is granted,
 * the line moves, the receipt is numbered and the news is written (FX-1). It is decided anew on the line as it is now;
 * where that cannot be done any more, the answer says why, and the caller gives the money back.
 */
import type { Market } from '#domain/catalog';
import type { Account } from '#domain/ledger';
import {
  advanceLine,
  afterPurchase,
  applyPurchase,
  type LineWithQueue,
  type PurchaseToApply,
  periodOf,
  readLineAndClaim,
  saveAdvanced,
} from '#domain/lines';
import { type Money, money, sum } from '#domain/money';
import { assert, present } from '#platform/assert';
import type { Queries, Transaction } from '#platform/database';
import { writeEvents } from '#platform/outbox';
import { isRefusal } from '#platform/refusals';
import { bookSale } from './book-sale.ts';
import type { OrdersHouse } from './house.ts';
import { issueReceipt } from './issue-document.ts';
import { type AppliedItem, ORDER_LIFECYCLE, type Order, type OrderReason, type QuoteContent, sumOf } from './order.ts';
import { appliedEvent } from './order-events.ts';
import type { Payment } from './payment.ts';
import { effectOf, purchaseOf } from './quote-order.ts';
import { saveOrder } from './read-order.ts';

/** What an order takes effect on, read under the account's lock. */
export type LineSeen = Awaited<ReturnType<typeof readLineAndClaim>>;

export function seeLine(queries: Queries, { line }: QuoteContent): Promise<LineSeen> {
  return readLineAndClaim(queries, line);
}

export type Applying = {
  readonly account: Account;
  readonly order: Order;
  readonly seen: LineSeen;
  readonly payment: Payment;
  /** Business time under the lock. */
  readonly now: Date;
};

export type Applied = { readonly kind: 'applied'; readonly order: Order } | { readonly kind: 'impossible'; readonly reason: OrderReason };

/** Under the account's lock, for an order that is `placed`. Nothing is written when it is impossible. */
export async function applyOrder(house: OrdersHouse, tx: Transaction, applying: Applying): Promise<Applied> {
  const { account, order, seen, payment, now } = applying;
  assert(ORDER_LIFECYCLE[order.state].apply !== undefined, 'an order takes effect once');
  const { number, claimCount } = order.content;
  if (seen.line.number !== number || seen.claimCount !== claimCount) return { kind: 'impossible', reason: 'number_moved' };
  const marketNow = present(house.catalog().market(seen.line.market, now), 'a line is of a market that is in the catalogue');
  const advanced = advanceLine(seen, marketNow, now);
  const market = soldIn(house, order);
  const decided = decideItems(house, { order, market, state: advanced.state, now });
  if (decided === undefined) return { kind: 'impossible', reason: 'cannot_take_effect' };
  if (advanced.happenings.length + advanced.news.length > 0) await saveAdvanced(house, tx, advanced, now);
  const { state, items } = decided;
  const applied = appliedOrder(
    house,
    applying,
    items.map(({ before, apply: { itemNo, effect } }) => ({ itemNo, effect, before: periodOf(before.line) })),
  );
  issueReceipt(tx, { market, order: applied, payment, at: now });
  for (const { before, apply } of items) applyPurchase(house, tx, before, apply, market, now);
  saveOrder(tx, applied);
  bookSale(house, tx, { account, order, payment, at: now });
  writeEvents(tx, [appliedEvent(house, applied, { state, balance: balanceAfter(account, applied, payment), at: now })]);
  return { kind: 'applied', order: applied };
}

/** The market in the terms the order was sold under. */
export function soldIn(house: OrdersHouse, order: Order): Market {
  const { market, marketVersion } = order.content;
  return present(house.catalog().marketVersion(market, marketVersion), 'a market version is kept for ever');
}

function productOf(house: OrdersHouse, order: Order, item: Order['content']['items'][number]) {
  const product = house.catalog().productVersion(order.content.market, item.productCode, item.productVersion);
  return present(product, 'a product version is kept for ever');
}

type Items = { readonly order: Order; readonly market: Market; readonly state: LineWithQueue; readonly now: Date };
type Decided = { readonly before: LineWithQueue; readonly apply: PurchaseToApply };

/** Every item's effect on what those before it make of the line; undefined when one can have none. Nothing is written. */
function decideItems(
  house: OrdersHouse,
  { order, market, state: from, now }: Items,
): { state: LineWithQueue; items: Decided[] } | undefined {
  let state = from;
  const items: Decided[] = [];
  for (const item of order.content.items) {
    const product = productOf(house, order, item);
    const effect = effectOf({ catalog: house.catalog(), market, state, now }, item, product);
    if (isRefusal(effect)) return undefined;
    const apply = { purchase: purchaseOf(item, product), effect, orderId: order.orderId, itemNo: item.itemNo };
    items.push({ before: state, apply });
    state = afterPurchase(state, apply, market, now);
  }
  return { state, items };
}

function appliedOrder(house: OrdersHouse, { order, payment, now }: Applying, items: readonly AppliedItem[]): Order {
  const appliedAt = house.clock.transport();
  const byProvider = payment.tender === 'provider';
  return {
    ...order,
    state: 'applied',
    effect: items,
    effectiveAt: now,
    paidAt: byProvider ? payment.paidAt : appliedAt,
    paidByAttemptId: byProvider ? payment.attemptId : null,
    appliedAt,
    lookAt: null,
  };
}

/** The balance afterwards, where the order changed it. */
function balanceAfter(account: Account, order: Order, payment: Payment): Money | null {
  const { total, items } = sumOf(order);
  const topUps = items.filter((_, index) => order.content.items[index]?.kind === 'top_up').map((item) => item.net);
  const gained = sum(order.currency, topUps).minor;
  if (payment.tender === 'provider' && gained === 0n) return null;
  return money(order.currency, account.balanceMinor + gained - (payment.tender === 'balance' ? total.minor : 0n));
}
