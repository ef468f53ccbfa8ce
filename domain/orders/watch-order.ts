/**
 * Reading an order for somebody who watches it (P2, asked at once on read): where its payment is open, the provider is asked
 * on their behalf, but not each time they look. A page that looks once a second costs two index look-ups; the provider is
 * asked every five seconds at most, less often the longer it takes, and never keeps the reader waiting for long.
 */
import { type Attempt, attemptsOfOrder, isLive } from '#domain/payments';
import type { OrdersHouse } from './house.ts';
import type { Order } from './order.ts';
import { orderUnderLock } from './read-order.ts';
import { askAttempt } from './settle-order.ts';

export type WatchedOrder = { readonly order: Order; readonly attempts: readonly Attempt[] };
export type OrderWatch = { readonly look: (order: Order) => Promise<WatchedOrder> };

export type OrderWatchOptions = {
  /** Told of a question that failed: the reader sees what is known, and it is asked again. */
  readonly onTrouble: (error: unknown) => void;
  /** How long a reader waits for an answer before they are shown what is known. */
  readonly patienceMs?: number;
};

const ASK_EVERY_MS_MIN = 5_000;
/** Of the time since the attempt began: after five minutes, every thirty seconds. */
const ASK_EVERY_SHARE = 0.1;
const PATIENCE_MS = 1_000;
/** Longer than any request of ours to a provider: one that is being sent has nothing to be asked about yet. */
const SENDING_MS_MAX = 15_000;
/** Orders remembered as asked about; more than this are being watched on one node only under attack. */
const WATCHED_MAX = 10_000;

/** One for each process: what it remembers is only when it last asked. */
export function createOrderWatch(house: OrdersHouse, { onTrouble, patienceMs = PATIENCE_MS }: OrderWatchOptions): OrderWatch {
  const askedAtMs = new Map<bigint, number>();
  const asking = new Map<bigint, Promise<void>>();

  /** Whether it is time to ask about this attempt. */
  function isDue({ attemptId, state, startedAt }: Attempt, nowMs: number): boolean {
    if (state === 'started' && nowMs - startedAt.getTime() < SENDING_MS_MAX) return false;
    const everyMs = Math.max(ASK_EVERY_MS_MIN, (nowMs - startedAt.getTime()) * ASK_EVERY_SHARE);
    return nowMs - (askedAtMs.get(attemptId) ?? startedAt.getTime() - everyMs) >= everyMs;
  }

  function ask(attempt: Attempt, nowMs: number): Promise<void> {
    const { attemptId } = attempt;
    if (askedAtMs.size >= WATCHED_MAX) askedAtMs.clear();
    askedAtMs.set(attemptId, nowMs);
    const asked = askAttempt(house, attempt)
      .then(() => undefined, onTrouble)
      .finally(() => asking.delete(attemptId));
    asking.set(attemptId, asked);
    return asked;
  }

  return {
    async look(order) {
      const attempts = await attemptsOfOrder(house.database, order);
      if (order.state !== 'placed') return { order, attempts };
      const nowMs = house.clock.transport().getTime();
      const waits = attempts.filter(isLive).flatMap((attempt) => {
        const underWay = asking.get(attempt.attemptId);
        return underWay !== undefined ? [underWay] : isDue(attempt, nowMs) ? [ask(attempt, nowMs)] : [];
      });
      if (waits.length === 0) return { order, attempts };
      await withPatience(Promise.all(waits), patienceMs);
      const [later, laterAttempts] = await Promise.all([orderUnderLock(house.database, order), attemptsOfOrder(house.database, order)]);
      return { order: later, attempts: laterAttempts };
    },
  };
}

async function withPatience(work: Promise<unknown>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([work, enough]);
  clearTimeout(timer);
}
