/**
 * Sealed texts: what we hand to somebody and take back later, unreadable and unchangeable meanwhile, without a row of our
 * own for each. AES-256-GCM; the key lies in one row that all nodes share, and every purpose has a key derived from it, so
 * that what was sealed for one cannot be used for another.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { type Queries, statement } from '#platform/database';
import { secretToken } from '#platform/random';

export type Sealer = {
  /** URL-safe; opens for the same purpose only, until `expiresAt` of transport time. About 46 characters and 4 for each 3 of the text. */
  seal(purpose: string, text: string, expiresAt: Date): string;
  /** The text that was sealed; undefined when it was not by us, for another purpose, or is too old. */
  unseal(purpose: string, sealed: string, transportNow: Date): string | undefined;
  /** 22 characters: the same for the same text, and nobody without the key finds the text from it. */
  mark(purpose: string, text: string): string;
};

const makeKey = statement<{ key: Buffer }>(import.meta.dirname, 'make-key');
const readKey = statement<object, { key: Buffer }>(import.meta.dirname, 'read-key');

/** Takes the installation's key, making it when it is the first to ask. */
export async function openSealer(queries: Queries): Promise<Sealer> {
  await queries.query(makeKey, { key: Buffer.concat([octets(), octets()]) });
  return sealerWith((await queries.one(readKey, {})).key);
}

const IV_OCTETS = 12;
const TAG_OCTETS = 16;
const EXPIRY_OCTETS = 6;

function sealerWith(key: Buffer): Sealer {
  const keys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    const derived = keys.get(purpose) ?? Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
    keys.set(purpose, derived);
    return derived;
  };
  return {
    seal(purpose, text, expiresAt) {
      const iv = octets().subarray(0, IV_OCTETS);
      const cipher = createCipheriv('aes-256-gcm', keyFor(`seal ${purpose}`), iv);
      const expiry = Buffer.alloc(EXPIRY_OCTETS);
      expiry.writeUIntBE(expiresAt.getTime(), 0, EXPIRY_OCTETS);
      const closed = Buffer.concat([cipher.update(expiry), cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), closed]).toString('base64url');
    },
    unseal(purpose, sealed, transportNow) {
      const opened = open(keyFor(`seal ${purpose}`), sealed);
      if (opened === undefined || opened.readUIntBE(0, EXPIRY_OCTETS) <= transportNow.getTime()) return undefined;
      return opened.subarray(EXPIRY_OCTETS).toString('utf8');
    },
    mark: (purpose, text) =>
      createHmac('sha256', keyFor(`mark ${purpose}`))
        .update(text)
        .digest('base64url')
        .slice(0, 22),
  };
}

function open(key: Buffer, sealed: string): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_OCTETS + TAG_OCTETS + EXPIRY_OCTETS) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_OCTETS), { authTagLength: TAG_OCTETS });
  decipher.setAuthTag(bytes.subarray(IV_OCTETS, IV_OCTETS + TAG_OCTETS));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_OCTETS + TAG_OCTETS)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function octets(): Buffer {
  return Buffer.from(secretToken(), 'base64url');
}
