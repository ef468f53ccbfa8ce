/**
 * Rows as COPY takes them in its binary format (PostgreSQL's manual, COPY, "Binary Format"): neither side makes or parses a text, and
 * the server puts them on their pages together. A charging request has 24 columns.
 */
import { arrayOctets, EPOCH_MS, INT8, Octets } from './octets.ts';

/** How a column is sent. `text` is also for JSON and for the words of an enum. */
export type ColumnType = 'smallint' | 'integer' | 'bigint' | 'bigint[]' | 'text' | 'bytea' | 'boolean' | 'date' | 'timestamptz';
export type ColumnTypes = { readonly [key: string]: ColumnType };

/** Its signature, no flags, no extension. */
const HEAD = Buffer.from(`PGCOPY\n\xff\r\n\0${'\0'.repeat(8)}`, 'latin1');
const TRAILER = -1;
const ROW_OCTETS_GUESSED = 1024;
const DAY_MS = 86_400_000;

export function encodeRows(columns: readonly (readonly [key: string, type: ColumnType])[], rows: readonly object[]): Buffer {
  const out = new Octets(rows.length * ROW_OCTETS_GUESSED);
  out.octets(HEAD);
  for (const row of rows) {
    out.int16(columns.length);
    for (const [key, type] of columns) writeField(out, type, (row as Record<string, unknown>)[key]);
  }
  out.int16(TRAILER);
  return out.written();
}

function writeField(out: Octets, type: ColumnType, value: unknown): void {
  if (value === null || value === undefined) out.int32(-1);
  else FIELDS[type](out, value as never);
}

/** Each with its length before it. */
const FIELDS: { readonly [Type in ColumnType]: (out: Octets, value: never) => void } = {
  smallint(out, value: number) {
    if (value !== (value << 16) >> 16) throw new RangeError(`${value} does not fit a smallint`);
    out.int32(2);
    out.int16(value);
  },
  integer(out, value: number) {
    if (value !== (value | 0)) throw new RangeError(`${value} does not fit an integer`);
    out.int32(4);
    out.int32(value);
  },
  bigint(out, value: bigint) {
    out.int32(8);
    out.int64(value);
  },
  'bigint[]'(out, values: readonly bigint[]) {
    out.int32(arrayOctets(values));
    out.array(INT8, values);
  },
  text: (out, value: string) => out.text(value),
  bytea(out, value: Buffer) {
    out.int32(value.length);
    out.octets(value);
  },
  boolean(out, value: boolean) {
    out.int32(1);
    out.int8(value ? 1 : 0);
  },
  date(out, value: string) {
    const days = (Date.parse(value) - EPOCH_MS) / DAY_MS;
    if (!Number.isInteger(days)) throw new RangeError(`${value} is no day`);
    out.int32(4);
    out.int32(days);
  },
  timestamptz(out, value: Date) {
    out.int32(8);
    out.instant(value);
  },
};
