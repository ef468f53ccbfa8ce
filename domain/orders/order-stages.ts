/**
 * The stages an order goes through, with the time each took (FX-2): paid, applied, notified, confirmed by the network. All of transport time, so that
 * they are the milliseconds people really waited. Pure.
 */
import type { NetworkAnswer } from '#domain/charging';
import type { Order } from './order.ts';
import type { OrderStanding } from './order-standing.ts';
import { NETWORK_MS_MAX } from './read-network.ts';

export type OrderStage = {
  readonly stage: 'paid' | 'applied' | 'notified' | 'confirmed';
  /** `idle`: there is nobody on the network to confirm it now; it holds all the same. */
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'idle';
  /** How long it took, or has been running; undefined where nothing runs. `confirmed` counts from the payment. */
  readonly ms: number | undefined;
};

/** What became of a notice about the order, as notices say it. */
export type ToldNotice = { readonly kind: string; readonly state: string; readonly endedAt: Date | null };

type Times = Pick<Order, 'beganAt' | 'paidAt' | 'appliedAt'>;

/** `transportNow` ends the running one. */
export function stagesOf(
  order: Times,
  standing: OrderStanding,
  notices: readonly ToldNotice[],
  network: NetworkAnswer,
  transportNow: Date,
): OrderStage[] {
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
    networkStage(order, isWaiting || isAsked || isPaid, network, transportNow),
  ];
}

/** Whom nobody asks for is not waited for. */
function networkStage({ beganAt, paidAt, appliedAt }: Times, isOpen: boolean, network: NetworkAnswer, now: Date): OrderStage {
  const isLate = appliedAt !== null && between(appliedAt, now) >= NETWORK_MS_MAX;
  if (appliedAt !== null && network.grantedAt === null && (!network.isOpen || isLate))
    return { stage: 'confirmed', state: 'idle', ms: undefined };
  const course = { from: paidAt ?? beganAt, to: network.grantedAt, isNext: appliedAt !== null, isOpen };
  return stage('confirmed', course, now);
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
