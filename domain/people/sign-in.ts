/**
 * Sign-in by a one-time link: all that this stage needs (codes, passwords and passkeys come with self-care).
 * Only hashes are kept. Links and sign-ins live on transport time.
 */
import { createHash } from 'node:crypto';
import { type Queries, statement } from '#platform/database';
import { secretToken } from '#platform/random';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { refuse } from './refusals.ts';

const insertLink = statement<{ tokenHash: Buffer; personId: bigint; expiresAt: Date }>(import.meta.dirname, 'insert-sign-in-link');
const useLink = statement<{ tokenHash: Buffer; at: Date }, { personId: bigint }>(import.meta.dirname, 'use-sign-in-link');
const insertSignIn = statement<{ tokenHash: Buffer; personId: bigint; at: Date }>(import.meta.dirname, 'insert-sign-in');
const readSignIn = statement<{ tokenHash: Buffer }, { personId: bigint }>(import.meta.dirname, 'read-sign-in');

/** A secret that signs this person in once, until `lifeMs` from now. */
export async function issueSignInLink(tools: Tools, personId: bigint, lifeMs: number): Promise<string> {
  const token = secretToken();
  const expiresAt = new Date(tools.clock.transport().getTime() + lifeMs);
  await tools.database.query(insertLink, { tokenHash: hashOf(token), personId, expiresAt });
  return token;
}

/** Trades a link's secret for a sign-in's secret, once. Refuses `people.link_used` when used, too old or unknown alike. */
export function signInByLink(tools: Tools, token: string): Promise<{ secret: string; personId: bigint } | Refusal<'people.link_used'>> {
  const at = tools.clock.transport();
  return tools.database.transaction(async (tx) => {
    const used = await tx.maybe(useLink, { tokenHash: hashOf(token), at });
    if (used === undefined) return refuse('people.link_used');
    const secret = secretToken();
    await tx.query(insertSignIn, { tokenHash: hashOf(secret), personId: used.personId, at });
    return { secret, personId: used.personId };
  });
}

/** Who holds this sign-in; undefined when nobody does. */
export async function personSignedIn(queries: Queries, secret: string): Promise<bigint | undefined> {
  return (await queries.maybe(readSignIn, { tokenHash: hashOf(secret) }))?.personId;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
