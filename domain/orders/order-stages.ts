/**
 * The stages an order goes through, with the time each took (FX-2): paid, applied, notified. All of transport time, so that
 * they are the milliseconds people really waited. Pure.
 */
import type { Order } from './order.ts';
import type { OrderStanding } from './order-standing.ts';

export type OrderStage = {
  readonly stage: 'paid' | 'applied' | 'notified';
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** How long it took, or has been running; undefined where nothing runs. */
  readonly ms: number | undefined;
};

/** What became of a notice about the order, as notices say it. */
export type ToldNotice = { readonly kind: string; readonly state: string; readonly endedAt: Date | null };

type Times = Pick<Order, 'beganAt' | 'paidAt' | 'appliedAt'>;

/** `transportNow` ends the running one. */
export function stagesOf(order: Times, standing: OrderStanding, notices: readonly ToldNotice[], transportNow: Date): OrderStage[] {
  const { beganAt, paidAt, appliedAt } = order;
  const told = notices.filter(({ kind }) => kind === 'orders.applied');
  const left = told.filter(({ state, endedAt }) => endedAt !== null && (state === 'sent' || state === 'kept'));
  const notifiedAt = earliest(left.map(({ endedAt }) => endedAt));
  const isLost = told.length > 0 && told.every(({ endedAt }) => endedAt !== null) && notifiedAt === null;
  const isWaiting = standing === 'awaiting_payment';
  const isAsked = standing === 'payment_unknown';
  const isPaid = standing === 'paid' || standing === 'delivered';
  return [
    stage('paid', { from: beganAt, to: paidAt, isNext: isAsked || isPaid, isOpen: isWaiting }, transportNow),
    stage('applied', { from: paidAt ?? beganAt, to: appliedAt, isNext: isPaid, isOpen: isWaiting || isAsked }, transportNow),
    stage(
      'notified',
      {
        from: appliedAt ?? beganAt,
        to: notifiedAt,
        isNext: appliedAt !== null && !isLost,
        isOpen: appliedAt === null && (isWaiting || isAsked || isPaid),
      },
      transportNow,
    ),
  ];
}

type Course = { readonly from: Date; readonly to: Date | null; readonly isNext: boolean; readonly isOpen: boolean };

function stage(name: OrderStage['stage'], { from, to, isNext, isOpen }: Course, now: Date): OrderStage {
  if (to !== null) return { stage: name, state: 'done', ms: between(from, to) };
  if (isNext) return { stage: name, state: 'running', ms: between(from, now) };
  return { stage: name, state: isOpen ? 'waiting' : 'failed', ms: undefined };
}

function between(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime());
}

function earliest(instants: readonly (Date | null)[]): Date | null {
  const times = instants.flatMap((at) => (at === null ? [] : [at.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
