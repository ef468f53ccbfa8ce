/** The janitor's daily round over disputes: no dispute is lost because its webhook was, or came before we knew its payment. */
import { askDisputes, claimDisputeAsking, findAttempt, type ListedDispute, putOffDisputeAsking, readDispute } from '#domain/payments';
import { parseId } from '#platform/ids';
import type { OrdersHouse } from './house.ts';
import { settleDispute } from './settle-dispute.ts';
import { askAttempt } from './settle-order.ts';

/** Lists what is due to be listed, and settles what is news; gives how many were listed. What fails is asked again within the hour. */
export async function askAboutDisputes(house: OrdersHouse): Promise<number> {
  const transportNow = house.clock.transport();
  let listed = 0;
  for (const provider of await claimDisputeAsking(house.database, house.providers, transportNow)) {
    const disputes = await askDisputes(house.providers, provider, transportNow);
    if (disputes === undefined) continue;
    for (const dispute of disputes) await settleListed(house, provider, dispute);
    await putOffDisputeAsking(house.database, provider, transportNow);
    listed += disputes.length;
  }
  return listed;
}

async function settleListed(house: OrdersHouse, provider: string, { news, attemptReference, providerId }: ListedDispute): Promise<void> {
  const attemptId = attemptReference === undefined ? undefined : parseId('att', attemptReference);
  const attempt = await findAttempt(house.database, { provider, attemptId, providerId });
  if (attempt === undefined) return;
  const known = await readDispute(house.database, attempt, news.disputeId);
  if (known?.state === news.state) return;
  await settleDispute(house, attempt, news);
  // What is disputed was captured, though we had not heard of it; if it comes to nothing, it is with the payer already.
  if (attempt.state !== 'succeeded') await askAttempt(house, attempt);
}
