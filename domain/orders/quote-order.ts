/** A quote states items, rules, tax and total to the cent before anything is asked of anybody (PAY-3). */
import { type Action, type Asker, allowedAccounts, requireAccess } from '#domain/access';
import { type Catalog, type Market, type Plan, type Product, taxDocument } from '#domain/catalog';
import { available, instantUnder, readAccount } from '#domain/ledger';
import {
  advanceLine,
  afterPurchase,
  decidePurchase,
  type Line,
  type LineKey,
  type LineWithQueue,
  type NumberClaim,
  openPurchase,
  type Purchase,
  type PurchaseEffect,
  type PurchaseRefusal,
  presentPlan,
  readLine,
} from '#domain/lines';
import { compare, type Money, subtract } from '#domain/money';
import { assert, present } from '#platform/assert';
import { MINUTE_MS } from '#platform/clock';
import { type Queries, statement } from '#platform/database';
import { encodeJson } from '#platform/json';
import { secretToken } from '#platform/random';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import type { ItemRequest, Quote, QuoteContent, QuotedItem } from './order.ts';
import { stepOf } from './pay-way.ts';
import { refuse } from './refusals.ts';

const QUOTE_LIFE_MS = 30 * MINUTE_MS;
const ITEMS_MAX = 5;
/** Two renewals within this are perhaps one too many: review says so. */
const PAID_RECENTLY_MS = 10 * MINUTE_MS;

type InsertQuote = { slot: number; accountId: bigint; quoteId: bigint; lineId: bigint; token: string; content: string; expiresAt: Date };
const insertQuote = statement<InsertQuote>(import.meta.dirname, 'insert-quote');

export type QuoteRequest = { readonly line: NumberClaim; readonly items: readonly ItemRequest[] };
export type QuoteRefusal =
  | Refusal<
      | 'access.not_allowed'
      | 'orders.no_plan'
      | 'orders.nothing_chosen'
      | 'orders.two_plans'
      | 'orders.not_on_sale'
      | 'orders.amount_outside_limits'
      | 'orders.amount_not_chargeable'
    >
  | PurchaseRefusal;

/** Quotes items for a line to somebody who may buy them. The quote lives 30 minutes of transport time. */
export async function quoteOrder(house: OrdersHouse, asker: Asker, request: QuoteRequest): Promise<Quote | QuoteRefusal> {
  const { line: claim, items } = request;
  if (items.length === 0 || items.length > ITEMS_MAX) return refuse('orders.nothing_chosen', { max: ITEMS_MAX });
  if (items.filter((item) => PLAN_KINDS.has(item.kind)).length > 1) return refuse('orders.two_plans');
  const [denied, prepared] = await Promise.all([
    requireAccess(house.database, asker, items.map(actionFor), claim),
    prepareQuote(house, asker, claim, items),
  ]);
  if (denied !== undefined) return denied;
  if (isRefusal(prepared)) return prepared;
  const { slot, accountId, lineId } = claim;
  const at = house.clock.transport();
  const expiresAt = new Date(at.getTime() + QUOTE_LIFE_MS);
  return house.database.transaction(async (tx) => {
    // Its name is new with each try: the commit of the one before may have been done.
    const [quoteId, token] = [house.mintId(slot), secretToken()];
    tx.write(insertQuote, { slot, accountId, quoteId, lineId, token, content: encodeJson(prepared), expiresAt });
    openPurchase(tx, claim, at);
    return { slot, accountId, quoteId, token, content: prepared, expiresAt };
  });
}

const PLAN_KINDS: ReadonlySet<ItemRequest['kind']> = new Set(['renew', 'change', 'queue']);

function actionFor(item: ItemRequest): Action {
  return item.kind;
}

/** What a purchase of a line is decided from: the line as time has made it by now, its market, the catalogue. */
export async function readCircumstances(house: OrdersHouse, queries: Queries, line: LineKey): Promise<Circumstances> {
  const [account, read] = await Promise.all([readAccount(queries, line), readLine(queries, line)]);
  const now = instantUnder(account, house.clock.business());
  const catalog = house.catalog();
  const market = present(catalog.market(read.line.market, now), 'a line is of a market that is in the catalogue');
  return { catalog, market, state: advanceLine(read, market, now).state, now, balance: available(account) };
}

async function prepareQuote(
  house: OrdersHouse,
  asker: Asker,
  claim: NumberClaim,
  requests: readonly ItemRequest[],
): Promise<QuoteContent | QuoteRefusal> {
  const [circumstances, spenders] = await Promise.all([
    readCircumstances(house, house.database, claim),
    requests.some((request) => request.kind === 'top_up') ? allowedAccounts(house.database, asker, ['pay_from_balance'], [claim]) : [],
  ]);
  const { market, state, now } = circumstances;
  const items = quoteItems({ ...circumstances, missing: spenders.length > 0 ? missingSums(circumstances) : [] }, requests);
  if (isRefusal(items)) return items;
  const step = stepOf(house, market.currency);
  if (items.some((item) => item.kind === 'top_up' && item.price.minor % step !== 0n))
    return refuse('orders.amount_not_chargeable', { currency: market.currency, stepMinor: step });
  const { line } = state;
  const sold = items.map(({ kind, price }) => ({ kind: kind === 'pack' || kind === 'top_up' ? kind : ('plan' as const), price }));
  const buysMoney = items.some((item) => item.kind === 'top_up');
  return {
    line: { slot: line.slot, accountId: line.accountId, lineId: line.lineId },
    number: line.number,
    claimCount: claim.claimCount,
    market: market.code,
    marketVersion: market.version,
    termsVersion: market.termsVersion,
    taxRegion: line.taxRegion,
    items,
    sums: {
      provider: taxDocument({ market, postcode: line.taxRegion, paidFrom: 'outside', items: sold }),
      balance: buysMoney ? null : taxDocument({ market, postcode: line.taxRegion, paidFrom: 'balance', items: sold }),
    },
    paidRecently: items.some((item) => item.kind === 'renew') && wasPaidRecently(line, now),
  };
}

function wasPaidRecently(line: Line, now: Date): boolean {
  return line.lastPaidAt !== null && now.getTime() - line.lastPaidAt.getTime() < PAID_RECENTLY_MS;
}

export type Circumstances = {
  readonly catalog: Catalog;
  readonly market: Market;
  readonly state: LineWithQueue;
  readonly now: Date;
  /** What can be spent of it. */
  readonly balance: Money;
  /** Sums below the market's smallest top-up that may be topped up all the same: see `missingSums`. */
  readonly missing?: readonly Money[];
};

/**
 * What the balance lacks for each plan and pack on sale: a renewal that is some cents short is cured by exactly those
 * cents, however small. Only for who may spend the balance: the sums would tell a guest what is on it (ID-6).
 */
function missingSums({ catalog, market, state, now, balance }: Circumstances): Money[] {
  return catalog.onSale(market.code, now, ['plan', 'pack']).flatMap((product) => {
    if (product.kind === 'top_up') return [];
    const items = [{ kind: product.kind, price: product.price }];
    const { total } = taxDocument({ market, postcode: state.line.taxRegion, paidFrom: 'balance', items });
    return compare(total, balance) > 0 ? [subtract(total, balance)] : [];
  });
}

/** A quote has no order yet. */
const NO_ORDER = 0n;

function quoteItems(circumstances: Circumstances, requests: readonly ItemRequest[]): QuotedItem[] | QuoteRefusal {
  const { market, now } = circumstances;
  let { state } = circumstances;
  const items: QuotedItem[] = [];
  // The plan first: what else is in the order adds to it.
  const planFirst = requests.toSorted((left, right) => Number(PLAN_KINDS.has(right.kind)) - Number(PLAN_KINDS.has(left.kind)));
  for (const [itemNo, request] of planFirst.entries()) {
    const product = productFor({ ...circumstances, state }, request);
    if (isRefusal(product)) return product;
    const startRule = request.kind === 'queue' ? request.startRule : null;
    const effect = effectOf({ ...circumstances, state }, { kind: request.kind, startRule }, product);
    if (isRefusal(effect)) return effect;
    state = afterPurchase(state, { effect, orderId: NO_ORDER, itemNo }, market, now);
    const price = priceFor(request, product);
    const { rule, usableFrom, usableUntil } = effect;
    items.push({
      itemNo,
      kind: request.kind,
      productCode: product.code,
      productVersion: product.version,
      names: product.names,
      price,
      startRule,
      rule,
      usableFrom,
      usableUntil,
    });
  }
  return items;
}

/** A top-up's price is the amount that was asked for. */
export function priceFor(request: ItemRequest, product: Product): Money {
  if (request.kind === 'top_up') return request.amount;
  assert(product.kind !== 'top_up', 'a top-up is asked for by its amount');
  return product.price;
}

export type ProductRefusal = Refusal<'orders.no_plan' | 'orders.not_on_sale' | 'orders.amount_outside_limits'>;

/** The product a request is for, at the terms on sale now. A present plan that is no longer sold is renewed as it was sold. */
export function productFor({ catalog, market, state, now, missing = [] }: Circumstances, request: ItemRequest): Product | ProductRefusal {
  switch (request.kind) {
    case 'renew': {
      const { planCode } = state.line;
      if (planCode === null) return refuse('orders.no_plan');
      return (
        catalog.product(market.code, planCode, now) ?? presentPlan(catalog, state) ?? refuse('orders.not_on_sale', { product: planCode })
      );
    }
    case 'top_up': {
      const { min, max } = market.topUp;
      const { amount } = request;
      const cures = missing.some((sum) => sum.currency === amount.currency && sum.minor === amount.minor);
      if (amount.currency !== market.currency || (compare(amount, min) < 0 && !cures) || compare(amount, max) > 0)
        return refuse('orders.amount_outside_limits', { currency: market.currency, minMinor: min.minor, maxMinor: max.minor });
      const topUps = catalog.onSale(market.code, now, ['top_up']).filter((product) => product.kind === 'top_up');
      const fits =
        topUps.find((product) => product.amount !== null && compare(product.amount, amount) === 0) ??
        topUps.find((product) => product.amount === null);
      return fits ?? refuse('orders.not_on_sale', { product: 'top-up' });
    }
    default: {
      const product = catalog.product(market.code, request.product, now);
      const wanted = request.kind === 'pack' ? 'pack' : 'plan';
      return product?.kind === wanted ? product : refuse('orders.not_on_sale', { product: request.product });
    }
  }
}

/** What an item does to the line as it is: told in the quote, decided again when it is applied. */
export function effectOf(
  { catalog, market, state, now }: Omit<Circumstances, 'balance'>,
  item: Pick<QuotedItem, 'kind' | 'startRule'>,
  product: Product,
): PurchaseEffect | PurchaseRefusal {
  const present: Plan | undefined = presentPlan(catalog, state);
  return decidePurchase(state, purchaseOf(item, product), { market, present, now });
}

export function purchaseOf({ kind, startRule }: Pick<QuotedItem, 'kind' | 'startRule'>, product: Product): Purchase {
  if (product.kind === 'top_up') return { kind: 'top_up' };
  if (product.kind === 'pack') return { kind: 'pack', pack: product };
  return kind === 'queue'
    ? { kind, plan: product, startRule: startRule ?? 'at_end' }
    : { kind: kind === 'change' ? 'change' : 'renew', plan: product };
}
