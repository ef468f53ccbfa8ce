/**
 * Makes the catalogue what an operator file says. A file is a whole: what it changes gets a next version, valid from now or
 * from the first day it states; a product it no longer names is withdrawn from sale (in its markets: a market that the file does
 * not name is left alone). Nothing that was ever sold is changed, and the same file again changes nothing.
 */
import { isDeepStrictEqual } from 'node:util';
import { writeHouseEntry } from '#domain/records';
import { statement, type Transaction } from '#platform/database';
import { encodeJson } from '#platform/json';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { CatalogVersions, Version } from './catalog.ts';
import { readVersions } from './load-catalog.ts';
import type { DatedTerms, MarketToApply, Operator } from './operator.ts';
import { type FileRefusal, Problems } from './problems.ts';
import { readOperatorFile } from './read-operator-file.ts';
import { refuse } from './refusals.ts';

type VersionRow = { code: string; version: number; validFrom: Date; at: Date };
const lockRevision = statement<Record<string, never>, { revision: bigint }>(import.meta.dirname, 'lock-revision');
const raiseRevision = statement<Record<string, never>, { revision: bigint }>(import.meta.dirname, 'raise-revision');
const writeBrand = statement<{ terms: string; at: Date }>(import.meta.dirname, 'write-brand');
const addMarketVersion = statement<VersionRow & { terms: string }>(import.meta.dirname, 'add-market-version');
const addProductVersion = statement<VersionRow & { market: string; terms: string | null }>(import.meta.dirname, 'add-product-version');

export type ApplyRefusal = FileRefusal | Refusal<'catalog.currency_fixed' | 'catalog.product_kind_fixed'>;

/** One version that was written; `product` null: of the market itself. */
export type CatalogChange = {
  readonly kind: 'added' | 'changed' | 'withdrawn';
  readonly market: string;
  readonly product: string | null;
  readonly version: number;
  readonly validFrom: Date;
};

export type AppliedOperator = {
  readonly revision: bigint;
  readonly brandChanged: boolean;
  /** In the order of the file; none when it said what was so already. */
  readonly changes: readonly CatalogChange[];
};

/** Who applies it and why: for the audit trail (S4). */
export type AppliedBy = { readonly actor: string; readonly reason: string };

/**
 * `file` is what the file's JSON says (`JSON.parse` of it). Refuses `catalog.operator_file_wrong` {path, expected, count,
 * problems}, `catalog.currency_fixed` {market, currency} and `catalog.product_kind_fixed` {market, product}.
 */
export async function applyOperator(tools: Tools, file: unknown, by: AppliedBy): Promise<AppliedOperator | ApplyRefusal> {
  const operator = readOperatorFile(file);
  if (isRefusal(operator)) return operator;
  const at = tools.clock.business();
  return tools.database.transaction(async (tx) => {
    // Two who apply at once do it one after the other; the second sees what the first wrote.
    const { revision } = await tx.one(lockRevision, {});
    const before = await readVersions(tx);
    const flaw = contradiction(operator, before);
    if (flaw !== undefined) return flaw;
    const writes = operator.markets.flatMap((market) => marketWrites(market, before, at));
    const brandChanged = !isDeepStrictEqual(before.brand, operator.brand);
    if (writes.length === 0 && !brandChanged) return { revision, brandChanged, changes: [] };
    await Promise.all([
      ...(brandChanged ? [tx.query(writeBrand, { terms: encodeJson(operator.brand), at })] : []),
      ...writes.map((write) => writeVersion(tx, write, at)),
    ]);
    const raised = await tx.one(raiseRevision, {});
    const changes = writes.map(({ change }) => change);
    writeHouseEntry(tx, {
      ...by,
      entryId: tools.mintId(0),
      action: 'catalog.apply',
      subject: 'catalog',
      // Versions of markets and products stay readable for ever, by their numbers; the brand is written over.
      before: { revision, ...(brandChanged ? { brand: before.brand } : {}) },
      after: { revision: raised.revision, ...(brandChanged ? { brand: operator.brand } : {}), changes },
      at,
    });
    return { revision: raised.revision, brandChanged, changes };
  });
}

/** What a file may not say given what was sold before it. */
function contradiction({ brand, markets }: Operator, before: CatalogVersions): ApplyRefusal | undefined {
  const problems = new Problems();
  if (![...before.markets.keys(), ...markets.map(({ code }) => code)].includes(brand.defaultMarket))
    problems.add('brand.defaultMarket', 'the code of a market');
  for (const [index, { code, terms, products }] of markets.entries()) {
    const kept = before.markets.get(code)?.at(-1)?.terms;
    if (kept && kept.currency !== terms.currency) return refuse('catalog.currency_fixed', { market: code, currency: kept.currency });
    const others = [...before.markets].filter(([other]) => markets.every((market) => market.code !== other));
    if (others.some(([, versions]) => versions.at(-1)?.terms?.receiptPrefix === terms.receiptPrefix))
      problems.add(`markets[${index}].receiptPrefix`, 'a receiptPrefix that no other market has');
    const changed = products.find((product) => {
      const kind = before.products
        .get(code)
        ?.get(product.code)
        ?.findLast((version) => version.terms !== null)?.terms?.kind;
      return kind !== undefined && kind !== product.terms.kind;
    });
    if (changed !== undefined) return refuse('catalog.product_kind_fixed', { market: code, product: changed.code });
  }
  return problems.refusal();
}

type Write = { readonly change: CatalogChange; readonly terms: object | null };

function marketWrites({ products, ...market }: MarketToApply, before: CatalogVersions, at: Date): Write[] {
  const { code } = market;
  const kept = before.products.get(code) ?? new Map<string, readonly Version<object>[]>();
  const named = new Set(products.map((product) => product.code));
  return [
    ...nextVersion({ market: code, product: null }, market, before.markets.get(code) ?? [], at),
    ...products.flatMap((product) => nextVersion({ market: code, product: product.code }, product, kept.get(product.code) ?? [], at)),
    ...[...kept]
      .filter(([product]) => !named.has(product))
      .flatMap(([product, versions]) => withdrawal({ market: code, product }, versions, at)),
  ];
}

type Key = Pick<CatalogChange, 'market' | 'product'>;

/**
 * The version to add, if any. A first version may begin in the past (a market's history is seeded so); a later one begins
 * now at the earliest, as what was on sale yesterday stays what it was.
 */
function nextVersion(key: Key, { from, terms }: DatedTerms<object>, versions: readonly Version<object>[], at: Date): Write[] {
  const last = versions.at(-1);
  if (last === undefined) return [{ change: { kind: 'added', ...key, version: 1, validFrom: from ?? at }, terms }];
  const validFrom = from === null || from < at ? at : from;
  const hasBegun = last.validFrom <= at && validFrom <= at;
  const isSame = isDeepStrictEqual(last.terms, terms) && (hasBegun || last.validFrom.getTime() === validFrom.getTime());
  if (isSame) return [];
  return [{ change: { kind: last.terms === null ? 'added' : 'changed', ...key, version: last.version + 1, validFrom }, terms }];
}

function withdrawal(key: Key, versions: readonly Version<object>[], at: Date): Write[] {
  const last = versions.at(-1);
  if (last === undefined || last.terms === null) return [];
  return [{ change: { kind: 'withdrawn', ...key, version: last.version + 1, validFrom: at }, terms: null }];
}

async function writeVersion(tx: Transaction, { change, terms }: Write, at: Date): Promise<unknown> {
  const { market, product, version, validFrom } = change;
  if (product === null) return tx.query(addMarketVersion, { code: market, version, validFrom, at, terms: encodeJson(terms) });
  return tx.query(addProductVersion, { market, code: product, version, validFrom, at, terms: terms === null ? null : encodeJson(terms) });
}
