/**
 * Taxes a sale. The tax point decides what is taxed, and it is never both:
 *
 * - use (default): plans and packs are taxed on their whole price, whatever pays for them. A top-up is stored value and
 *   untaxed; what pay as you go takes from the balance contains its tax (`taxOfUse`).
 * - load: tax falls on money that comes in from outside. A top-up is taxed when it is bought. A plan or pack paid by card
 *   is taxed at the sale, paid from the balance not at all (that money was taxed when it was loaded), and paid by
 *   both, on the outside part only: the balance pays towards the prices first, in proportion. So a $15 plan with $5 from
 *   the balance is taxed on $10, exactly as if $10 had been topped up just before.
 *
 * A percentage is of the price without tax. A fixed amount falls once a sale that has anything to tax, whatever the number of
 * items, and carries no percentage. Rounding is half up: each component of each item ("line"), or each component once a
 * document and given back to the items so that they sum to it ("document": Japan's qualified invoices round once a rate).
 */
import {
  add,
  compare,
  isZero,
  type Money,
  money,
  multiplyRatios,
  type Ratio,
  ratio,
  roundRatio,
  share,
  subtract,
  sum,
  taxInGross,
  taxOnNet,
  zero,
} from '#domain/money';
import { assert } from '#platform/assert';
import { taxRegionOf } from './find-tax-region.ts';
import type { Market, TaxComponent } from './market.ts';
import type { ProductKind } from './product.ts';
import type { TaxAmount, TaxDocument, TaxedItem, TaxTotal } from './tax-document.ts';

export type TaxableItem = { readonly kind: ProductKind; readonly price: Money };

export type Sale = {
  readonly market: Market;
  /** The line's; null when unknown. Chooses the tax region. */
  readonly postcode: string | null;
  /**
   * What pays: all of it from outside (card, cash …), all of it from the money balance, or so much of the prices from the
   * balance and the rest from outside. Money is never topped up from the balance.
   */
  readonly paidFrom: 'outside' | 'balance' | { readonly balance: Money };
  readonly items: readonly TaxableItem[];
};

/** The taxes and totals of a sale. Pure; no refusals: prices and limits were checked by whoever chose the items. */
export function taxDocument({ market, postcode, paidFrom, items }: Sale): TaxDocument {
  const { currency } = market;
  const region = taxRegionOf(market, postcode);
  const balanceParts = shareBalance(items, paidFrom, currency);
  const taxable = items.map(({ kind, price }, index) => {
    if (market.taxPoint === 'use') return kind === 'top_up' ? zero(currency) : price;
    return subtract(price, balanceParts[index] ?? zero(currency));
  });
  const taxes = taxesOf(market, region.components, taxable);
  const taxed = items.map(({ kind, price }, index): TaxedItem => {
    const fromBalance = balanceParts[index] ?? zero(currency);
    return { kind, price, fromBalance, ...addedUp(price, taxes[index] ?? [], market.pricesIncludeTax) };
  });
  const baseOf = (item: TaxedItem) => (market.taxPoint === 'use' ? item.net : subtract(item.net, item.fromBalance));
  return {
    market: market.code,
    marketVersion: market.version,
    taxRegion: region.code,
    pricesIncludeTax: market.pricesIncludeTax,
    items: taxed,
    taxes: totalsOf(region.components, taxed),
    taxable: sum(currency, taxed.filter((item) => item.taxes.length > 0).map(baseOf)),
    net: sum(
      currency,
      taxed.map((item) => item.net),
    ),
    tax: sum(
      currency,
      taxed.map((item) => item.tax),
    ),
    total: sum(
      currency,
      taxed.map((item) => item.gross),
    ),
  };
}

/**
 * The tax contained in what pay as you go took from the balance: none where it was taxed at load. Fixed amounts are per
 * sale, and use is none.
 */
export function taxOfUse(market: Market, postcode: string | null, used: Money): Pick<TaxedItem, 'net' | 'taxes' | 'tax' | 'gross'> {
  const { components } = taxRegionOf(market, postcode);
  const taxed = market.taxPoint === 'use' && !isZero(used) ? percentagesOf(components) : [];
  const rates = taxed.map(({ rate }) => rate);
  const taxes = taxed.map(({ code, rate }) => ({ code, amount: rounded(used.currency, taxInGross(used, rate, rates)) }));
  return addedUp(used, taxes, true);
}

/** Components of a region by code, with their names and sums over the items they fall on. */
export function totalsOf(
  components: readonly (TaxComponent | TaxTotal)[],
  items: readonly { readonly taxes: readonly TaxAmount[] }[],
): TaxTotal[] {
  return components.flatMap((component) => {
    const amounts = items.flatMap(({ taxes }) => taxes.filter(({ code }) => code === component.code).map(({ amount }) => amount));
    const { code, names } = component;
    const rate = 'rate' in component ? component.rate : null;
    return amounts[0] === undefined ? [] : [{ code, names, rate, amount: sum(amounts[0].currency, amounts) }];
  });
}

/** How much of each price the balance pays: in proportion, and nothing of a top-up. */
function shareBalance(items: readonly TaxableItem[], paidFrom: Sale['paidFrom'], currency: string): Money[] {
  if (paidFrom === 'outside') return items.map(() => zero(currency));
  const payable = items.map(({ kind, price }) => (kind === 'top_up' ? 0n : price.minor));
  const all = money(
    currency,
    payable.reduce((left, right) => left + right, 0n),
  );
  assert(paidFrom !== 'balance' || items.every(({ kind }) => kind !== 'top_up'), 'the balance does not pay for a top-up of itself');
  const balance = paidFrom === 'balance' ? all : paidFrom.balance;
  assert(balance.minor >= 0n && compare(balance, all) <= 0, 'the balance pays towards the prices, and no more than they are');
  return share(balance, payable);
}

/** Each item's components. Items with nothing to tax have none. */
function taxesOf(market: Market, components: readonly TaxComponent[], taxable: readonly Money[]): TaxAmount[][] {
  const { currency, pricesIncludeTax } = market;
  const fixed = new Map<string, Money[]>();
  let rest = taxable;
  for (const component of components) {
    if (component.kind !== 'fixed') continue;
    const parts = shareFixed(component.amount, rest, pricesIncludeTax);
    fixed.set(component.code, parts);
    if (pricesIncludeTax) rest = rest.map((amount, index) => subtract(amount, parts[index] ?? zero(currency)));
  }
  const percentages = percentagesOf(components);
  const rates = percentages.map(({ rate }) => rate);
  const proportional = new Map(
    percentages.map(({ code, rate }) => {
      const exact = rest.map((base) => (pricesIncludeTax ? taxInGross(base, rate, rates) : taxOnNet(base, rate)));
      return [code, market.taxRounding === 'line' ? exact.map((tax) => rounded(currency, tax)) : roundTogether(currency, exact)];
    }),
  );
  return taxable.map((amount, index) =>
    isZero(amount)
      ? []
      : components.map(({ code }) => ({ code, amount: (fixed.get(code) ?? proportional.get(code))?.[index] ?? zero(currency) })),
  );
}

/** A fixed amount once, over what is taxed; where prices contain it, no more than they are. */
function shareFixed(amount: Money, taxable: readonly Money[], pricesIncludeTax: boolean): Money[] {
  const weights = taxable.map(({ minor }) => minor);
  const all = money(
    amount.currency,
    weights.reduce((left, right) => left + right, 0n),
  );
  if (isZero(all)) return taxable.map(() => all);
  return share(pricesIncludeTax && compare(amount, all) > 0 ? all : amount, weights);
}

/** Rounds the sum once, and gives it back to the items in proportion to their exact taxes. */
function roundTogether(currency: string, exact: readonly Ratio[]): Money[] {
  const scale = exact.reduce((product, { denominator }) => product * denominator, 1n);
  const weights = exact.map((tax) => roundRatio(multiplyRatios(tax, ratio(scale, 1n)), 'half_up'));
  const all = ratio(
    weights.reduce((left, right) => left + right, 0n),
    scale,
  );
  return share(rounded(currency, all), weights);
}

function percentagesOf(components: readonly TaxComponent[]) {
  return components.filter((component) => component.kind === 'percentage');
}

function addedUp(price: Money, taxes: readonly TaxAmount[], isIncluded: boolean): Pick<TaxedItem, 'net' | 'taxes' | 'tax' | 'gross'> {
  const tax = sum(
    price.currency,
    taxes.map(({ amount }) => amount),
  );
  const net = isIncluded ? subtract(price, tax) : price;
  assert(net.minor >= 0n, 'a price is not less than the taxes in it');
  return { net, taxes, tax, gross: add(net, tax) };
}

function rounded(currency: string, exact: Ratio): Money {
  return money(currency, roundRatio(exact, 'half_up'));
}
