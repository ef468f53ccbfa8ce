/**
 * A stream of octets into messages (RFC 6733 §2.1, §3): several in a chunk, one over many chunks, a header in two halves. A
 * message that lies whole in its chunk is not copied. What cannot be the head of a message ends the stream, because nobody
 * can say where the next one would begin.
 */
import type { Finding } from './finding.ts';
import { HEADER_OCTETS, Message, VERSION } from './message.ts';
import { RESULT } from './result-codes.ts';

export class StreamCutter {
  readonly #octetsMax: number;
  /** A message of which a part has come; its header until that is whole, then the length the header tells. */
  #partial: Buffer | undefined;
  #filled = 0;

  constructor(octetsMax: number) {
    this.#octetsMax = octetsMax;
  }

  /**
   * Hands each whole message to `take`, in order. Returns what ended the stream, and the message's header as it came, when
   * it cannot be followed any more; nothing may be pushed after that. `take` says false to stop.
   */
  push(chunk: Buffer, take: (message: Message) => boolean): { finding: Finding; header: Message } | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.#partial === undefined && chunk.length - at >= HEADER_OCTETS) {
        const broken = this.#checkHead(chunk, at);
        if (broken !== undefined) return broken;
        const length = chunk.readUIntBE(at + 1, 3);
        if (chunk.length - at >= length) {
          if (!take(new Message(chunk.subarray(at, at + length)))) return undefined;
          at += length;
          continue;
        }
      }
      const result = this.#fill(chunk, at);
      if (result.broken !== undefined) return result.broken;
      at += result.taken;
      if (result.whole !== undefined && !take(new Message(result.whole))) return undefined;
    }
    return undefined;
  }

  /** Takes from the chunk what the message under way still lacks. */
  #fill(chunk: Buffer, at: number): { taken: number; whole?: Buffer; broken?: { finding: Finding; header: Message } } {
    this.#partial ??= Buffer.allocUnsafe(HEADER_OCTETS);
    const taken = chunk.copy(this.#partial, this.#filled, at);
    this.#filled += taken;
    if (this.#filled < this.#partial.length) return { taken };
    const isHeader = this.#partial.length === HEADER_OCTETS;
    if (isHeader) {
      const broken = this.#checkHead(this.#partial, 0);
      if (broken !== undefined) return { taken, broken };
      const length = this.#partial.readUIntBE(1, 3);
      if (length > HEADER_OCTETS) {
        const whole = Buffer.allocUnsafeSlow(length);
        this.#partial.copy(whole);
        this.#partial = whole;
        return { taken };
      }
    }
    const whole = this.#partial;
    this.#partial = undefined;
    this.#filled = 0;
    return { taken, whole };
  }

  #checkHead(octets: Buffer, at: number): { finding: Finding; header: Message } | undefined {
    const version = octets[at] ?? 0;
    const length = octets.readUIntBE(at + 1, 3);
    if (version === VERSION && length >= HEADER_OCTETS && length % 4 === 0 && length <= this.#octetsMax) return undefined;
    const header = new Message(Buffer.from(octets.subarray(at, at + HEADER_OCTETS)));
    // An unknown version may keep its length anywhere.
    const finding =
      version === VERSION
        ? { resultCode: RESULT.INVALID_MESSAGE_LENGTH, why: `a message of ${length} octets`, failed: undefined }
        : { resultCode: RESULT.UNSUPPORTED_VERSION, why: `Diameter version ${version}; this is version 1`, failed: undefined };
    return { finding, header };
  }
}
