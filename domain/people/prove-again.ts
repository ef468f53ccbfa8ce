/**
 * Step-up: whoever is signed in proves once more who they are before what they are known by changes. A sign-in that was
 * just opened is proof enough; later it takes the password, a code to a proven contact, or a passkey.
 */
import { MINUTE_MS } from '#platform/clock';
import { type Queries, statement } from '#platform/database';
import type { Language } from '#platform/messages';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { askCode, type CodeAsked } from './ask-code.ts';
import { hasMoved } from './claim-name.ts';
import { isPassword } from './hash-password.ts';
import type { Contact, PeopleTools, SignIn } from './people.ts';
import { contactsOfPerson } from './record-change.ts';
import { type CodeRefusal, type CodeTyped, redeemCode } from './redeem-code.ts';
import { refuse } from './refusals.ts';
import { spendTry } from './spend-budget.ts';
import { readPassword } from './write-password.ts';

const proveRow = statement<{ signInId: bigint; at: Date }>(import.meta.dirname, 'prove-sign-in');

/** Time to fill in a form after proving; too short for a phone that was left lying about. */
export const PROOF_LIFE_MS = 10 * MINUTE_MS;

export function isProved(tools: Tools, { provedAt }: Pick<SignIn, 'provedAt'>): boolean {
  return tools.clock.transport().getTime() - provedAt.getTime() < PROOF_LIFE_MS;
}

/** Refuses `people.proof_needed` when the last proof is older than `PROOF_LIFE_MS`. */
export function requireProof(tools: Tools, signIn: Pick<SignIn, 'provedAt'>): undefined | Refusal<'people.proof_needed'> {
  return isProved(tools, signIn) ? undefined : refuse('people.proof_needed');
}

/** Notes the proof on the sign-in, and on no other of the person's. */
export async function noteProof(tools: Tools, queries: Queries, { signInId }: Pick<SignIn, 'signInId'>): Promise<void> {
  await queries.query(proveRow, { signInId, at: tools.clock.transport() });
}

/** Refuses `people.sign_in_wrong`, `people.too_many_tries`. */
export async function proveByPassword(
  tools: PeopleTools,
  signIn: SignIn,
  { password, source }: { readonly password: string; readonly source: string },
): Promise<undefined | Refusal<'people.sign_in_wrong' | 'people.too_many_tries'>> {
  const minutes = await spendTry(tools, `person ${signIn.personId}`, source);
  if (minutes !== undefined) return refuse('people.too_many_tries', { minutes });
  if (!(await isPassword(password, await readPassword(tools.database, signIn.personId)))) return refuse('people.sign_in_wrong');
  await noteProof(tools, tools.database, signIn);
  return undefined;
}

/** Sends a code to one of the person's own contacts. Refuses `people.contact_unknown` for any other, or one that changed hands; `people.too_many_codes`. */
export async function askProof(
  tools: PeopleTools,
  signIn: SignIn,
  asked: { readonly contact: Contact; readonly language: Language; readonly source: string },
): Promise<CodeAsked | Refusal<'people.contact_unknown' | 'people.too_many_codes'>> {
  const { contact } = asked;
  const known = (await contactsOfPerson(tools.database, signIn.personId)).find(
    ({ kind, value }) => kind === contact.kind && value === contact.value,
  );
  if (known === undefined || hasMoved(known, contact)) return refuse('people.contact_unknown');
  return askCode(tools, { ...asked, purpose: 'prove', personId: signIn.personId });
}

/** Refuses `people.code_wrong`, `people.code_spent`. */
export function proveByCode(tools: PeopleTools, signIn: SignIn, typed: CodeTyped): Promise<undefined | CodeRefusal> {
  return redeemCode(tools, { ...typed, purpose: 'prove', personId: signIn.personId }, async (tx) => {
    await noteProof(tools, tx, signIn);
    return undefined;
  });
}
