/** A passkey signs in without a name being asked, so there is nothing to enumerate; and it proves again who is signed in. */
import { type AuthenticationResponseJSON, generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { type Queries, statement } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import { type KeptPasskey, listPasskeys, notAccepted } from './add-passkey.ts';
import type { From, PeopleTools, SignedIn, SignIn } from './people.ts';
import { noteProof } from './prove-again.ts';
import { refuse } from './refusals.ts';
import { type CeremonyPurpose, closeCeremony, openCeremony, type RelyingParty } from './relying-party.ts';
import { openSignIn } from './sign-in.ts';
import { spendTry, type TryLimits } from './spend-budget.ts';

const findRow = statement<{ credentialId: string }, KeptPasskey>(import.meta.dirname, 'find-passkey');
const useRow = statement<{ credentialId: string; counter: bigint; at: Date }, { passkeyId: bigint }>(import.meta.dirname, 'use-passkey');

/** What `navigator.credentials.get` is given, as JSON. */
export type PasskeyQuestion = Awaited<ReturnType<typeof generateAuthenticationOptions>>;
type Answer = { readonly response: AuthenticationResponseJSON };
type NotAccepted = Refusal<'people.passkey_not_accepted'>;

/** For anybody: names no passkey, the device offers those it has. */
export async function beginPasskeySignIn(tools: PeopleTools, party: RelyingParty): Promise<PasskeyQuestion> {
  const challenge = await openCeremony(tools, { purpose: 'sign_in', personId: null });
  return generateAuthenticationOptions({ rpID: party.id, challenge, userVerification: 'preferred' });
}

/** Refuses `people.passkey_not_accepted` whatever is wrong with it, and `people.too_many_tries`. */
export async function signInByPasskey(
  tools: PeopleTools,
  party: RelyingParty,
  { response, from }: Answer & { readonly from: From },
  limits?: TryLimits,
): Promise<SignedIn | NotAccepted | Refusal<'people.too_many_tries'>> {
  const minutes = await spendTry(tools, `passkey ${response.id}`, from.source, limits);
  if (minutes !== undefined) return refuse('people.too_many_tries', { minutes });
  const answered = await verified(tools, party, { purpose: 'sign_in', personId: null }, response);
  if (answered === undefined) return refuse('people.passkey_not_accepted');
  return tools.database.transaction(async (tx) => {
    if (!(await used(tools, tx, answered))) return refuse('people.passkey_not_accepted');
    return openSignIn(tools, tx, { personId: answered.personId, way: 'passkey', from });
  });
}

/** Step-up by one of the holder's own passkeys. */
export async function beginPasskeyProof(tools: PeopleTools, party: RelyingParty, signIn: SignIn): Promise<PasskeyQuestion> {
  const { personId } = signIn;
  const [kept, challenge] = await Promise.all([
    listPasskeys(tools.database, personId),
    openCeremony(tools, { purpose: 'prove', personId }),
  ]);
  const allowCredentials = kept.map(({ credentialId, transports }) => ({ id: credentialId, transports }));
  return generateAuthenticationOptions({ rpID: party.id, challenge, allowCredentials, userVerification: 'preferred' });
}

/** Refuses `people.passkey_not_accepted`, also for somebody else's passkey. */
export async function proveByPasskey(
  tools: PeopleTools,
  party: RelyingParty,
  signIn: SignIn,
  { response }: Answer,
): Promise<undefined | NotAccepted> {
  const { personId } = signIn;
  const answered = await verified(tools, party, { purpose: 'prove', personId }, response);
  if (answered === undefined || answered.personId !== personId) return refuse('people.passkey_not_accepted');
  return tools.database.transaction(async (tx) => {
    if (!(await used(tools, tx, answered))) return refuse('people.passkey_not_accepted');
    await noteProof(tools, tx, signIn);
    return undefined;
  });
}

type Answered = { readonly personId: bigint; readonly credentialId: string; readonly counter: bigint };

async function verified(
  tools: PeopleTools,
  party: RelyingParty,
  ceremony: { readonly purpose: CeremonyPurpose; readonly personId: bigint | null },
  response: AuthenticationResponseJSON,
): Promise<Answered | undefined> {
  const passkey = await tools.database.maybe(findRow, { credentialId: String(response.id) });
  if (passkey === undefined) return undefined;
  const { credentialId, publicKey, counter, personId } = passkey;
  try {
    const { verified: isVerified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => closeCeremony(tools, ceremony, challenge),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: Number(counter) },
      requireUserVerification: false,
    });
    return isVerified ? { personId, credentialId, counter: BigInt(authenticationInfo.newCounter) } : undefined;
  } catch (error) {
    return notAccepted(error);
  }
}

/** Two answers that were verified at once with one counter: one of them is a copy. */
async function used(tools: PeopleTools, tx: Queries, { credentialId, counter }: Answered): Promise<boolean> {
  return (await tx.maybe(useRow, { credentialId, counter, at: tools.clock.transport() })) !== undefined;
}
