/** Reads the whole catalogue; it is small. What it gives is kept in memory (`createCatalogCache`). */
import { assert } from '#platform/assert';
import { type Queries, statement } from '#platform/database';
import { decodeJson } from '#platform/json';
import { type Catalog, type CatalogVersions, createCatalog, type MarketTerms, type ProductTerms, type Version } from './catalog.ts';
import type { Brand } from './market.ts';

type VersionRow = { version: number; validFrom: Date; terms: unknown };
type NoParameters = Record<string, never>;
const readRevision = statement<NoParameters, { revision: bigint }>(import.meta.dirname, 'read-revision');
const readBrand = statement<NoParameters, { terms: unknown }>(import.meta.dirname, 'read-brand');
const readMarkets = statement<NoParameters, VersionRow & { code: string }>(import.meta.dirname, 'read-markets');
const readProducts = statement<NoParameters, VersionRow & { market: string; code: string }>(import.meta.dirname, 'read-products');

const READS_MAX = 10;

/** Changes whenever anything in the catalogue does: a cheap way to know that a picture is old. */
export async function catalogRevision(queries: Queries): Promise<bigint> {
  return (await queries.one(readRevision, {})).revision;
}

/** The catalogue as it is now, immutable. */
export async function loadCatalog(queries: Queries): Promise<Catalog> {
  return createCatalog(await readVersions(queries));
}

/** Everything that was ever written. Read again when it changed meanwhile, so that the parts belong together. */
export async function readVersions(queries: Queries): Promise<CatalogVersions> {
  for (let reads = 1; ; reads += 1) {
    const revision = await catalogRevision(queries);
    const [brand, markets, products] = await Promise.all([
      queries.maybe(readBrand, {}),
      queries.query(readMarkets, {}),
      queries.query(readProducts, {}),
    ]);
    if ((await catalogRevision(queries)) === revision) return versionsOf(revision, brand, markets, products);
    assert(reads < READS_MAX, 'the catalogue stands still long enough to be read');
  }
}

function versionsOf(
  revision: bigint,
  brand: { terms: unknown } | undefined,
  marketRows: readonly (VersionRow & { code: string })[],
  productRows: readonly (VersionRow & { market: string; code: string })[],
): CatalogVersions {
  const markets = new Map<string, Version<MarketTerms>[]>();
  for (const row of marketRows) listIn(markets, row.code).push(versionOf<MarketTerms>(row));
  const products = new Map<string, Map<string, Version<ProductTerms>[]>>();
  for (const row of productRows) {
    const byCode = products.get(row.market) ?? new Map<string, Version<ProductTerms>[]>();
    products.set(row.market, byCode);
    listIn(byCode, row.code).push(versionOf<ProductTerms>(row));
  }
  return { revision, brand: brand === undefined ? null : decodeJson<Brand>(brand.terms), markets, products };
}

function listIn<Value>(map: Map<string, Value[]>, key: string): Value[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

function versionOf<Terms>({ version, validFrom, terms }: VersionRow): Version<Terms> {
  return { version, validFrom, terms: terms === null ? null : decodeJson<Terms>(terms) };
}
