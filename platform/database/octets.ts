/** What PostgreSQL's binary formats are written with. */

/** Type numbers (pg_type). */
export const INT8 = 20;
export const TIMESTAMPTZ = 1184;
/** From which PostgreSQL counts days and instants. */
export const EPOCH_MS = Date.UTC(2000, 0, 1);

const INT8_MAX = (1n << 63n) - 1n;
const EMPTY_ARRAY_OCTETS = 12;
const ARRAY_HEAD_OCTETS = 20;
const ELEMENT_OCTETS = 12;
/** Of one UTF-16 unit. */
const UTF8_OCTETS_MAX = 3;

export function fitsBigint(value: bigint): boolean {
  return value <= INT8_MAX && value >= -INT8_MAX - 1n;
}

export function fitsInstant(at: Date): boolean {
  return Number.isSafeInteger((at.getTime() - EPOCH_MS) * 1000);
}

/** Of an array that has no nulls. */
export function arrayOctets({ length }: readonly unknown[]): number {
  return length === 0 ? EMPTY_ARRAY_OCTETS : ARRAY_HEAD_OCTETS + length * ELEMENT_OCTETS;
}

/** A buffer that grows. Numbers are set through a view: Buffer's own writer of bigints makes several on the way. */
export class Octets {
  #buffer: Buffer;
  #view: DataView;
  #place = 0;

  constructor(guessed: number) {
    this.#buffer = Buffer.allocUnsafe(guessed);
    this.#view = viewOf(this.#buffer);
  }

  int8(value: number): void {
    const place = this.#take(1);
    this.#view.setInt8(place, value);
  }

  int16(value: number): void {
    const place = this.#take(2);
    this.#view.setInt16(place, value);
  }

  int32(value: number): void {
    const place = this.#take(4);
    this.#view.setInt32(place, value);
  }

  int64(value: bigint): void {
    if (!fitsBigint(value)) throw new RangeError(`${value} does not fit a bigint`);
    const place = this.#take(8);
    this.#view.setBigInt64(place, value);
  }

  /** In microseconds: a number holds them, and its operators on bits do not. */
  instant(at: Date): void {
    const micros = (at.getTime() - EPOCH_MS) * 1000;
    if (!fitsInstant(at)) throw new RangeError('an instant is beyond the calendar');
    const high = Math.floor(micros / 2 ** 32);
    this.int32(high);
    const place = this.#take(4);
    this.#view.setUint32(place, micros - high * 2 ** 32);
  }

  /** With its length before it. */
  text(value: string): void {
    const place = this.#take(4 + value.length * UTF8_OCTETS_MAX);
    const length = this.#buffer.write(value, place + 4, 'utf8');
    this.#view.setInt32(place, length);
    this.#place = place + 4 + length;
  }

  octets(value: Uint8Array): void {
    const place = this.#take(value.length);
    this.#buffer.set(value, place);
  }

  /** As `array_send` writes it: dimensions, whether there are nulls, the type, size and lower bound, and each element with its length. */
  array(type: typeof INT8 | typeof TIMESTAMPTZ, values: readonly (bigint | Date | null)[]): void {
    this.int32(values.length === 0 ? 0 : 1);
    this.int32(values.includes(null) ? 1 : 0);
    this.int32(type);
    if (values.length === 0) return;
    this.int32(values.length);
    this.int32(1);
    for (const value of values) {
      this.int32(value === null ? -1 : 8);
      if (typeof value === 'bigint') this.int64(value);
      else if (value !== null) this.instant(value);
    }
  }

  written(): Buffer {
    return this.#buffer.subarray(0, this.#place);
  }

  /** Where so many octets may be put; asked for before the buffer or its view is, which it may replace. */
  #take(octets: number): number {
    const place = this.#place;
    this.#place += octets;
    if (this.#place > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#place));
      larger.set(this.#buffer.subarray(0, place));
      [this.#buffer, this.#view] = [larger, viewOf(larger)];
    }
    return place;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
