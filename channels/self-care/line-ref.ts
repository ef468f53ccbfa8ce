/**
 * A ref stands in an address instead of a number: which line, by which claim of its number, sealed so that nobody reads or
 * makes one. Good for half an hour: an address in a browser's history or a chat opens nothing for long.
 */
import type { NumberClaim } from '#domain/lines';
import { MINUTE_MS } from '#platform/clock';
import { slotOf } from '#platform/ids';
import type { Refusal } from '#platform/refusals';
import type { Desk } from './desk.ts';
import { refuse } from './refusals.ts';

const REF_LIFE_MS = 30 * MINUTE_MS;
const PURPOSE = 'line of self-care';
const BASE = 36;

export function sealLine({ house, sealer }: Desk, { accountId, lineId, claimCount }: Omit<NumberClaim, 'slot'>): string {
  const expiresAt = new Date(house.clock.transport().getTime() + REF_LIFE_MS);
  return sealer.seal(PURPOSE, [accountId, lineId, claimCount].map((id) => id.toString(BASE)).join('.'), expiresAt);
}

/** Refuses `self-care.address_expired`, also for a text that never was a ref. */
export function openLine({ house, sealer }: Desk, ref: string): NumberClaim | Refusal<'self-care.address_expired'> {
  const parts = sealer.unseal(PURPOSE, ref, house.clock.transport())?.split('.').map(readId);
  const [accountId, lineId, claimCount] = parts ?? [];
  if (accountId === undefined || lineId === undefined || claimCount === undefined) return refuse('self-care.address_expired');
  return { slot: slotOf(accountId), accountId, lineId, claimCount };
}

function readId(digits: string): bigint {
  let id = 0n;
  for (const digit of digits) id = id * BigInt(BASE) + BigInt(Number.parseInt(digit, BASE));
  return id;
}
