/**
 * Sign-ins: the secret a browser or program holds, its life and its end, on transport time. Only hashes are kept. Every
 * sign-in is a new secret, and ends the one the same browser held before: a secret planted beforehand is worth nothing.
 */
import { createHash } from 'node:crypto';
import { DAY_MS, MINUTE_MS } from '#platform/clock';
import { type Queries, statement } from '#platform/database';
import { slotOf } from '#platform/ids';
import { secretToken } from '#platform/random';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { From, SignedIn, SignIn, Way } from './people.ts';
import { refuse } from './refusals.ts';

type Life = { idleSince: Date; bornSince: Date };
const insertLink = statement<{ tokenHash: Buffer; personId: bigint; expiresAt: Date }>(import.meta.dirname, 'insert-sign-in-link');
const useLink = statement<{ tokenHash: Buffer; at: Date }, { personId: bigint }>(import.meta.dirname, 'use-sign-in-link');
const insertSignIn = statement<{
  tokenHash: Buffer;
  personId: bigint;
  signInId: bigint;
  way: Way;
  device: string;
  source: string;
  at: Date;
}>(import.meta.dirname, 'insert-sign-in');
const readRow = statement<Life & { tokenHash: Buffer }, SignIn>(import.meta.dirname, 'read-sign-in');
const seeRow = statement<{ tokenHash: Buffer; at: Date }>(import.meta.dirname, 'see-sign-in');
const endReplaced = statement<{ tokenHash: Buffer; at: Date }>(import.meta.dirname, 'end-sign-in-of');
const listRows = statement<Life & { personId: bigint }, SignIn>(import.meta.dirname, 'list-sign-ins');

/** A month's plan and two weeks: who renews monthly finds themselves signed in. What moves value or identity asks for proof anew anyway. */
export const SIGN_IN_IDLE_MS = 45 * DAY_MS;
/** Used every day or not, half a year later everybody proves again who they are. */
export const SIGN_IN_LIFE_MS = 180 * DAY_MS;
/** "Last seen" is as fine as this: not a write for each page. */
const SEEN_EACH_MS = 10 * MINUTE_MS;
const DEVICE_LENGTH_MAX = 60;

/** A secret that signs this person in once, until `lifeMs` from now. */
export async function issueSignInLink(tools: Tools, personId: bigint, lifeMs: number): Promise<string> {
  const token = secretToken();
  const expiresAt = new Date(tools.clock.transport().getTime() + lifeMs);
  await tools.database.query(insertLink, { tokenHash: hashOf(token), personId, expiresAt });
  return token;
}

/** Trades a link's secret for a sign-in, once. Refuses `people.link_used` when used, too old or unknown alike. */
export function signInByLink(
  tools: Tools,
  token: string,
  from: From = { device: '', source: '' },
): Promise<SignedIn | Refusal<'people.link_used'>> {
  const at = tools.clock.transport();
  return tools.database.transaction(async (tx) => {
    const used = await tx.maybe(useLink, { tokenHash: hashOf(token), at });
    return used === undefined ? refuse('people.link_used') : openSignIn(tools, tx, { personId: used.personId, way: 'link', from });
  });
}

/** Opens a sign-in, in the transaction of the proof it rests on. */
export async function openSignIn(
  tools: Tools,
  tx: Queries,
  { personId, way, from }: { personId: bigint; way: Way; from: From },
): Promise<SignedIn> {
  const at = tools.clock.transport();
  const secret = secretToken();
  const signInId = tools.mintId(slotOf(personId));
  const device = [...from.device.replace(/\p{Cc}/gu, ' ')].slice(0, DEVICE_LENGTH_MAX).join('');
  await Promise.all([
    tx.query(insertSignIn, { tokenHash: hashOf(secret), personId, signInId, way, device, source: from.source, at }),
    ...(from.replaces === undefined ? [] : [tx.query(endReplaced, { tokenHash: hashOf(from.replaces), at })]),
  ]);
  return { secret, personId, signInId };
}

/** The sign-in behind this secret, noted as seen; undefined when there is none in force. */
export async function readSignIn(tools: Tools, secret: string): Promise<SignIn | undefined> {
  const at = tools.clock.transport();
  const tokenHash = hashOf(secret);
  const signIn = await tools.database.maybe(readRow, { tokenHash, ...livesAt(at) });
  if (signIn !== undefined && at.getTime() - signIn.seenAt.getTime() >= SEEN_EACH_MS) await tools.database.query(seeRow, { tokenHash, at });
  return signIn;
}

/** Who holds this sign-in; undefined when nobody does. */
export async function personSignedIn(tools: Tools, secret: string): Promise<bigint | undefined> {
  return (await readSignIn(tools, secret))?.personId;
}

/** A person's sign-ins in force, the one seen last first. */
export function listSignIns(tools: Tools, personId: bigint): Promise<SignIn[]> {
  return tools.database.query(listRows, { personId, ...livesAt(tools.clock.transport()) });
}

function livesAt(at: Date): Life {
  return { idleSince: new Date(at.getTime() - SIGN_IN_IDLE_MS), bornSince: new Date(at.getTime() - SIGN_IN_LIFE_MS) };
}

/** Of secrets of 128 bits: nothing to guess, so no slow hash. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
