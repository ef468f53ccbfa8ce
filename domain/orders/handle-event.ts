/**
 * A provider's webhook, verified: a hint at which attempt, refund or dispute to look up. Its claim commits with what it
 * leads to; a delivery whose look-up fails is answered all the same, and the janitor asks again (architecture.md, Webhooks).
 */
import { instantUnder, lockAccount } from '#domain/ledger';
import { type Attempt, askRefund, claimEvent, findAttempt, readRefund, recordDispute, type VerifiedEvent } from '#domain/payments';
import { bookDispute } from './book-sale.ts';
import type { OrdersHouse } from './house.ts';
import { resolveRefund } from './return-money.ts';
import { askAttempt } from './settle-order.ts';

/** Does what a verified event asks for; `unknown_subject` when it names nothing of ours (answer 200: it is not for us). */
export async function handleEvent(house: OrdersHouse, event: VerifiedEvent): Promise<'done' | 'unknown_subject'> {
  const attempt = await findAttempt(house.database, event);
  if (attempt === undefined) return 'unknown_subject';
  if (event.kind === 'dispute') await settleDispute(house, attempt, event);
  else if (event.kind === 'refund' && event.refundId !== undefined) await askAboutRefund(house, attempt, event.refundId);
  else if (event.kind !== 'other') await askAttempt(house, attempt, { provider: event.provider, eventId: event.eventId });
  return 'done';
}

async function askAboutRefund(house: OrdersHouse, { slot, accountId }: Attempt, refundId: bigint): Promise<void> {
  const refund = await readRefund(house.database, { slot, accountId, refundId });
  if (refund !== undefined) await resolveRefund(house, refund, await askRefund(house.providers, refund, house.clock.transport()));
}

/** A dispute is taken from the signed body: there is nothing to look up that would say more. */
function settleDispute(house: OrdersHouse, attempt: Attempt, event: VerifiedEvent): Promise<void> {
  return house.database.transaction(async (tx) => {
    const account = await lockAccount(tx, attempt);
    const transportAt = house.clock.transport();
    const { slot, accountId } = attempt;
    if (!(await claimEvent(tx, { provider: event.provider, eventId: event.eventId, slot, accountId, transportAt }))) return;
    if (event.dispute === undefined) return;
    const change = await recordDispute(tx, { attempt, news: event.dispute, transportAt });
    if (change === undefined) return;
    const { dispute, from } = change;
    const at = instantUnder(account, house.clock.business());
    const posting = { account, provider: attempt.provider, reference: dispute.disputeId, amount: dispute.amount, at };
    if (from === undefined && dispute.state !== 'won') bookDispute(house, tx, { ...posting, won: false });
    if (from !== undefined && dispute.state === 'won') bookDispute(house, tx, { ...posting, won: true });
  });
}
