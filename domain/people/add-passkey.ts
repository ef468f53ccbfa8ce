/** Passkeys of a person: added after step-up, listed, removed. Discoverable, so that signing in asks for no name (ID-1, ID-2). */
import { generateRegistrationOptions, type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { Transaction } from '#platform/database';
import { type Queries, statement } from '#platform/database';
import { formatId, slotOf } from '#platform/ids';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { lockPerson, readPerson } from './add-person.ts';
import type { PeopleTools, SignIn } from './people.ts';
import { requireProof } from './prove-again.ts';
import { contactsOfPerson, type ToldChange, tellChange, writeChange } from './record-change.ts';
import { refuse } from './refusals.ts';
import { ALGORITHMS, closeCeremony, openCeremony, type RelyingParty } from './relying-party.ts';
import { nameFrom } from './sign-up.ts';

export type Passkey = {
  readonly passkeyId: bigint;
  /** What its owner calls it. */
  readonly label: string;
  /** Kept by its owner's cloud, not on one device alone. */
  readonly synced: boolean;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
};
export type KeptPasskey = Passkey & {
  readonly credentialId: string;
  readonly personId: bigint;
  readonly publicKey: Buffer;
  readonly counter: bigint;
  readonly transports: string[];
};

type NewPasskey = Omit<KeptPasskey, 'createdAt' | 'usedAt'> & { slot: number; at: Date };
const insertRow = statement<NewPasskey, { passkeyId: bigint }>(import.meta.dirname, 'insert-passkey');
const listRows = statement<{ personId: bigint }, KeptPasskey>(import.meta.dirname, 'passkeys-of-person');
const deleteRow = statement<{ personId: bigint; passkeyId: bigint }, { label: string }>(import.meta.dirname, 'delete-passkey');

/** What `navigator.credentials.create` is given, as JSON. */
export type PasskeyCreation = Awaited<ReturnType<typeof generateRegistrationOptions>>;
type ProofNeeded = Refusal<'people.proof_needed'>;

/** Refuses `people.proof_needed`. */
export async function beginPasskey(tools: PeopleTools, party: RelyingParty, signIn: SignIn): Promise<PasskeyCreation | ProofNeeded> {
  const unproved = requireProof(tools, signIn);
  if (unproved !== undefined) return unproved;
  const { personId } = signIn;
  const [person, kept, challenge] = await Promise.all([
    readPerson(tools.database, personId),
    listPasskeys(tools.database, personId),
    openCeremony(tools, { purpose: 'add', personId }),
  ]);
  return generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    // What the device's own list of passkeys shows.
    userName: person?.email ?? person?.number ?? party.name,
    userDisplayName: person?.name ?? '',
    userID: new Uint8Array(Buffer.from(formatId('person', personId))),
    challenge,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: kept.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  });
}

/** Refuses `people.proof_needed`, `people.passkey_not_accepted` (wrong, repeated or late), `people.passkey_known`. */
export async function addPasskey(
  tools: PeopleTools,
  party: RelyingParty,
  signIn: SignIn,
  { response, label }: { readonly response: RegistrationResponseJSON; readonly label: string },
): Promise<bigint | ProofNeeded | Refusal<'people.passkey_not_accepted' | 'people.passkey_known'>> {
  const unproved = requireProof(tools, signIn);
  if (unproved !== undefined) return unproved;
  const { personId } = signIn;
  const registered = await verified(tools, party, personId, response);
  if (registered === undefined) return refuse('people.passkey_not_accepted');
  const { credential, credentialBackedUp } = registered;
  const slot = slotOf(personId);
  const passkey: NewPasskey = {
    ...{ slot, personId, passkeyId: tools.mintId(slot), label: nameFrom(label) ?? party.name, synced: credentialBackedUp },
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: BigInt(credential.counter),
    transports: credential.transports ?? [],
    at: tools.clock.transport(),
  };
  return tools.database.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const added = await tx.maybe(insertRow, passkey);
    if (added === undefined) return refuse('people.passkey_known');
    await recordPasskey(tools, tx, personId, 'passkey_added', { after: { passkey: passkey.label } });
    return added.passkeyId;
  });
}

async function verified(tools: PeopleTools, party: RelyingParty, personId: bigint, response: RegistrationResponseJSON) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => closeCeremony(tools, { purpose: 'add', personId }, challenge),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return registrationInfo;
  } catch (error) {
    return notAccepted(error);
  }
}

/** The library throws plain errors for what a client got wrong; an outage of the database has a code and is thrown on. */
export function notAccepted(error: unknown): undefined {
  if (!(error instanceof Error) || 'severity' in error || ('code' in error && 'errno' in error)) throw error;
  return undefined;
}

export function listPasskeys(queries: Queries, personId: bigint): Promise<KeptPasskey[]> {
  return queries.query(listRows, { personId });
}

/** Refuses `people.proof_needed`, `people.passkey_unknown`. A code to a contact always signs in, so the last one may go. */
export async function removePasskey(
  tools: PeopleTools,
  signIn: SignIn,
  passkeyId: bigint,
): Promise<undefined | ProofNeeded | Refusal<'people.passkey_unknown'>> {
  const unproved = requireProof(tools, signIn);
  if (unproved !== undefined) return unproved;
  const { personId } = signIn;
  return tools.database.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const removed = await tx.maybe(deleteRow, { personId, passkeyId });
    if (removed === undefined) return refuse('people.passkey_unknown');
    await recordPasskey(tools, tx, personId, 'passkey_removed', { before: { passkey: removed.label } });
    return undefined;
  });
}

async function recordPasskey(
  tools: Tools,
  tx: Transaction,
  personId: bigint,
  what: ToldChange & `passkey_${string}`,
  change: { readonly before?: object; readonly after?: object },
): Promise<void> {
  const [person, contacts] = await Promise.all([readPerson(tx, personId), contactsOfPerson(tx, personId)]);
  const action = what === 'passkey_added' ? 'people.add_passkey' : 'people.remove_passkey';
  writeChange(tools, tx, { personId, action, ...change });
  tellChange(tools, tx, { personId, language: person?.language ?? 'en', what, contacts });
}
