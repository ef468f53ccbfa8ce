/**
 * A refund that the provider gave up on stays owed: it may be sent once more, as a refund of its own, when whoever looks after
 * it thinks that it will go through now (the dispute was won, the payer's bank put the card right).
 */
import { type Asker, actorOf, requireAccess } from '#domain/access';
import { instantUnder, lockAccount } from '#domain/ledger';
import { againKey, type Refund, readAttempt, refundsOfOrder, type StartRefundRefusal, startRefund } from '#domain/payments';
import { writeEntry } from '#domain/records';
import { present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import { formatId } from '#platform/ids';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import type { Order, OrderKey } from './order.ts';
import { orderUnderLock } from './read-order.ts';
import { refuse } from './refusals.ts';
import { pursueRefunds, stillOwed } from './return-money.ts';

export type RefundAgainRefusal = StartRefundRefusal | Refusal<'access.not_allowed' | 'orders.not_refundable'>;

/** Sends every failed refund of an order once more; each once. Refuses `orders.not_refundable` where none has failed. */
export async function refundAgain(house: OrdersHouse, asker: Asker, key: OrderKey, reason: string): Promise<Order | RefundAgainRefusal> {
  const denied = await requireAccess(house.database, asker, ['refund'], key);
  if (denied !== undefined) return denied;
  const started = await house.database.transaction(async (tx) => {
    const account = await lockAccount(tx, key);
    const refunds = await refundsOfOrder(tx, key);
    const failed = stillOwed(refunds).filter((one) => one.state === 'failed');
    if (failed.length === 0) return refuse('orders.not_refundable');
    const at = instantUnder(account, house.clock.business());
    const again: Refund[] = [];
    for (const one of failed) {
      const refund = await startAgain(house, tx, one);
      if (isRefusal(refund)) return refund;
      again.push(refund);
      writeEntry(tx, {
        ...{ slot: key.slot, accountId: key.accountId, entryId: house.mintId(key.slot), actor: actorOf(asker) },
        action: 'orders.refund_again',
        subject: formatId('ord', key.orderId),
        reason,
        before: { refund: formatId('ref', one.refundId), failure: one.failure },
        after: { refund: formatId('ref', refund.refundId), amount: refund.amount },
        at,
      });
    }
    return again;
  });
  if (isRefusal(started)) return started;
  await pursueRefunds(house, started);
  return orderUnderLock(house.database, key);
}

async function startAgain(house: OrdersHouse, tx: Transaction, failed: Refund): Promise<Refund | StartRefundRefusal> {
  const attempt = present(await readAttempt(tx, failed), 'a refund is of an attempt');
  const { amount, reason } = failed;
  return startRefund(house, tx, { attempt, amount, key: againKey(failed), reason, transportAt: house.clock.transport() });
}
