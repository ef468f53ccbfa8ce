import type { LineWithQueue } from '#domain/lines';
import type { Money } from '#domain/money';
import type { Attempt, Dispute, Refund } from '#domain/payments';
import { present } from '#platform/assert';
import type { Queries } from '#platform/database';
import { formatId } from '#platform/ids';
import type { OutboxEvent } from '#platform/outbox';
import type { Tools } from '#platform/tools';
import type { OrdersHouse } from './house.ts';
import { receiptNumberOf } from './issue-document.ts';
import { type Order, sumOf, totalOf } from './order.ts';
import { linkOf } from './place-order.ts';

/** What every event about an order carries: enough to tell its people, the payer, without asking again. */
function orderFacts(house: OrdersHouse, order: Order) {
  const { orderId, lineId, language, content } = order;
  return {
    orderId,
    lineId,
    number: content.number,
    market: content.market,
    language,
    contacts: {
      email: order.email ?? undefined,
      sms: content.number,
      push: order.personId === null ? undefined : formatId('person', order.personId),
    },
    personId: order.personId,
    guest: order.asGuest,
    orderUrl: house.orderUrl(linkOf(order)),
    items: content.items.map(({ kind, names, startRule, usableFrom }) => ({
      kind,
      names,
      startsAt: startRule === null ? null : usableFrom,
    })),
  };
}

function event(tools: Pick<Tools, 'mintId'>, order: Order, kind: string, at: Date, payload: object): OutboxEvent {
  const { slot, accountId } = order;
  return { slot, accountId, eventId: tools.mintId(slot), kind, payload, at };
}

export function appliedEvent(
  house: OrdersHouse,
  order: Order,
  applied: { state: LineWithQueue; balance: Money | null; at: Date },
): OutboxEvent {
  const { total, tax } = sumOf(order);
  const { balance, at } = applied;
  return event(house, order, 'orders.applied', at, {
    ...orderFacts(house, order),
    total,
    tax,
    newEnd: applied.state.line.paidUntil,
    balance,
  });
}

/** What a refund took from the line again; null where nothing it had left it: money that came to nothing, a reduction of the price. */
export type TakenBack = { readonly newEnd: Date | null; readonly balance: Money | null };

export function refundedEvent(
  house: OrdersHouse,
  order: Order,
  refunded: { amount: Money; creditNoteNumber: string | null; reason: string; takenBack: TakenBack | null; at: Date },
): OutboxEvent {
  const { amount, creditNoteNumber, reason, takenBack, at } = refunded;
  return event(house, order, 'orders.refunded', at, { ...orderFacts(house, order), amount, creditNoteNumber, reason, takenBack });
}

export function declinedEvent(house: OrdersHouse, order: Order, attempt: Attempt): OutboxEvent {
  const reason = attempt.declineReason ?? 'generic';
  return event(house, order, 'orders.payment_failed', house.clock.business(), {
    ...orderFacts(house, order),
    total: totalOf(order),
    reason,
  });
}

/** What nobody is told but the operator: see `everline order troubles`. */
export type OperatorNews = {
  'orders.refund_failed': { readonly orderId: bigint; readonly refund: string; readonly failure: string | null };
  'orders.disputed': { readonly orderId: bigint; readonly dispute: string; readonly reason: string };
};

export function refundFailedEvent(house: OrdersHouse, { slot, accountId, orderId, refundId, failure }: Refund): OutboxEvent {
  const payload: OperatorNews['orders.refund_failed'] = { orderId, refund: formatId('ref', refundId), failure };
  return { slot, accountId, eventId: house.mintId(slot), kind: 'orders.refund_failed', payload, at: house.clock.business() };
}

export function disputedEvent(house: OrdersHouse, { slot, accountId, orderId, disputeId, reason }: Dispute): OutboxEvent {
  const payload: OperatorNews['orders.disputed'] = { orderId, dispute: disputeId, reason };
  return { slot, accountId, eventId: house.mintId(slot), kind: 'orders.disputed', payload, at: house.clock.business() };
}

export function cancelledEvent(house: OrdersHouse, order: Order, at: Date): OutboxEvent {
  return event(house, order, 'orders.cancelled', at, orderFacts(house, order));
}

/**
 * What an order's event says, for whoever tells people of it: with the receipt's number, which is drawn in the very commit
 * that writes the event, and so is known after it only.
 */
export async function completeEvent<Event extends OutboxEvent>(queries: Queries, event: Event): Promise<Event> {
  if (event.kind !== 'orders.applied') return event;
  const { slot, accountId, payload } = event;
  const { orderId } = payload as { readonly orderId: bigint };
  const receiptNumber = present(await receiptNumberOf(queries, { slot, accountId, orderId }), 'an order that took effect has a receipt');
  return { ...event, payload: { ...payload, receiptNumber } };
}
