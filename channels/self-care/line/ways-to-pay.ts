/** How a quote or an order may be paid by who reads it: kept methods first, then the provider's page; the balance, where it covers it, as a button of its own. */
import type { Asker, MethodView, QuoteView, SentenceView, SignedInAsker } from '#channels/web';
import { type Action, ALLOWED, standingsOf } from '#domain/access';
import type { Market } from '#domain/catalog';
import { available, readAccount } from '#domain/ledger';
import { compare, subtract } from '#domain/money';
import type { Order, Quote } from '#domain/orders';
import { listSavedMethods } from '#domain/payments';
import { requireCooledOff } from '#domain/people';
import type { Refusal } from '#platform/refusals';
import { type Desk, personOf } from '../desk.ts';
import { methodViews, savedView } from '../show-method.ts';
import { lineIdOf } from './own-line.ts';

type Ways = Pick<QuoteView, 'methods' | 'keepable' | 'waits' | 'fromBalance' | 'lineId'>;
type Own = {
  readonly allowed: readonly Action[];
  /** Of who asks, where they may pay with them. */
  readonly kept: readonly MethodView[];
  readonly cooling: Refusal<'people.cooling_off'> | undefined;
};

export async function waysToPay(desk: Desk, asker: Asker, quote: Quote, market: Market): Promise<Ways> {
  const { content } = quote;
  // What costs nothing is not paid outside.
  const pages = content.sums.provider.total.minor === 0n ? [] : methodViews(market);
  const { signIn } = asker;
  if (signIn === undefined) return { methods: pages, keepable: false };
  const [own, account] = await Promise.all([readOwn(desk, { ...asker, signIn }, quote), readAccount(desk.house.database, quote)]);
  const { allowed } = own;
  const kept = pages.length > 0 ? own.kept : [];
  const total = content.sums.balance?.total;
  const balance = available(account);
  const covers = total !== undefined && allowed.includes('pay_from_balance') && compare(balance, total) >= 0;
  const spends = covers && total.minor !== 0n;
  return {
    methods: [...(own.cooling ? [] : kept), ...pages],
    keepable: mayKeep(own, pages),
    ...(kept.length > 0 || spends ? waitsOf(own) : {}),
    ...(covers && !(own.cooling && spends) ? { fromBalance: { total, after: subtract(balance, total) } } : {}),
    ...(allowed.includes('see_line') ? { lineId: lineIdOf(content.line) } : {}),
  };
}

/** For an order that is still open. Kept methods are of the person who placed it, and only they keep one (domain/orders, payAgain). */
export async function waysToPayAgain(
  desk: Desk,
  asker: Asker,
  order: Order,
  market: Market,
): Promise<Pick<Ways, 'methods' | 'keepable' | 'waits'>> {
  const pages = methodViews(market);
  const { signIn } = asker;
  if (signIn === undefined || signIn.personId !== order.personId) return { methods: pages, keepable: false };
  const own = await readOwn(desk, { ...asker, signIn }, order);
  return {
    methods: [...(own.cooling ? [] : own.kept), ...pages],
    keepable: mayKeep(own, pages),
    ...(own.kept.length > 0 ? waitsOf(own) : {}),
  };
}

async function readOwn(desk: Desk, asker: SignedInAsker, account: { readonly slot: number; readonly accountId: bigint }): Promise<Own> {
  const { house } = desk;
  const { personId } = asker.signIn;
  const [[standing = 'guest'], saved, cooling] = await Promise.all([
    standingsOf(house.database, personOf(desk, asker), [account]),
    listSavedMethods(house.database, personId),
    requireCooledOff(house, house.database, personId),
  ]);
  const allowed = ALLOWED[standing];
  const kept = allowed.includes('use_saved_method') ? saved.map((one) => savedView(asker.language, one)) : [];
  return { allowed, kept, cooling };
}

function mayKeep({ allowed }: Own, pages: readonly MethodView[]): boolean {
  return allowed.includes('use_saved_method') && pages.length > 0;
}

/** Why what is kept is not offered, and until when. */
function waitsOf({ cooling }: Own): { readonly waits?: SentenceView } {
  const hours = Number(cooling?.values['hours'] ?? 0);
  return cooling === undefined ? {} : { waits: { key: 'refusal.people.cooling_off', values: { hours } } };
}
