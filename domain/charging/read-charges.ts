/**
 * What a line was charged and why (SEE-2): from the rows that charged it, which are its usage records. Whoever shows use by day
 * counts what the network reported and what was reported otherwise (domain/allowances) together.
 */
import { type DayOfUse, useByDay } from '#domain/allowances';
import { covers, type Service } from '#domain/catalog';
import { type Queries, statement } from '#platform/database';
import type { Operation, RecordedItem, ServiceKind } from './charging.ts';
import { decodeItems } from './record-text.ts';

type LineKey = { readonly slot: number; readonly accountId: bigint; readonly lineId: bigint };
type Range = { readonly from: Date; readonly until: Date };

/** One rating group of one request, as it was charged. */
export type LineCharge = {
  readonly at: Date;
  readonly sessionId: bigint;
  readonly kind: ServiceKind;
  readonly operation: Operation | 'close';
  /** Reported after its session had gone on or ended. */
  readonly late: boolean;
  readonly service: Service;
  readonly zone: string;
  /** Octets, seconds or messages; negative where an event was taken back. */
  readonly used: bigint;
  /** From what was bought: how much of which product. */
  readonly from: readonly { readonly product: string; readonly version: number; readonly quantity: bigint }[];
  readonly free: bigint;
  readonly paid: bigint;
  /** In the account's currency. */
  readonly paidMinor: bigint;
  /** Prices that were asked: plan, service, zone, tariff. */
  readonly rates: readonly string[];
  /** What nobody paid for. */
  readonly lost: bigint;
  readonly granted: bigint | null;
  /** Why the next quota has its size, or why there is none. */
  readonly why: RecordedItem['why'];
};

type Asked = LineKey & Range & { all: boolean; limitRows: number };
type ChargeRow = Pick<LineCharge, 'at' | 'sessionId' | 'kind' | 'operation' | 'late'> & { items: unknown };
type ProductRow = { allowanceId: bigint; productCode: string; productVersion: number };
const readChargeRows = statement<Asked, ChargeRow>(import.meta.dirname, 'read-charges');
const productsOfAllowances = statement<Omit<LineKey, 'lineId'> & { allowanceIds: bigint[] }, ProductRow>(
  import.meta.dirname,
  'products-of-allowances',
);
type AskedPage = LineKey & ChargePlace & { after: Date; limitRows: number };
const pageOfChargeRows = statement<AskedPage, ChargeRow>(import.meta.dirname, 'page-of-charges');
const chargedByDayRows = statement<LineKey & Range & { timeZone: string }, ChargedDay>(import.meta.dirname, 'charged-by-day');

const CHARGES_MAX = 500;

/** From ≤ instant < until, newest first; `all` with requests that used nothing. At most 500 requests. */
export async function readCharges(
  queries: Queries,
  { slot, accountId, lineId, from, until, all = false }: LineKey & Range & { readonly all?: boolean },
): Promise<LineCharge[]> {
  const rows = await queries.query(readChargeRows, { slot, accountId, lineId, from, until, all, limitRows: CHARGES_MAX });
  return explain(queries, { slot, accountId }, rows);
}

/** Where a page of charges begins: at an instant, after so many of it. */
export type ChargePlace = { readonly until: Date; readonly skip: number };
export type PageOfCharges = { readonly charges: readonly LineCharge[]; readonly next?: ChargePlace };

/** What used something, newest first, `limitRows` requests; `next` where there are more. `after` is exclusive. */
export async function pageOfCharges(
  queries: Queries,
  { slot, accountId, lineId, after, until, skip, limitRows }: LineKey & ChargePlace & { readonly after: Date; readonly limitRows: number },
): Promise<PageOfCharges> {
  const asked = { slot, accountId, lineId, after, until, skip, limitRows: limitRows + 1 };
  const found = await queries.query(pageOfChargeRows, asked);
  const rows = found.slice(0, limitRows);
  const charges = (await explain(queries, { slot, accountId }, rows)).filter(({ used }) => used !== 0n);
  const last = rows.at(-1);
  if (found.length <= limitRows || last === undefined) return { charges };
  const ofLast = rows.filter(({ at }) => at.getTime() === last.at.getTime()).length;
  return { charges, next: { until: last.at, skip: ofLast + (last.at.getTime() === until.getTime() ? skip : 0) } };
}

async function explain(queries: Queries, { slot, accountId }: Omit<LineKey, 'lineId'>, rows: readonly ChargeRow[]): Promise<LineCharge[]> {
  const charges = rows.flatMap(({ items, ...row }) => decodeItems(items).map((item) => ({ row, item })));
  const allowanceIds = [...new Set(charges.flatMap(({ item }) => item.from.map(([allowanceId]) => allowanceId)))];
  const found = allowanceIds.length === 0 ? [] : await queries.query(productsOfAllowances, { slot, accountId, allowanceIds });
  const products = new Map(found.map((product) => [product.allowanceId, product]));
  return charges.map(({ row, item }) => chargeOf(row, item, products));
}

function chargeOf(row: Omit<ChargeRow, 'items'>, item: RecordedItem, products: ReadonlyMap<bigint, ProductRow>): LineCharge {
  const { at, sessionId, kind, operation, late } = row;
  const { service, zone, used, free, paid, paidMinor, lost, granted, why, rates = [] } = item;
  const from = item.from.map(([allowanceId, quantity]) => {
    const product = products.get(allowanceId);
    return { product: product?.productCode ?? '', version: product?.productVersion ?? 0, quantity };
  });
  return {
    ...{ at, sessionId, kind, operation, late, service, zone, used, from },
    ...{ free, paid, paidMinor, rates, lost, granted, why },
  };
}

type ChargedDay = Pick<DayOfUse, 'day' | 'service' | 'quantity' | 'uncovered'> & { readonly free: bigint };
export type UsedDay = Pick<DayOfUse, 'day' | 'service' | 'quantity' | 'uncovered'> & {
  /** Of the quantity: what cost nothing and was taken from nothing. */
  readonly free: bigint;
};

/** A line's use by day of its market's clock (IANA zone) and service, from ≤ instant < until, oldest first; days without use are left out. */
export async function usedByDay(queries: Queries, asked: LineKey & Range & { readonly timeZone: string }): Promise<UsedDay[]> {
  const { slot, accountId, lineId, from, until, timeZone } = asked;
  const range = { slot, accountId, lineId, from, until, timeZone };
  const [reported, charged] = await Promise.all([useByDay(queries, range), queries.query(chargedByDayRows, range)]);
  const days = new Map<string, UsedDay>();
  for (const one of [...reported.map((day) => ({ ...day, free: 0n })), ...charged]) {
    const { day, service, quantity, uncovered, free } = one;
    const before = days.get(`${day} ${service}`) ?? { quantity: 0n, uncovered: 0n, free: 0n };
    const sums = { quantity: before.quantity + quantity, uncovered: before.uncovered + uncovered, free: before.free + free };
    days.set(`${day} ${service}`, { day, service, ...sums });
  }
  return [...days.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, day]) => day);
}

/** Of these days, the data of all classes that is not free: what a page counts and a forecast goes on. */
export function dataByDay(days: readonly UsedDay[]): { readonly day: string; readonly quantity: bigint }[] {
  const sums = new Map<string, bigint>();
  for (const { day, service, quantity, free } of days)
    if (covers('data', service) && quantity > free) sums.set(day, (sums.get(day) ?? 0n) + quantity - free);
  return [...sums].map(([day, quantity]) => ({ day, quantity }));
}
