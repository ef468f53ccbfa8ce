/**
 * A person's address or number is added, replaced or given up, after step-up. The new one is proven by a code; the old one
 * is told (S3), and where one was replaced, what moves value cools off.
 */
import type { Transaction } from '#platform/database';
import type { Language } from '#platform/messages';
import { isRefusal, type Refusal } from '#platform/refusals';
import { lockPerson, readPerson, writeProfile } from './add-person.ts';
import { askCode, type CodeAsked } from './ask-code.ts';
import { claimName, releaseName, writeContact } from './claim-name.ts';
import type { Contact, PeopleTools, Person, SignIn, SignInName } from './people.ts';
import { requireProof } from './prove-again.ts';
import { readUserName } from './read-name.ts';
import { contactsOfPerson, coolOff, namesOfPerson, tellChange, writeChange } from './record-change.ts';
import { type CodeRefusal, type CodeTyped, redeemCode } from './redeem-code.ts';
import { refuse } from './refusals.ts';
import { nameFrom } from './sign-up.ts';

type Asked = { readonly contact: Contact; readonly language: Language; readonly source: string };
type ProofNeeded = Refusal<'people.proof_needed'>;

/** Sends a code to the new contact. Refuses `people.proof_needed`, `people.too_many_codes`. Whether it is somebody's is told only to who holds it. */
export async function askContactChange(
  tools: PeopleTools,
  signIn: SignIn,
  asked: Asked,
): Promise<CodeAsked | ProofNeeded | Refusal<'people.too_many_codes'>> {
  return requireProof(tools, signIn) ?? askCode(tools, { ...asked, purpose: 'contact', personId: signIn.personId });
}

/** The code makes the contact the person's, in place of the one of its kind. Refuses `people.code_wrong`, `people.code_spent`, `people.name_taken`. */
export function changeContact(
  tools: PeopleTools,
  signIn: SignIn,
  typed: CodeTyped,
): Promise<Contact | CodeRefusal | Refusal<'people.name_taken'>> {
  const { personId } = signIn;
  return redeemCode(tools, { ...typed, purpose: 'contact', personId }, async (tx, { contact }) => {
    await lockPerson(tx, personId);
    const before = await contactsOfPerson(tx, personId);
    const taken = await claimName(tools, tx, personId, contact);
    if (taken !== undefined) return taken;
    const replaced = before.filter(({ kind, value }) => kind === contact.kind && value !== contact.value);
    for (const old of replaced) await releaseName(tx, personId, old);
    await writeContact(tx, personId, contact.kind, contact.value);
    await recordContact(tools, tx, { personId, kind: contact.kind, from: replaced[0], to: contact, told: [...before, contact] });
    return contact;
  });
}

/** Gives a contact up. Refuses `people.proof_needed`, `people.contact_unknown`, and `people.last_contact`: nobody could be reached or recover. */
export async function removeContact(
  tools: PeopleTools,
  signIn: SignIn,
  kind: Contact['kind'],
): Promise<undefined | ProofNeeded | Refusal<'people.contact_unknown' | 'people.last_contact'>> {
  const unproved = requireProof(tools, signIn);
  if (unproved !== undefined) return unproved;
  const { personId } = signIn;
  return tools.database.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const contacts = await contactsOfPerson(tx, personId);
    const old = contacts.find((contact) => contact.kind === kind);
    if (old === undefined) return refuse('people.contact_unknown');
    if (contacts.length === 1) return refuse('people.last_contact');
    await releaseName(tx, personId, old);
    await writeContact(tx, personId, kind, null);
    await recordContact(tools, tx, { personId, kind, from: old, to: undefined, told: contacts });
    return undefined;
  });
}

type ContactChange = {
  readonly personId: bigint;
  readonly kind: Contact['kind'];
  readonly from: Contact | undefined;
  readonly to: Contact | undefined;
  readonly told: readonly Contact[];
};

async function recordContact(tools: PeopleTools, tx: Transaction, { personId, kind, from, to, told }: ContactChange): Promise<void> {
  const person = await readPerson(tx, personId);
  if (from !== undefined) await coolOff(tools, tx, personId);
  const [before, after] = [{ [kind]: from?.value ?? null }, { [kind]: to?.value ?? null }];
  writeChange(tools, tx, { personId, action: 'people.change_contact', before, after });
  const contacts = told.filter((one, index) => told.findIndex((other) => other.kind === one.kind && other.value === one.value) === index);
  const what = kind === 'email' ? 'email_changed' : 'number_changed';
  tellChange(tools, tx, { personId, language: person?.language ?? 'en', what, contacts });
}

/** Chooses a user name, in place of the one before. Refuses `people.proof_needed`, `people.user_name_invalid`, `people.name_taken`. */
export async function setUserName(
  tools: PeopleTools,
  signIn: SignIn,
  typed: string,
): Promise<SignInName | ProofNeeded | Refusal<'people.user_name_invalid' | 'people.name_taken'>> {
  const unproved = requireProof(tools, signIn);
  if (unproved !== undefined) return unproved;
  const name = readUserName(typed);
  if (isRefusal(name)) return name;
  const { personId } = signIn;
  return tools.database.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const names = await namesOfPerson(tx, personId);
    const old = names.find(({ kind }) => kind === 'user_name');
    if (old?.value === name.value) return name;
    const taken = await claimName(tools, tx, personId, name);
    if (taken !== undefined) return taken;
    if (old !== undefined) await releaseName(tx, personId, old);
    const [person, contacts] = await Promise.all([readPerson(tx, personId), contactsOfPerson(tx, personId)]);
    const [before, after] = [{ userName: old?.value ?? null }, { userName: name.value }];
    writeChange(tools, tx, { personId, action: 'people.set_user_name', before, after });
    tellChange(tools, tx, { personId, language: person?.language ?? 'en', what: 'user_name_changed', contacts });
    return name;
  });
}

/** What a person is called, and the language they read: settings, without step-up. */
export function changeProfile(
  tools: PeopleTools,
  { personId }: Pick<SignIn, 'personId'>,
  change: { readonly name?: string | undefined; readonly language?: Language | undefined },
): Promise<Person | undefined> {
  return tools.database.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const person = await readPerson(tx, personId);
    if (person === undefined) return undefined;
    const before = { name: person.name, language: person.language };
    const after = { name: change.name === undefined ? person.name : nameFrom(change.name), language: change.language ?? person.language };
    await writeProfile(tx, personId, after);
    writeChange(tools, tx, { personId, action: 'people.change_profile', before, after });
    return { ...person, ...after };
  });
}
