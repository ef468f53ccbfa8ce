/** Ordering and paying from a page, again in another way, and not at all. The provider's page is where the reader goes `next`. */
import type { Asker, PlaceRequest, RefusalView, SelfCareUseCases } from '#channels/web';
import {
  cancelOrder as cancelOpenOrder,
  linkOf,
  openOrder,
  openQuote,
  type PayResult,
  payOrder,
  payAgain as payOrderAgain,
  placeOrder,
} from '#domain/orders';
import { isRefusal, Refusal } from '#platform/refusals';
import { type Desk, personOf } from './desk.ts';
import { sealLine } from './line-ref.ts';
import { refuse } from './refusals.ts';
import { wayOf } from './show-method.ts';
import { tellRefusal } from './tell-refusal.ts';

export type Placed = { readonly orderSecret: string; readonly next?: string };

/** RFC 5321 §4.5.3.1: no address is longer. Whether it works, the mail finds out. */
const EMAIL = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/;
const EMAIL_LENGTH_MAX = 254;

export async function place(desk: Desk, asker: Asker, request: PlaceRequest): Promise<Placed | RefusalView> {
  const { house } = desk;
  const { language } = asker;
  const { quoteSecret, key, method, keepMethod, acceptedTerms, email } = request;
  const quote = await openQuote(house.database, quoteSecret);
  if (isRefusal(quote)) return tellRefusal(quote, asker);
  const { content } = quote;
  const where = { language, secret: quoteSecret, ref: sealLine(desk, { ...content.line, claimCount: content.claimCount }) };
  const way = wayOf(method, asker, keepMethod);
  if (way === undefined) return tellRefusal(new Refusal('orders.tender_not_offered'), where);
  if (email !== undefined && !(EMAIL.test(email) && email.length <= EMAIL_LENGTH_MAX))
    return tellRefusal(refuse('self-care.email_invalid'), where);
  const placed = await placeOrder(house, personOf(desk, asker), { quote, key, way, acceptedTerms, language, email });
  return isRefusal(placed) ? tellRefusal(placed, where) : goOn(await payOrder(house, placed));
}

type AgainRequest = Parameters<SelfCareUseCases['payAgain']>[1];

export async function payAgain(desk: Desk, asker: Asker, { secret, key, method, keepMethod }: AgainRequest): Promise<Placed | RefusalView> {
  const { house } = desk;
  const where = { language: asker.language, secret };
  const order = await openOrder(house.database, secret);
  if (isRefusal(order)) return tellRefusal(order, where);
  const way = wayOf(method, asker, keepMethod);
  if (way === undefined) return tellRefusal(new Refusal('orders.tender_not_offered'), where);
  const paying = await payOrderAgain(house, personOf(desk, asker), { order, key, way });
  return isRefusal(paying) ? tellRefusal(paying, where) : goOn(paying);
}

function goOn({ order, page }: PayResult): Placed {
  return { orderSecret: linkOf(order), ...(page === undefined ? {} : { next: page }) };
}

/** Whoever holds the link may end what is not paid; a repeat finds it ended, so the key is not needed. */
export async function cancelOrder(desk: Desk, asker: Asker, { secret }: { readonly secret: string }): Promise<Placed | RefusalView> {
  const { house } = desk;
  const where = { language: asker.language, secret };
  const order = await openOrder(house.database, secret);
  if (isRefusal(order)) return tellRefusal(order, where);
  const cancelled = await cancelOpenOrder(house, personOf(desk, asker), order);
  return isRefusal(cancelled) ? tellRefusal(cancelled, where) : { orderSecret: linkOf(cancelled) };
}
