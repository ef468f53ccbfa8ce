/** How a quote may be paid by who reads it: kept methods first, then the provider's page; the balance, where it covers it, as a button of its own. */
import type { Asker, QuoteView } from '#channels/web';
import { ALLOWED, standingsOf } from '#domain/access';
import type { Market } from '#domain/catalog';
import { available, readAccount } from '#domain/ledger';
import { compare, subtract } from '#domain/money';
import type { Quote } from '#domain/orders';
import { listSavedMethods } from '#domain/payments';
import { type Desk, personOf } from '../desk.ts';
import { methodViews, savedView } from '../show-method.ts';
import { lineIdOf } from './own-line.ts';

type Ways = Pick<QuoteView, 'methods' | 'fromBalance' | 'lineId'>;

export async function waysToPay(desk: Desk, asker: Asker, quote: Quote, market: Market): Promise<Ways> {
  const { database } = desk.house;
  const { content } = quote;
  // What costs nothing is not paid outside.
  const pages = content.sums.provider.total.minor === 0n ? [] : methodViews(market);
  if (asker.signIn === undefined) return { methods: pages };
  const [[standing = 'guest'], saved, account] = await Promise.all([
    standingsOf(database, personOf(desk, asker), [quote]),
    listSavedMethods(database, asker.signIn.personId),
    readAccount(database, quote),
  ]);
  const allowed = ALLOWED[standing];
  const kept = allowed.includes('use_saved_method') && pages.length > 0 ? saved.map((one) => savedView(asker.language, one)) : [];
  const total = content.sums.balance?.total;
  const balance = available(account);
  const covers = total !== undefined && allowed.includes('pay_from_balance') && compare(balance, total) >= 0;
  return {
    methods: [...kept, ...pages],
    ...(covers ? { fromBalance: { total, after: subtract(balance, total) } } : {}),
    ...(allowed.includes('see_line') ? { lineId: lineIdOf(content.line) } : {}),
  };
}
