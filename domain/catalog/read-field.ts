/** Fields of an operator file that have a form of their own. Each gives a stand-in where the field is wrong, and a problem. */
import { exponentOf, type Money, money, parseDecimal, type Ratio, ratio, type UnitPrice, unitPrice } from '#domain/money';
import { startOfLocalDay } from './end-of-period.ts';
import type { Period } from './market.ts';
import type { Problems } from './problems.ts';
import { type Increment, type Service, unitOf } from './product.ts';
import { readPeriod, readQuantity } from './read-quantity.ts';

/** Where amounts and days of a market are read: its currency and zone are known to be right. */
export type Place = { readonly problems: Problems; readonly currency: string; readonly zone: string };

export function amountField({ problems, currency }: Place, text: string, path: string): Money {
  const exponent = exponentOf(currency);
  const minor = scaled(text, exponent);
  const expected =
    exponent === 0 ? `an amount without decimals, as ${currency} has none` : `at most ${exponent} decimals, as ${currency} has`;
  return money(currency, problems.expect(minor, 0n, path, expected));
}

function scaled(text: string, exponent: number): bigint | undefined {
  const decimal = parseDecimal(text);
  const exact = decimal && ratio(decimal.numerator * 10n ** BigInt(exponent), decimal.denominator);
  return exact?.denominator === 1n ? exact.numerator : undefined;
}

/** A price per unit may be finer than the currency: "0.005" dollars for "1 MB". */
export function unitPriceField(
  { problems, currency }: Place,
  rate: { price: string; per: string; service: Service },
  path: string,
): UnitPrice {
  const price: Ratio = problems.expect(parseDecimal(rate.price), ratio(1n, 1n), `${path}.price`, 'a decimal');
  const per = problems.expect(
    readQuantity(rate.per, rate.service),
    1n,
    `${path}.per`,
    `a quantity of ${rate.service}, like ${SAMPLES[unitOf(rate.service)].one}`,
  );
  return unitPrice(currency, price, per);
}

const SAMPLES = {
  octet: { one: '"1 MB" (1,000,000 octets)', some: '"5 GB" (a GB is 1,000,000,000 octets)' },
  second: { one: '"1 min"', some: '"100 min"' },
  message: { one: '"1 message"', some: '"200 messages"' },
} as const;

/** "unlimited" is null. */
export function quantityField({ problems }: Pick<Place, 'problems'>, text: string, service: Service, path: string): bigint | null {
  if (text === 'unlimited') return null;
  return problems.expect(
    readQuantity(text, service),
    1n,
    path,
    `a quantity of ${service} like ${SAMPLES[unitOf(service)].some}, or "unlimited"`,
  );
}

/** What is charged at once, and what from then on. */
export function incrementField(
  { problems }: Pick<Place, 'problems'>,
  { first, next }: { readonly first: string; readonly next: string },
  service: Service,
  path: string,
): Increment {
  const field = (text: string, name: string) =>
    problems.expect(readQuantity(text, service), 1n, `${path}.${name}`, `a quantity of ${service}, like ${SAMPLES[unitOf(service)].one}`);
  return { first: field(first, 'first'), next: field(next, 'next') };
}

export function periodField({ problems }: Pick<Place, 'problems'>, text: string, path: string): Period {
  return problems.expect(readPeriod(text), { unit: 'day', count: 1 }, path, 'a period like "1 day", "30 days", "1 month" or "1 year"');
}

/** The first instant of the local day. */
export function firstDayField(place: Place, day: string | undefined, path: string): Date | null {
  return dayField(place, day, path, 0);
}

/** The end of the local day: the first instant of the next. */
export function lastDayField(place: Place, day: string | undefined, path: string): Date | null {
  return dayField(place, day, path, 1);
}

function dayField({ problems, zone }: Place, day: string | undefined, path: string, later: number): Date | null {
  if (day === undefined) return null;
  try {
    return startOfLocalDay(day, zone, later);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problems.add(path, 'a day that is in the calendar');
    return null;
  }
}
