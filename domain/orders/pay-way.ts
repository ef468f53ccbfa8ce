/** In which way an order is paid, and who may pay it so. */
import type { Action, Asker } from '#domain/access';
import type { AttemptMethod, PaymentChoice } from '#domain/payments';
import { requireCooledOff } from '#domain/people';
import { present } from '#platform/assert';
import type { Queries } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import type { QuoteContent } from './order.ts';

export type PayWay =
  | { readonly kind: 'page'; readonly choice?: PaymentChoice | undefined; readonly saveMethod: boolean }
  | { readonly kind: 'saved'; readonly savedMethodId: bigint };

export type AnyWay = PayWay | { readonly kind: 'balance' };

/** What somebody must be allowed to do to pay in this way. A card is kept, as it is used, by those who have to do with the line. */
export function actionsFor(way: AnyWay): readonly Action[] {
  if (way.kind === 'balance') return ['pay_from_balance'];
  return way.kind === 'saved' || way.saveMethod ? ['use_saved_method'] : [];
}

/**
 * What is kept for a person waits while how they are reached has just changed: whoever took their contact over finds a balance and
 * cards there. The provider's page asks for money of its own and is open to anybody, as it is to a guest (S3, docs/decisions/0011).
 */
export async function requireCooledWay(
  house: OrdersHouse,
  queries: Queries,
  asker: Asker,
  { content, way }: { readonly content: QuoteContent; readonly way: AnyWay },
): Promise<undefined | Refusal<'people.cooling_off'>> {
  const spendsKept = way.kind === 'saved' || (way.kind === 'balance' && content.sums.balance?.total.minor !== 0n);
  return asker.kind === 'person' && spendsKept ? requireCooledOff(house, queries, asker.personId) : undefined;
}

/** What an amount must be a multiple of for the provider to charge or refund it exactly. */
export function stepOf({ providers, providerCode }: OrdersHouse, currency: string, provider = providerCode): bigint {
  return present(providers[provider], 'the provider of our payments is configured').stepMinor(currency);
}

/**
 * Whether the order's market takes payment so. A top-up is not paid from the balance it goes to; what costs nothing (a
 * change to pay as you go) is not paid outside, nor is what the provider cannot charge exactly.
 */
export function isOffered(house: OrdersHouse, content: QuoteContent, way: AnyWay): boolean {
  if (way.kind === 'balance') return content.sums.balance !== null;
  const { currency, minor } = content.sums.provider.total;
  if (minor === 0n || minor % stepOf(house, currency) !== 0n) return false;
  if (way.kind === 'saved' || way.choice === undefined) return true;
  return house.catalog().marketVersion(content.market, content.marketVersion)?.paymentChoices.includes(way.choice) ?? false;
}

export function methodOf(house: OrdersHouse, way: PayWay): AttemptMethod {
  if (way.kind === 'saved') return way;
  return { kind: 'page', provider: house.providerCode, choice: way.choice, saveMethod: way.saveMethod };
}
