/** What the order page needs to know of an order's life beyond its words: whether it may still change, and how often to look. */
import type { OrderView } from '../../views.ts';

const MOVING: ReadonlySet<OrderView['state']> = new Set(['awaiting_payment', 'payment_unknown', 'paid', 'refunding']);

/** Whether it changes without its reader doing anything on this page. */
export function isMoving({ state, stages, paymentPage }: OrderView): boolean {
  // Declined on a page that is still open: another card may be tried there at this moment.
  if (state === 'declined') return paymentPage !== undefined;
  return MOVING.has(state) || (state === 'delivered' && stages.some((stage) => stage.state === 'waiting' || stage.state === 'running'));
}

/** Changes exactly when the page reads differently, the running seconds aside. */
export function versionOf(order: OrderView): string {
  const stages = order.stages.map(({ stage, state }) => `${stage}-${state}`);
  return [order.state, ...stages, order.decline ?? '', order.receiptNumber ?? '', order.paymentPage === undefined ? '' : 'page'].join('.');
}

/** Without JavaScript: at once while it is fresh, seldom when it drags on. Seconds. */
export function refreshSeconds({ now, placedAt }: OrderView): number {
  const ageSeconds = (now.getTime() - placedAt.getTime()) / 1000;
  return Math.min(60, Math.max(2, Math.round(ageSeconds / 5)));
}
