/**
 * What can be bought for a line, priced with its tax: the same decisions and prices as a quote of each alone. What the asker
 * may know of the line is the door's to observe: `effect` holds ends that a guest is not told (ID-6).
 */
import { type Asker, requireAccess } from '#domain/access';
import { type Pack, type Plan, type Product, type TaxDocument, taxDocument } from '#domain/catalog';
import { decidePurchase, type LineKey, type PurchaseEffect, type PurchaseRefusal, presentPlan } from '#domain/lines';
import type { Money } from '#domain/money';
import { assert } from '#platform/assert';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import type { ItemRequest } from './order.ts';
import { type Circumstances, effectOf, type ProductRefusal, priceFor, productFor, readCircumstances } from './quote-order.ts';

export type Offer<P extends Product = Product> = {
  readonly request: ItemRequest;
  readonly product: P;
  readonly price: Money;
  /** Paid from outside. */
  readonly sum: TaxDocument;
  /** What it would do now, or why it cannot be bought for this line. */
  readonly effect: PurchaseEffect | PurchaseRefusal;
};

export type Offers = Circumstances & {
  readonly plan: Plan | undefined;
  /** The present plan at the price of now, or why it cannot be renewed. */
  readonly renewal: Offer<Plan> | ProductRefusal;
  readonly packs: readonly Offer<Pack>[];
  /** One for each preset amount. */
  readonly topUps: readonly Offer[];
};

/** Refuses `access.not_allowed`, and `lines.number_lost` for a line to which nothing is sold any more. */
export async function listOffers(
  house: OrdersHouse,
  asker: Asker,
  line: LineKey,
): Promise<Offers | Refusal<'access.not_allowed'> | PurchaseRefusal> {
  const [denied, circumstances] = await Promise.all([
    requireAccess(house.database, asker, ['see_renewal'], line),
    readCircumstances(house, house.database, line),
  ]);
  if (denied !== undefined) return denied;
  const { catalog, market, state, now } = circumstances;
  const plan = presentPlan(catalog, state);
  // A line to which not even money can be added is lost.
  const closed = decidePurchase(state, { kind: 'top_up' }, { market, present: plan, now });
  if (isRefusal(closed)) return closed;
  const packs = catalog.onSale(market.code, now, ['pack']).filter((product) => product.kind === 'pack');
  return {
    ...circumstances,
    plan,
    renewal: renewalOf(circumstances),
    packs: packs.map((pack) => offer(circumstances, { kind: 'pack', product: pack.code }, pack)),
    topUps: market.topUp.presets.flatMap((amount) => {
      const product = productFor(circumstances, { kind: 'top_up', amount });
      return isRefusal(product) ? [] : [offer(circumstances, { kind: 'top_up', amount }, product)];
    }),
  };
}

function renewalOf(circumstances: Circumstances): Offer<Plan> | ProductRefusal {
  const product = productFor(circumstances, { kind: 'renew' });
  if (isRefusal(product)) return product;
  assert(product.kind === 'plan', 'what a line is on is a plan');
  return offer(circumstances, { kind: 'renew' }, product);
}

function offer<P extends Product>(circumstances: Circumstances, request: ItemRequest, product: P): Offer<P> {
  const { market, state } = circumstances;
  const price = priceFor(request, product);
  const items = [{ kind: product.kind, price }];
  const sum = taxDocument({ market, postcode: state.line.taxRegion, paidFrom: 'outside', items });
  const startRule = null;
  return { request, product, price, sum, effect: effectOf(circumstances, { kind: request.kind, startRule }, product) };
}
