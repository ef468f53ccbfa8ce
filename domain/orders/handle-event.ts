/**
 * A provider's webhook, verified: a hint at which attempt, refund or dispute to look up. Its claim commits with what it
 * leads to; a delivery whose look-up fails is answered all the same, and the janitor asks again (architecture.md, Webhooks).
 */
import { type Attempt, askRefund, findAttempt, readRefund, type VerifiedEvent } from '#domain/payments';
import type { OrdersHouse } from './house.ts';
import { resolveRefund } from './return-money.ts';
import { settleDispute } from './settle-dispute.ts';
import { askAttempt } from './settle-order.ts';

/**
 * Does what a verified event asks for; `unknown_subject` when it names nothing of ours (answer 200: it is not
 * for us, or of a payment we have not recorded yet; the janitor asks after that payment, and lists disputes daily).
 */
export async function handleEvent(house: OrdersHouse, event: VerifiedEvent): Promise<'done' | 'unknown_subject'> {
  const attempt = await findAttempt(house.database, event);
  if (attempt === undefined) return 'unknown_subject';
  // There is nothing to look up that would say more than the signed body of a dispute.
  if (event.dispute !== undefined) await settleDispute(house, attempt, event.dispute, { provider: event.provider, eventId: event.eventId });
  else if (event.kind === 'refund' && event.refundId !== undefined) await askAboutRefund(house, attempt, event.refundId);
  else if (event.kind === 'payment' || event.kind === 'refund')
    await askAttempt(house, attempt, { provider: event.provider, eventId: event.eventId });
  return 'done';
}

async function askAboutRefund(house: OrdersHouse, { slot, accountId }: Attempt, refundId: bigint): Promise<void> {
  const refund = await readRefund(house.database, { slot, accountId, refundId });
  if (refund !== undefined) await resolveRefund(house, refund, await askRefund(house.providers, refund, house.clock.transport()));
}
