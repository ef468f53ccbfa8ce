/**
 * The daily question that no dispute is lost by: a webhook that never came, or that came about a payment we had not recorded
 * yet, is in the provider's list. One node asks; a question without an answer is asked again within the hour.
 */
import { DAY_MS, HOUR_MS } from '#platform/clock';
import { type Queries, statement } from '#platform/database';
import type { ListedDispute, Providers } from './provider.ts';
import { providerOf } from './provider-of.ts';

const claimRow = statement<{ provider: string; transportNow: Date; nextAskAt: Date }, { provider: string }>(
  import.meta.dirname,
  'claim-dispute-asking',
);
const putOffRow = statement<{ provider: string; nextAskAt: Date }>(import.meta.dirname, 'put-off-dispute-asking');

/** Schemes give a dispute some 120 days to end, and a bank may come back to it. */
const LOOK_BACK_MS = 180 * DAY_MS;

const inMs = (from: Date, ms: number): Date => new Date(from.getTime() + ms);

/** The providers whose disputes are to be listed now, claimed for this caller alone. */
export async function claimDisputeAsking(queries: Queries, providers: Providers, transportNow: Date): Promise<readonly string[]> {
  const nextAskAt = inMs(transportNow, HOUR_MS);
  const claimed = await Promise.all(
    Object.keys(providers).map((provider) => queries.maybe(claimRow, { provider, transportNow, nextAskAt })),
  );
  return claimed.flatMap((row) => (row === undefined ? [] : [row.provider]));
}

/** The provider's disputes; undefined when it gave no answer. Touches no row. */
export async function askDisputes(
  providers: Providers,
  provider: string,
  transportNow: Date,
): Promise<readonly ListedDispute[] | undefined> {
  const listed = await providerOf(providers, provider).listDisputes(inMs(transportNow, -LOOK_BACK_MS), transportNow);
  return listed.kind === 'listed' ? listed.disputes : undefined;
}

/** All that was listed is done: asked again in a day. */
export async function putOffDisputeAsking(queries: Queries, provider: string, transportNow: Date): Promise<void> {
  await queries.query(putOffRow, { provider, nextAskAt: inMs(transportNow, DAY_MS) });
}
