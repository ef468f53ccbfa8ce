/**
 * The ledger's side of an order. Money comes in and leaves through `boundary.<provider>` (L8); what we owe back until the
 * provider has done it lies in `clearing.refund`, which comes to zero.
 */
import { type Account, BALANCE, type Leg, postTransaction } from '#domain/ledger';
import { add, isZero, type Money, negate, sum, zero } from '#domain/money';
import type { Attempt, Refund } from '#domain/payments';
import type { Transaction } from '#platform/database';
import { formatId } from '#platform/ids';
import type { OrdersHouse } from './house.ts';
import { type Order, sumOf } from './order.ts';
import type { Payment } from './payment.ts';

const SALES = 'house.sales';
const TAX = 'house.tax';
const CLEARING = 'clearing.refund';
const DISPUTED = 'house.disputed';

function boundary(provider: string): string {
  return `boundary.${provider}`;
}

/** What an order brings: sales and tax to the house, topped-up money to the balance. */
function earned(order: Order): Leg[] {
  const { items, tax } = sumOf(order);
  const nets = items.map((item, index) => ({ isTopUp: order.content.items[index]?.kind === 'top_up', net: item.net }));
  const topUps = nets.filter((one) => one.isTopUp).map((one) => one.net);
  const sales = nets.filter((one) => !one.isTopUp).map((one) => one.net);
  return [
    { name: BALANCE, amount: sum(order.currency, topUps) },
    { name: SALES, amount: sum(order.currency, sales) },
    { name: TAX, amount: tax },
  ];
}

/** Posts the sale: paid from the balance that was held for it, or by what the provider captured. */
export function bookSale(house: OrdersHouse, tx: Transaction, sale: { account: Account; order: Order; payment: Payment; at: Date }): void {
  const { account, order, payment, at } = sale;
  const { total } = sumOf(order);
  const paidBy: Leg[] =
    payment.tender === 'balance'
      ? [{ name: BALANCE, amount: negate(total) }]
      : [
          { name: boundary(payment.provider), amount: negate(add(total, payment.excess)) },
          { name: CLEARING, amount: payment.excess },
        ];
  post(house, tx, account, { kind: 'sale', reference: formatId('ord', order.orderId), legs: [...paidBy, ...earned(order)], at });
}

/** Posts a capture that nothing is delivered for: in, and owed back. */
export function bookReturn(house: OrdersHouse, tx: Transaction, capture: { account: Account; attempt: Attempt; at: Date }): void {
  const { account, attempt, at } = capture;
  const captured = attempt.captured ?? zero(account.currency);
  const legs = [
    { name: boundary(attempt.provider), amount: negate(captured) },
    { name: CLEARING, amount: captured },
  ];
  post(house, tx, account, { kind: 'capture_to_return', reference: formatId('att', attempt.attemptId), legs, at });
}

export type Reversal = {
  readonly account: Account;
  readonly order: Order;
  readonly reference: string;
  readonly fromBalance: Money;
  readonly sales: Money;
  readonly tax: Money;
  readonly at: Date;
};

/** Posts a credit note: taken from sales, tax and topped-up balance, to the balance that paid or into clearing until the provider has paid. */
export function bookRefund(house: OrdersHouse, tx: Transaction, reversal: Reversal): void {
  const { account, order, reference, fromBalance, sales, tax, at } = reversal;
  const legs = [
    { name: BALANCE, amount: negate(fromBalance) },
    { name: SALES, amount: negate(sales) },
    { name: TAX, amount: negate(tax) },
    { name: order.tender === 'balance' ? BALANCE : CLEARING, amount: sum(order.currency, [fromBalance, sales, tax]) },
  ];
  post(house, tx, account, { kind: 'refund', reference, legs, at });
}

/** Posts that the provider has paid a refund out. */
export function bookRefundPaid(house: OrdersHouse, tx: Transaction, paid: { account: Account; refund: Refund; at: Date }): void {
  const { account, refund, at } = paid;
  const legs = [
    { name: CLEARING, amount: negate(refund.amount) },
    { name: boundary(refund.provider), amount: refund.amount },
  ];
  post(house, tx, account, { kind: 'refund_paid', reference: formatId('ref', refund.refundId), legs, at });
}

/** Posts that a refund that had been paid out came back. */
export function bookRefundSentBack(house: OrdersHouse, tx: Transaction, back: { account: Account; refund: Refund; at: Date }): void {
  const { account, refund, at } = back;
  const legs = [
    { name: boundary(refund.provider), amount: negate(refund.amount) },
    { name: CLEARING, amount: refund.amount },
  ];
  post(house, tx, account, { kind: 'refund_sent_back', reference: formatId('ref', refund.refundId), legs, at });
}

/** Posts that what was owed back is with the payer already, because their bank took it in a dispute. */
export function bookReturnedByDispute(
  house: OrdersHouse,
  tx: Transaction,
  returned: { account: Account; attempt: Attempt; amount: Money; at: Date },
): void {
  const { account, attempt, amount, at } = returned;
  const legs = [
    { name: CLEARING, amount: negate(amount) },
    { name: DISPUTED, amount },
  ];
  post(house, tx, account, { kind: 'returned_by_dispute', reference: formatId('att', attempt.attemptId), legs, at });
}

/** Posts that what had been returned by a dispute is with us again, and owed as before. */
export function bookOwedAgain(
  house: OrdersHouse,
  tx: Transaction,
  owed: { account: Account; attempt: Attempt; amount: Money; at: Date },
): void {
  const { account, attempt, amount, at } = owed;
  const legs = [
    { name: DISPUTED, amount: negate(amount) },
    { name: CLEARING, amount },
  ];
  post(house, tx, account, { kind: 'owed_again', reference: formatId('att', attempt.attemptId), legs, at });
}

/**
 * Posts a dispute: the bank took money back (`taken`), or gave it again (negative). Value that was spent becomes what we claim
 * from the payer, `house.disputed`, never a negative balance (L5).
 */
export function bookDispute(
  house: OrdersHouse,
  tx: Transaction,
  dispute: { account: Account; provider: string; reference: string; taken: Money; at: Date },
): void {
  const { account, provider, reference, taken, at } = dispute;
  const legs = [
    { name: boundary(provider), amount: taken },
    { name: DISPUTED, amount: negate(taken) },
  ];
  post(house, tx, account, { kind: taken.minor < 0n ? 'dispute_won' : 'dispute', reference, legs, at });
}

function post(
  house: OrdersHouse,
  tx: Transaction,
  account: Account,
  posting: { kind: string; reference: string; legs: readonly Leg[]; at: Date },
): void {
  const legs = posting.legs.filter((leg) => !isZero(leg.amount));
  if (legs.length === 0) return;
  const { kind, reference, at } = posting;
  const transactionId = house.mintId(account.slot);
  postTransaction(tx, account, { transactionId, kind, reference, legs, effectiveAt: at, recordedAt: house.clock.transport() });
}
