/** Randomness comes from here, so that a seeded world can be replayed. Secrets always come from the system. */
import { randomBytes } from 'node:crypto';

export type Random = {
  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number;
};

export const systemRandom: Random = {
  below: (limit) => Math.floor((randomBytes(6).readUIntBE(0, 6) / 2 ** 48) * limit),
};

/** mulberry32: small, fast, repeatable; for demonstrations, simulations and tests, never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
    },
  };
}

/** Asking the system costs the same for many as for one: some are kept ahead, and each is used once. */
const AHEAD_BYTES = 4096;
let ahead = Buffer.alloc(0);

/** 128 bits, URL-safe: for secret links and one-time tokens. */
export function secretToken(): string {
  if (ahead.length < 16) ahead = randomBytes(AHEAD_BYTES);
  const token = ahead.toString('base64url', 0, 16);
  ahead.fill(0, 0, 16);
  ahead = ahead.subarray(16);
  return token;
}
