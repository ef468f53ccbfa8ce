/**
 * Everything on sale, and everything that ever was, as one immutable picture in memory: pages and purchases read this,
 * not the database. `revision` says which picture it is.
 */
import type { Brand, Market } from './market.ts';
import type { Product, ProductKind } from './product.ts';

export type Catalog = {
  /** Counts the changes of the catalogue; equal revisions are equal catalogues. */
  readonly revision: bigint;
  /** Null until an operator file was applied. */
  readonly brand: Brand | null;
  /** The market's terms at an instant. */
  market(code: string, at: Date): Market | undefined;
  /** The terms an order was sold under. */
  marketVersion(code: string, version: number): Market | undefined;
  /** All markets open at an instant, by code. */
  markets(at: Date): readonly Market[];
  /** What is on sale under this code at an instant. */
  product(market: string, code: string, at: Date): Product | undefined;
  /** The product an order was sold, whether or not it is still on sale. */
  productVersion(market: string, code: string, version: number): Product | undefined;
  /**
   * All that is on sale; `kinds` narrows it. Plans first (days, months, years, pay as you go), then packs, then top-ups (the
   * custom one last); within these the cheaper first.
   */
  onSale(market: string, at: Date, kinds?: readonly ProductKind[]): readonly Product[];
};

/** A version as it is kept. `terms` null: withdrawn from sale. */
export type Version<Terms> = { readonly version: number; readonly validFrom: Date; readonly terms: Terms | null };

/** What a market or product is apart from its code, version and start; `validUntil` is the end the operator stated. */
export type MarketTerms = Omit<Market, 'code' | 'version' | 'validFrom' | 'validUntil'>;
type TermsOf<P extends Product> = P extends Product ? Omit<P, 'market' | 'code' | 'version' | 'validFrom'> : never;
export type ProductTerms = TermsOf<Product>;

export type CatalogVersions = {
  readonly revision: bigint;
  readonly brand: Brand | null;
  /** By market code; versions ascending. */
  readonly markets: ReadonlyMap<string, readonly Version<MarketTerms>[]>;
  /** By market code, then product code; versions ascending. */
  readonly products: ReadonlyMap<string, ReadonlyMap<string, readonly Version<ProductTerms>[]>>;
};

type Dated = { readonly version: number; readonly validFrom: Date; readonly validUntil: Date | null };
/** `value` undefined: withdrawn. */
type Entry<T extends Dated> = { readonly version: number; readonly validFrom: Date; readonly value: T | undefined };

export function createCatalog({ revision, brand, markets, products }: CatalogVersions): Catalog {
  const marketEntries = mapValues(markets, (versions, code) =>
    entries(versions, (version, terms, validUntil) => marketOf(code, version, terms, validUntil)),
  );
  const productEntries = mapValues(products, (byCode, market) =>
    mapValues(byCode, (versions, code) =>
      entries(versions, (version, terms, validUntil) => productOf({ market, code }, version, terms, validUntil)),
    ),
  );
  return {
    revision,
    brand,
    market: (code, at) => holding(marketEntries.get(code), at),
    marketVersion: (code, version) => marketEntries.get(code)?.find((entry) => entry.version === version)?.value,
    markets: (at) => [...marketEntries.values()].map((versions) => holding(versions, at)).filter((market) => market !== undefined),
    product: (market, code, at) => holding(productEntries.get(market)?.get(code), at),
    productVersion: (market, code, version) =>
      productEntries
        .get(market)
        ?.get(code)
        ?.find((entry) => entry.version === version)?.value,
    onSale(market, at, kinds) {
      const all = [...(productEntries.get(market)?.values() ?? [])].map((versions) => holding(versions, at));
      const sold = all.filter((product) => product !== undefined);
      return sold.filter(({ kind }) => kinds?.includes(kind) ?? true).sort(compareProducts);
    },
  };
}

/** Of the versions that have begun, the one with the highest number; unless it withdraws, or its stated end has come. */
function holding<T extends Dated>(versions: readonly Entry<T>[] | undefined, at: Date): T | undefined {
  const value = versions?.findLast(({ validFrom }) => validFrom <= at)?.value;
  return value === undefined || (value.validUntil !== null && value.validUntil <= at) ? undefined : value;
}

/** A version ends where a later one begins, or earlier where the operator stated so. */
function entries<Terms extends object, T extends Dated>(
  versions: readonly Version<Terms>[],
  build: (version: Version<Terms>, terms: Terms, validUntil: Date | null) => T,
): Entry<T>[] {
  let followedAt: Date | null = null;
  const built: Entry<T>[] = [];
  for (const version of versions.toReversed()) {
    const value = version.terms === null ? undefined : Object.freeze(build(version, version.terms, followedAt));
    built.unshift({ version: version.version, validFrom: version.validFrom, value });
    followedAt = earlier(followedAt, version.validFrom);
  }
  return built;
}

function marketOf(code: string, { version, validFrom }: Version<MarketTerms>, terms: MarketTerms, followedAt: Date | null): Market {
  return { code, version, validFrom, ...terms, validUntil: followedAt };
}

function productOf(
  key: { readonly market: string; readonly code: string },
  { version, validFrom }: Version<ProductTerms>,
  terms: ProductTerms,
  followedAt: Date | null,
): Product {
  return { ...key, version, validFrom, ...terms, validUntil: earlier(terms.validUntil, followedAt) };
}

function earlier(left: Date | null, right: Date | null): Date | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}

const KINDS: readonly ProductKind[] = ['plan', 'pack', 'top_up'];
const UNITS = ['day', 'month', 'year'];

function compareProducts(left: Product, right: Product): number {
  const one = rank(left);
  const other = rank(right);
  for (const [index, place] of one.entries()) {
    const against = other[index] ?? 0n;
    if (place !== against) return place < against ? -1 : 1;
  }
  return left.code < right.code ? -1 : 1;
}

function rank(product: Product): bigint[] {
  const kind = BigInt(KINDS.indexOf(product.kind));
  switch (product.kind) {
    case 'plan':
      return [kind, BigInt(product.period === null ? UNITS.length : UNITS.indexOf(product.period.unit)), product.price.minor];
    case 'pack':
      return [kind, 0n, product.price.minor];
    case 'top_up':
      return product.amount === null ? [kind, 1n, 0n] : [kind, 0n, product.amount.minor];
  }
}

function mapValues<Value, Result>(map: ReadonlyMap<string, Value>, build: (value: Value, key: string) => Result): Map<string, Result> {
  return new Map([...map].map(([key, value]) => [key, build(value, key)]));
}
