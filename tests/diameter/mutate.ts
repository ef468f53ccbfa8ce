/** Real messages made wrong, in the ways that decoders get wrong: by a seed, so that what was found is found again. */
import type { Random } from '#platform/random';

const EDGES = [0, 1, 3, 4, 7, 8, 11, 12, 0x7f, 0x80, 0xfe, 0xff];

/** One to four things are changed; the length in the header is put right half of the time, so that what is inside is reached. */
export function mutate(octets: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let result: Buffer = Buffer.from(octets);
  for (let left = 1 + random.below(4); left > 0; left -= 1)
    result = MUTATIONS[random.below(MUTATIONS.length)]?.(result, random, others) ?? result;
  if (random.below(2) === 0 && result.length >= 20) {
    result = result.subarray(0, result.length & ~3);
    result[0] = 1;
    result.writeUIntBE(result.length, 1, 3);
  }
  return result;
}

type Mutation = (octets: Buffer, random: Random, others: readonly Buffer[]) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  // a bit
  (octets, random) => put(octets, random.below(octets.length), (octet) => octet ^ (1 << random.below(8))),
  // an octet, to a value at some edge
  (octets, random) => put(octets, random.below(octets.length), () => EDGES[random.below(EDGES.length)] ?? 0),
  // the flags or the length of an AVP
  (octets, random) => put(octets, avpStart(octets, random) + 4 + random.below(4), () => EDGES[random.below(EDGES.length)] ?? 0),
  // cut short
  (octets, random) => octets.subarray(0, random.below(octets.length + 1)),
  // octets taken out, at a border of four or not
  (octets, random) => {
    const at = random.below(octets.length);
    return Buffer.concat([octets.subarray(0, at), octets.subarray(at + 1 + random.below(16))]);
  },
  // noise put in
  (octets, random) => {
    const at = random.below(octets.length);
    const noise = Buffer.from(Array.from({ length: 1 + random.below(32) }, () => random.below(256)));
    return Buffer.concat([octets.subarray(0, at), noise, octets.subarray(at)]);
  },
  // an AVP again, at the end
  (octets, random) => {
    const start = avpStart(octets, random);
    const length = start + 8 <= octets.length ? (octets.readUIntBE(start + 5, 3) + 3) & ~3 : 0;
    return Buffer.concat([octets, octets.subarray(start, start + length)]);
  },
  // the head of one and the tail of another
  (octets, random, others) => {
    const other = others[random.below(others.length)] ?? octets;
    const at = random.below(octets.length) & ~3;
    return Buffer.concat([octets.subarray(0, at), other.subarray(random.below(other.length) & ~3)]);
  },
];

function put(octets: Buffer, at: number, change: (octet: number) => number): Buffer {
  if (at < octets.length) octets[at] = change(octets[at] ?? 0);
  return octets;
}

/** Where one of the AVPs begins, at the top or in a group. */
function avpStart(octets: Buffer, random: Random): number {
  const starts: number[] = [];
  for (let at = 20; at + 8 <= octets.length; ) {
    starts.push(at);
    const length = octets.readUIntBE(at + 5, 3);
    const header = ((octets[at + 4] ?? 0) & 0x80) === 0 ? 8 : 12;
    // Into what may be a group now and then.
    at += length > header + 8 && random.below(3) === 0 ? header : Math.max(8, (length + 3) & ~3);
  }
  return starts[random.below(Math.max(1, starts.length))] ?? 0;
}
