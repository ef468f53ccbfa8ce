/**
 * Passwords are kept as scrypt hashes (RFC 7914) with their parameters beside them, so that these can be raised: who signs in
 * with an older one is hashed anew. A name that nobody has, or that has no password, costs the same work.
 */
import { scrypt, timingSafeEqual } from 'node:crypto';
import { secretToken } from '#platform/random';
import { normalisePassword, PASSWORD_LENGTH } from './check-password.ts';

export type Hardness = { readonly cost: number; readonly blockSize: number; readonly parallelization: number };
export type HashedPassword = Hardness & { readonly salt: Buffer; readonly hash: Buffer };

/** One of the equal settings of OWASP's Password Storage Cheat Sheet: 32 MiB, about a fifth of a second here; memory is what an attacker's machine lacks. */
export const HARDNESS: Hardness = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };
const HASH_OCTETS = 32;

/** What is compared with when there is nothing to compare with; no password has this hash. */
const DECOY: HashedPassword = { ...HARDNESS, salt: Buffer.alloc(16, 1), hash: Buffer.alloc(HASH_OCTETS) };

export async function hashPassword(password: string): Promise<HashedPassword> {
  const salt = Buffer.from(secretToken(), 'base64url');
  return { ...HARDNESS, salt, hash: await derive(password, salt, HARDNESS) };
}

/** Whether `typed` is the password kept; of nothing kept, no, by the same work. */
export async function isPassword(typed: string, kept: HashedPassword | undefined): Promise<boolean> {
  const { salt, hash, ...hardness } = kept ?? DECOY;
  // Longer than any that was ever taken: the work is done all the same, on a part of it.
  const password = [...normalisePassword(typed.slice(0, 4 * PASSWORD_LENGTH.max))].slice(0, PASSWORD_LENGTH.max + 1).join('');
  const isSame = timingSafeEqual(await derive(password, salt, hardness), hash);
  return isSame && kept !== undefined;
}

export function isWeak({ cost, blockSize, parallelization }: Hardness): boolean {
  return cost * blockSize * parallelization < HARDNESS.cost * HARDNESS.blockSize * HARDNESS.parallelization;
}

function derive(password: string, salt: Buffer, { cost, blockSize, parallelization }: Hardness): Promise<Buffer> {
  const maxmem = 2 * 128 * cost * blockSize;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_OCTETS, { cost, blockSize, parallelization, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
