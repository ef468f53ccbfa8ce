/**
 * What passkeys are bound to, and the challenges they answer (WebAuthn Level 3 §7). A challenge is stored as a hash and used
 * up by the first answer to it, whether that verifies or not: nothing can be tried twice.
 */
import { MINUTE_MS } from '#platform/clock';
import { statement } from '#platform/database';
import { secretToken } from '#platform/random';
import type { Tools } from '#platform/tools';
import { hashOf } from './sign-in.ts';

/** `id`: the host name below which passkeys work; `origin`: the one address that may ask for them; `name`: the brand. */
export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string };

/** What every phone and computer signs with: ES256, RS256, EdDSA (COSE numbers); the library's own list adds one that Node calls experimental. */
export const ALGORITHMS = [-7, -257, -8];

export type CeremonyPurpose = 'add' | 'sign_in' | 'prove';
type Ceremony = { readonly purpose: CeremonyPurpose; readonly personId: bigint | null };
const insertCeremony = statement<Ceremony & { challengeHash: Buffer; expiresAt: Date }>(import.meta.dirname, 'insert-ceremony');
const useCeremony = statement<Ceremony & { challengeHash: Buffer; at: Date }>(import.meta.dirname, 'use-ceremony');

/** What people need to find a finger or another phone. */
export const CEREMONY_LIFE_MS = 5 * MINUTE_MS;

/** From the address at which people reach us (`PUBLIC_URL`). */
export function relyingPartyAt(publicUrl: string, brand: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin, name: brand };
}

/** 256 bits, kept by their hash until they are answered. */
export async function openCeremony(tools: Tools, ceremony: Ceremony): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(Buffer.from(secretToken() + secretToken(), 'base64url'));
  const expiresAt = new Date(tools.clock.transport().getTime() + CEREMONY_LIFE_MS);
  const challengeHash = hashOf(Buffer.from(challenge).toString('base64url'));
  await tools.database.query(insertCeremony, { ...ceremony, challengeHash, expiresAt });
  return challenge;
}

/** Uses a challenge up; false when it was used, is too old, or was another's. */
export async function closeCeremony(tools: Tools, ceremony: Ceremony, challenge: string): Promise<boolean> {
  const used = await tools.database.maybe(useCeremony, { ...ceremony, challengeHash: hashOf(challenge), at: tools.clock.transport() });
  return used !== undefined;
}
