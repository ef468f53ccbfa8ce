/**
 * Ids we mint carry the slot of the account they belong to in their low 10 bits, so that whoever holds an id knows
 * where its row lives: 41 bits of milliseconds since 2025, 12 bits that count within the millisecond, 10 bits slot.
 * They sort by age within a slot. 63 bits: a PostgreSQL bigint, a JavaScript bigint, never a number.
 */
import { assert } from '#platform/assert';

export const SLOT_COUNT = 1024n;
const EPOCH_MS = BigInt(Date.UTC(2025, 0, 1));
const COUNT_BITS = 12n;
const SLOT_BITS = 10n;

/** The hash slot an account (or anything minted in it) lives in; the same rule as the checks where accounts and people are born. */
export function slotOf(id: bigint): number {
  return Number(id & (SLOT_COUNT - 1n));
}

export type IdMint = (slot: number) => bigint;

/** `startAt` is random per process, so that two nodes minting in one millisecond seldom meet; a unique key decides. */
export function createIdMint(transportNowMs: () => number, startAt: number): IdMint {
  let lastMs = 0n;
  let count = BigInt(startAt) % (1n << COUNT_BITS);
  return (slot) => {
    assert(slot >= 0 && slot < Number(SLOT_COUNT), 'a slot is between 0 and 1023');
    const nowMs = BigInt(transportNowMs()) - EPOCH_MS;
    if (nowMs > lastMs) lastMs = nowMs;
    count += 1n;
    if (count >= 1n << COUNT_BITS) {
      count = 0n;
      lastMs += 1n;
    }
    return (lastMs << (COUNT_BITS + SLOT_BITS)) | (count << SLOT_BITS) | BigInt(slot);
  };
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** `ord_` and 13 Crockford base-32 digits: how an id is written in addresses, documents and the API. */
export function formatId(prefix: string, id: bigint): string {
  return `${prefix}_${digitsOf(id)}`;
}

/** The id a text stands for, or undefined when the text is not one of that prefix. */
export function parseId(prefix: string, text: string): bigint | undefined {
  return text.startsWith(`${prefix}_`) ? readDigits(text.slice(prefix.length + 1)) : undefined;
}

/** As people read it out and type it again: "06XW-7Z6N-2DA2B". What it is of, they know. */
export function formatSpokenId(id: bigint): string {
  const digits = digitsOf(id).toUpperCase();
  return `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`;
}

/** The id in what a person typed, in either form; letters that look like digits are read as Crockford's alphabet has it. */
export function readTypedId(prefix: string, text: string): bigint | undefined {
  const typed = text.trim().toLowerCase();
  const digits = (typed.startsWith(`${prefix}_`) ? typed.slice(prefix.length + 1) : typed).replaceAll(/[-\s]/g, '');
  return readDigits(digits.replaceAll('o', '0').replaceAll(/[il]/g, '1'));
}

/** A secret link to something of an account: where it lives, and 128 bits that nobody can guess. */
export type SecretLink = { readonly id: bigint; readonly accountId: bigint; readonly token: string };

/** 48 URL-safe characters: id and account, 13 digits each, and the token. */
export function formatLink({ id, accountId, token }: SecretLink): string {
  return `${digitsOf(id)}${digitsOf(accountId)}${token}`;
}

/** What a link's text points at, or undefined when it is none. Whether the token is right, the row decides. */
export function parseLink(text: string): SecretLink | undefined {
  if (!/^[0-9a-hjkmnp-tv-z]{26}[\w-]{22}$/.test(text)) return undefined;
  const id = readDigits(text.slice(0, 13));
  const accountId = readDigits(text.slice(13, 26));
  return id === undefined || accountId === undefined ? undefined : { id, accountId, token: text.slice(26) };
}

function digitsOf(id: bigint): string {
  let digits = '';
  for (let rest = id, place = 0; place < 13; place += 1, rest >>= 5n) digits = ALPHABET[Number(rest & 31n)] + digits;
  return digits;
}

function readDigits(text: string): bigint | undefined {
  if (text.length !== 13) return undefined;
  let id = 0n;
  for (const digit of text) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) return undefined;
    id = (id << 5n) | BigInt(value);
  }
  return id < 1n << 63n ? id : undefined;
}
