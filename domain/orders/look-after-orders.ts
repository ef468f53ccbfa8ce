/**
 * The janitor: asks about payments and refunds whose outcome is not known, settles what was held and not settled, ends
 * what nobody paid, and once a day lists disputes (P1, P2, P7). On transport time; any number of nodes may run it at once.
 */

import { type Attempt, attemptsDueForAsking, attemptsOfOrder, isLive, refundsDue } from '#domain/payments';
import { statement } from '#platform/database';
import { askAboutDisputes } from './ask-about-disputes.ts';
import { endUnpaid } from './cancel-order.ts';
import type { OrdersHouse } from './house.ts';
import type { OrderKey } from './order.ts';
import { UNPAID_LIFE_MS } from './place-order.ts';
import { orderUnderLock } from './read-order.ts';
import { pursueRefunds } from './return-money.ts';
import { settleFromBalance } from './settle-from-balance.ts';
import { askAttempt } from './settle-order.ts';

const BATCH = 100;
const ordersToLookAt = statement<{ at: Date; limitRows: number }, OrderKey>(import.meta.dirname, 'orders-to-look-at');
const postponeRow = statement<OrderKey & { lookAt: Date | null }>(import.meta.dirname, 'postpone-order');
const forgetQuoteRows = statement<{ before: Date }>(import.meta.dirname, 'forget-quotes');

export type LookedAfter = { readonly attempts: number; readonly refunds: number; readonly orders: number; readonly disputes: number };

/** One round; gives how many of each it looked at. What fails is tried again by its own schedule, and is thrown at the end. */
export async function lookAfterOrders(house: OrdersHouse): Promise<LookedAfter> {
  const now = house.clock.transport();
  const [attempts, refunds] = await Promise.all([attemptsDueForAsking(house.database, now, BATCH), refundsDue(house.database, now, BATCH)]);
  const failures: unknown[] = [];
  const tried = (work: Promise<unknown>) => work.catch((error: unknown) => failures.push(error));
  for (const attempt of attempts) await tried(askAttempt(house, attempt));
  for (const refund of refunds) await tried(pursueRefunds(house, [refund]));
  const orders = await house.database.query(ordersToLookAt, { at: now, limitRows: BATCH });
  for (const key of orders) await tried(lookAt(house, key));
  let disputes = 0;
  await tried(
    askAboutDisputes(house).then((listed) => {
      disputes = listed;
    }),
  );
  await house.database.query(forgetQuoteRows, { before: new Date(now.getTime() - UNPAID_LIFE_MS) });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of the janitor's rounds failed`);
  return { attempts: attempts.length, refunds: refunds.length, orders: orders.length, disputes };
}

async function lookAt(house: OrdersHouse, key: OrderKey): Promise<void> {
  const order = await orderUnderLock(house.database, key);
  if (order.state !== 'placed') return postpone(house, order, null);
  if (order.tender === 'balance') return void (await settleFromBalance(house, order));
  const live = (await attemptsOfOrder(house.database, order)).filter(isLive);
  for (const attempt of live) await askAttempt(house, attempt);
  const open = (await attemptsOfOrder(house.database, order)).filter((attempt) => isLive(attempt) && !hasClosed(house, attempt));
  // An outcome that is still not known keeps the order open: it is asked about until it ends.
  if (open.length > 0) return postpone(house, order, new Date(house.clock.transport().getTime() + UNPAID_LIFE_MS));
  await endUnpaid(house, order, 'not_paid');
}

/** A page past its end that the provider still calls open can be closed by us. */
function hasClosed(house: OrdersHouse, attempt: Attempt): boolean {
  return attempt.state === 'pending' && attempt.pageExpiresAt !== null && attempt.pageExpiresAt <= house.clock.transport();
}

async function postpone(house: OrdersHouse, { slot, accountId, orderId }: OrderKey, lookAt: Date | null): Promise<void> {
  await house.database.query(postponeRow, { slot, accountId, orderId, lookAt });
}
