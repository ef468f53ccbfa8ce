/**
 * Rows as COPY takes them in its binary format (PostgreSQL's manual, COPY, "Binary Format"): neither side makes or parses a text, and
 * the server puts them on their pages together. A charging request has 22 columns.
 */
import { INT8 } from './encode-parameter.ts';

/** How a column is sent. `text` is also for JSON and for the words of an enum. */
export type ColumnType = 'smallint' | 'bigint' | 'bigint[]' | 'text' | 'bytea' | 'boolean' | 'date' | 'timestamptz';
export type ColumnTypes = { readonly [key: string]: ColumnType };

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const FLAGS_AND_EXTENSION_OCTETS = 8;
const TRAILER = -1;
const ROW_OCTETS_GUESSED = 1024;
const INT8_MAX = (1n << 63n) - 1n;
const EPOCH_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

export function encodeRows(columns: readonly (readonly [key: string, type: ColumnType])[], rows: readonly object[]): Buffer {
  const out = new Octets(rows.length * ROW_OCTETS_GUESSED);
  out.octets(SIGNATURE);
  out.zeros(FLAGS_AND_EXTENSION_OCTETS);
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
    out.int32(2);
    out.int16(value);
  },
  bigint(out, value: bigint) {
    out.int32(8);
    out.int64(value);
  },
  'bigint[]': writeArray,
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
    out.int32(4);
    out.int32((Date.parse(value) - EPOCH_MS) / DAY_MS);
  },
  timestamptz(out, value: Date) {
    out.int32(8);
    out.micros((value.getTime() - EPOCH_MS) * 1000);
  },
};

const ARRAY_HEAD_OCTETS = 20;
const EMPTY_ARRAY_OCTETS = 12;
const ELEMENT_OCTETS = 12;

/** As `array_send` writes it: dimensions, whether there are nulls, the type, size and lower bound, and each element with its length. */
function writeArray(out: Octets, values: readonly bigint[]): void {
  const { length } = values;
  out.int32(length === 0 ? EMPTY_ARRAY_OCTETS : ARRAY_HEAD_OCTETS + length * ELEMENT_OCTETS);
  out.int32(length === 0 ? 0 : 1);
  out.int32(0);
  out.int32(INT8);
  if (length === 0) return;
  out.int32(length);
  out.int32(1);
  for (const value of values) {
    out.int32(8);
    out.int64(value);
  }
}

/** A buffer that grows. */
class Octets {
  #buffer: Buffer;
  #place = 0;

  constructor(guessed: number) {
    this.#buffer = Buffer.allocUnsafe(guessed + SIGNATURE.length + FLAGS_AND_EXTENSION_OCTETS);
  }

  int8(value: number): void {
    this.#room(1);
    this.#place = this.#buffer.writeInt8(value, this.#place);
  }

  int16(value: number): void {
    this.#room(2);
    this.#place = this.#buffer.writeInt16BE(value, this.#place);
  }

  int32(value: number): void {
    this.#room(4);
    this.#place = this.#buffer.writeInt32BE(value, this.#place);
  }

  int64(value: bigint): void {
    if (value > INT8_MAX || value < -INT8_MAX - 1n) throw new RangeError(`${value} does not fit a bigint`);
    this.#room(8);
    this.#place = this.#buffer.writeBigInt64BE(value, this.#place);
  }

  /** A number holds them, and its operators on bits do not. */
  micros(micros: number): void {
    if (!Number.isSafeInteger(micros)) throw new RangeError('an instant is beyond the calendar');
    this.int32(Math.floor(micros / 2 ** 32));
    this.#room(4);
    this.#place = this.#buffer.writeUInt32BE(((micros % 2 ** 32) + 2 ** 32) % 2 ** 32, this.#place);
  }

  /** With its length before it. */
  text(value: string): void {
    this.#room(4 + value.length * UTF8_OCTETS_MAX);
    const length = this.#buffer.write(value, this.#place + 4, 'utf8');
    this.#buffer.writeInt32BE(length, this.#place);
    this.#place += 4 + length;
  }

  octets(value: Buffer): void {
    this.#room(value.length);
    this.#place += value.copy(this.#buffer, this.#place);
  }

  zeros(count: number): void {
    this.#room(count);
    this.#buffer.fill(0, this.#place, this.#place + count);
    this.#place += count;
  }

  written(): Buffer {
    return this.#buffer.subarray(0, this.#place);
  }

  #room(octets: number): void {
    if (this.#place + octets <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#place + octets));
    this.#buffer.copy(larger, 0, 0, this.#place);
    this.#buffer = larger;
  }
}

/** Of one UTF-16 unit. */
const UTF8_OCTETS_MAX = 3;
