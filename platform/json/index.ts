/**
 * Snapshots kept as json (a quote's terms, an event's payload) hold bigints as text with an n ("1500n") and instants
 * as "@" and ISO 8601; a text that merely looks like one is escaped with "~". `decode(encode(x))` equals x (tested).
 */
const BIGINT = /^-?\d+n$/;
const INSTANT = /^@\d{4}-\d\d-\d\dT/;
const NEEDS_ESCAPE = /^~*(-?\d+n$|@\d{4}-\d\d-\d\dT)/;

export type Plain = string | number | boolean | null | undefined | bigint | Date | readonly Plain[] | { readonly [key: string]: Plain };

function encodeValue(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return NEEDS_ESCAPE.test(value) ? `~${value}` : value;
  if (value instanceof Date) return `@${value.toISOString()}`;
  if (Array.isArray(value)) return value.map(encodeValue);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encodeValue(inner)]));
  return value;
}

export function encodeJson(value: unknown): string {
  return JSON.stringify(encodeValue(value));
}

/** Takes what the driver already parsed from json (or a text) and gives back bigints and instants. */
export function decodeJson<T>(value: unknown): T {
  const parsed = typeof value === 'string' ? JSON.parse(value) : value;
  return revive(parsed) as T;
}

function revive(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.startsWith('~') && NEEDS_ESCAPE.test(value)) return value.slice(1);
    if (BIGINT.test(value)) return BigInt(value.slice(0, -1));
    if (INSTANT.test(value)) return new Date(value.slice(1));
    return value;
  }
  if (Array.isArray(value)) return value.map(revive);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
  return value;
}
