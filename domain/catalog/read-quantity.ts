/**
 * Quantities as an operator writes them. Data is in decimal units, as networks and price lists count it: a GB is
 * 1,000,000,000 octets (10⁹). GiB and the like are not taken, so that nobody sells 7% more than they meant.
 */
import { parseDecimal, ratio } from '#domain/money';
import type { Period } from './market.ts';
import { type Service, type Unit, unitOf } from './product.ts';

const OCTETS: Readonly<Record<string, bigint>> = { B: 1n, kB: 10n ** 3n, MB: 10n ** 6n, GB: 10n ** 9n, TB: 10n ** 12n };
const SECONDS: Readonly<Record<string, bigint>> = { s: 1n, second: 1n, seconds: 1n, min: 60n, h: 3600n, hour: 3600n, hours: 3600n };
const MESSAGES: Readonly<Record<string, bigint>> = { message: 1n, messages: 1n };

const UNITS: Readonly<Record<Unit, Readonly<Record<string, bigint>>>> = { octet: OCTETS, second: SECONDS, message: MESSAGES };

/** "5 GB" → 5,000,000,000 octets; "100 min" → 6,000 seconds. Undefined when it is not a whole number above zero of such units. */
export function readQuantity(text: string, service: Service): bigint | undefined {
  return readScaled(text, UNITS[unitOf(service)]);
}

const KILOBITS: Readonly<Record<string, bigint>> = { 'kbit/s': 1n, 'Mbit/s': 1000n };

/** "128 kbit/s" → 128. */
export function readSpeedKbps(text: string): number | undefined {
  const speed = readScaled(text, KILOBITS);
  return speed === undefined ? undefined : Number(speed);
}

/** "1 month", "30 days" → a period; its limits are `validateProduct`'s. */
export function readPeriod(text: string): Period | undefined {
  const [, count, unit] = /^([1-9]\d{0,3}) (day|month|year)s?$/.exec(text) ?? [];
  return unit === undefined ? undefined : { unit: unit as Period['unit'], count: Number(count) };
}

function readScaled(text: string, units: Readonly<Record<string, bigint>>): bigint | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?) (\S+)$/.exec(text) ?? [];
  const decimal = parseDecimal(digits);
  const scale = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (decimal === undefined || scale === undefined) return undefined;
  const scaled = ratio(decimal.numerator * scale, decimal.denominator);
  return scaled.denominator === 1n && scaled.numerator > 0n ? scaled.numerator : undefined;
}
