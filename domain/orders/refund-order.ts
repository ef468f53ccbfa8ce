/**
 * A refund by rule (PAY-6 begins here): money to where it came from, pro rata over net and taxes with a numbered credit
 * note; whole refunds also take back what was bought and not used. The intent is committed before the provider is asked.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Asker, actorOf, requireAccess } from '#domain/access';
import { type RefundAsked, type RefundRefusal, refundOf, type TaxRefund } from '#domain/catalog';
import { type Account, available, dropExpiredHolds, instantUnder, lockAccount } from '#domain/ledger';
import { hasMoved, readAdvanced, readLine, revertPurchase } from '#domain/lines';
import { equal, type Money, money, subtract, sum } from '#domain/money';
import { attemptsOfOrder, type Refund, type StartRefundRefusal, startRefund } from '#domain/payments';
import { writeEntry } from '#domain/records';
import { present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { formatId } from '#platform/ids';
import { writeEvents } from '#platform/outbox';
import { isRefusal, type Refusal } from '#platform/refusals';
import { soldIn } from './apply-order.ts';
import { bookRefund } from './book-sale.ts';
import type { OrdersHouse } from './house.ts';
import { issueCreditNote, type OrderDocument, readDocuments } from './issue-document.ts';
import { type Order, type OrderKey, sumOf } from './order.ts';
import { refundedEvent, type TakenBack } from './order-events.ts';
import { stepOf } from './pay-way.ts';
import { orderUnderLock, saveOrder } from './read-order.ts';
import { refuse } from './refusals.ts';
import { pursueRefunds } from './return-money.ts';

export type RefundRequest = {
  readonly order: OrderKey;
  /** Unique for the order: the same key twice is one refund. */
  readonly key: string;
  readonly asked: RefundAsked;
  readonly reason: string;
};
export type RefundOrderRefusal =
  | RefundRefusal
  | StartRefundRefusal
  | Refusal<
      | 'access.not_allowed'
      | 'orders.not_refundable'
      | 'orders.line_moved'
      | 'orders.value_used'
      | 'orders.key_reused'
      | 'orders.amount_not_chargeable'
    >;
export type Refunded = { readonly order: Order; readonly creditNoteNumber: string; readonly amount: Money };

/** Refunds an order that took effect, as a whole or in part. Refuses what was used up: `orders.value_used` for spent top-ups. */
export async function refundOrder(house: OrdersHouse, asker: Asker, request: RefundRequest): Promise<Refunded | RefundOrderRefusal> {
  const denied = await requireAccess(house.database, asker, ['refund'], request.order);
  if (denied !== undefined) return denied;
  const started = await house.database.transaction(async (tx) => {
    const locked = await lockAccount(tx, request.order);
    const account = await dropExpiredHolds(tx, locked, house.clock.transport(), instantUnder(locked, house.clock.business()));
    const [order, documents] = await Promise.all([orderUnderLock(tx, request.order), readDocuments(tx, request.order)]);
    const before = documents.find((one) => one.kind === 'credit_note' && one.key === request.key);
    if (before?.kind === 'credit_note' && !isDeepStrictEqual(before.content.asked, request.asked)) return refuse('orders.key_reused');
    if (before?.kind === 'credit_note')
      return { order, creditNoteNumber: before.documentNumber, amount: before.content.sum.total, refunds: [] as Refund[] };
    return start(house, tx, { account, order, documents, request, actor: actorOf(asker) });
  });
  if (isRefusal(started)) return started;
  await pursueRefunds(house, started.refunds);
  const { creditNoteNumber, amount } = started;
  return { order: await orderUnderLock(house.database, request.order), creditNoteNumber, amount };
}

type Starting = {
  readonly account: Account;
  readonly order: Order;
  readonly documents: readonly OrderDocument[];
  readonly request: RefundRequest;
  readonly actor: string;
};

async function start(house: OrdersHouse, tx: Transaction, starting: Starting) {
  const { account, order, documents, request, actor } = starting;
  const receipt = documents.find((one) => one.kind === 'receipt');
  if ((order.state !== 'applied' && order.state !== 'delivered') || receipt === undefined) return refuse('orders.not_refundable');
  const already = documents.flatMap((one) => (one.kind === 'credit_note' ? [one.content.sum] : []));
  const given = refundOf(sumOf(order), request.asked, already);
  if (isRefusal(given)) return given;
  const now = instantUnder(account, house.clock.business());
  const fromBalance = toppedUp(order, given);
  const spentMinor = fromBalance.minor - available(account).minor;
  if (fromBalance.minor > 0n && spentMinor > 0n) return refuse('orders.value_used', { currency: order.currency, spentMinor });
  if (order.tender === 'provider') {
    const step = stepOf(house, order.currency);
    if (given.total.minor % step !== 0n) return refuse('orders.amount_not_chargeable', { currency: order.currency, stepMinor: step });
  }
  const whole = equal(
    sum(
      order.currency,
      [...already, given].map((one) => one.total),
    ),
    sumOf(order).total,
  );
  // What it bought went with the line and cannot be taken back here; a part of the money is a matter of the seller's.
  if (whole && (await hasMoved(tx, order.content.line))) return refuse('orders.line_moved');
  const refunds = await startAtProvider(house, tx, order, request, given);
  if (isRefusal(refunds)) return refunds;
  const refundId = refunds[0]?.refundId ?? house.mintId(order.slot);
  const { slot, accountId, orderId } = order;
  const creditNoteNumber = await issueCreditNote(tx, {
    market: soldIn(house, order),
    order,
    key: request.key,
    receiptNumber: receipt.documentNumber,
    reason: request.reason,
    asked: request.asked,
    sum: given,
    at: now,
  });
  const refunded: Order = whole ? { ...order, state: order.tender === 'balance' ? 'refunded' : 'refunding', reason: 'refunded' } : order;
  bookRefund(house, tx, {
    account,
    order,
    reference: formatId('ref', refundId),
    fromBalance,
    sales: subtract(given.net, fromBalance),
    tax: given.tax,
    at: now,
  });
  if (whole) await revertItems(house, tx, order, refundId, now);
  const takenBack = await takenBackBy(tx, account, order, { whole, fromBalance });
  if (whole) saveOrder(tx, refunded);
  writeEntry(tx, {
    slot,
    accountId,
    entryId: house.mintId(slot),
    actor,
    action: 'orders.refund',
    subject: formatId('ord', orderId),
    reason: request.reason,
    after: { total: given.total, creditNoteNumber },
    at: now,
  });
  writeEvents(tx, [refundedEvent(house, refunded, { amount: given.total, creditNoteNumber, reason: request.reason, takenBack, at: now })]);
  return { order: refunded, creditNoteNumber, amount: given.total, refunds };
}

/** What it took from the line: its period and what was not used, money from the balance. */
async function takenBackBy(
  tx: Transaction,
  account: Account,
  order: Order,
  { whole, fromBalance }: { whole: boolean; fromBalance: Money },
): Promise<TakenBack | null> {
  if (!whole && fromBalance.minor === 0n) return null;
  const { line } = await readLine(tx, order.content.line);
  const balance = fromBalance.minor === 0n ? null : money(order.currency, account.balanceMinor - fromBalance.minor);
  return { newEnd: line.paidUntil, balance };
}

/** The part of a refund that was money put on the balance. */
function toppedUp(order: Order, given: TaxRefund): Money {
  const topUps = given.items.filter((item) => order.content.items[item.itemNo]?.kind === 'top_up');
  return sum(
    order.currency,
    topUps.map((item) => item.net),
  );
}

async function startAtProvider(
  house: OrdersHouse,
  tx: Transaction,
  order: Order,
  request: RefundRequest,
  given: TaxRefund,
): Promise<Refund[] | StartRefundRefusal> {
  if (order.tender === 'balance') return [];
  const attempts = await attemptsOfOrder(tx, order);
  const attempt = present(
    attempts.find((one) => one.attemptId === order.paidByAttemptId),
    'an order that a provider paid knows the attempt',
  );
  const refund = await startRefund(house, tx, {
    attempt,
    amount: given.total,
    // Apart from the keys of our own: `excess`, `given_back`.
    key: `asked/${request.key}`,
    reason: request.reason,
    transportAt: house.clock.transport(),
  });
  return isRefusal(refund) ? refund : [refund];
}

/** The last item first: each goes back to what it found. */
async function revertItems(house: OrdersHouse, tx: Transaction, order: Order, refundId: bigint, now: Date): Promise<void> {
  const catalog = house.catalog();
  for (const { itemNo, effect, before } of (order.effect ?? []).toReversed()) {
    const { state } = await readAdvanced(tx, catalog, order.content.line, now);
    const item = present(order.content.items[itemNo], 'an effect is of an item');
    const product = catalog.productVersion(order.content.market, item.productCode, item.productVersion);
    const period = product?.kind === 'plan' ? product.period : null;
    await revertPurchase(house, tx, state, { effect, before, orderId: order.orderId, itemNo, refundId, period }, soldIn(house, order), now);
  }
}
