/** Showing once more that it is them, before something about how they sign in is changed (step-up). */
import type { CodeSentView, PasskeyQuestionView, PersonUseCases, ProofView, RefusalView, SignedInAsker } from '#channels/web';
import { holderOf } from '#domain/access';
import {
  askProof,
  beginPasskeyProof,
  type Contact,
  listPasskeys,
  namesOfPerson,
  proveByCode,
  proveByPasskey,
  proveByPassword,
  readPassword,
} from '#domain/people';
import { nameSource } from '#platform/http';
import { isRefusal, Refusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { showContact } from './enter.ts';
import { type Done, done, partyOf, tellPerson, toolsOf } from './person-desk.ts';
import { readAnswer } from './read-answer.ts';

type Request<Name extends keyof PersonUseCases> = Parameters<PersonUseCases[Name]>[1];

/** A person's address and number, as they were proven. */
export async function contactsOf({ house }: Desk, personId: bigint): Promise<Contact[]> {
  const names = await namesOfPerson(house.database, personId);
  return names.filter((name): name is typeof name & Contact => name.kind !== 'user_name');
}

export async function readProof(desk: Desk, { signIn }: SignedInAsker): Promise<ProofView> {
  const { database } = desk.house;
  const [contacts, password, passkeys] = await Promise.all([
    contactsOf(desk, signIn.personId),
    readPassword(database, signIn.personId),
    listPasskeys(database, signIn.personId),
  ]);
  return {
    contacts: contacts.map((contact) => ({ kind: contact.kind, text: showContact(contact) })),
    password: password !== undefined,
    passkey: passkeys.length > 0,
  };
}

export async function sendProof(desk: Desk, asker: SignedInAsker, { kind }: Request<'askProof'>): Promise<CodeSentView | RefusalView> {
  const { signIn, language } = asker;
  const known = (await contactsOf(desk, signIn.personId)).find((contact) => contact.kind === kind);
  if (known === undefined) return tellPerson(new Refusal('people.contact_unknown'), asker);
  const { value } = known;
  // Which claim of ours the number is now: one that changed hands proves nothing.
  const contact: Contact = { kind, value, holder: kind === 'number' ? await holderOf(desk.house.database, value) : null };
  const asked = await askProof(toolsOf(desk), signIn, { contact, language, source: nameSource(desk.sealer, asker.source) });
  return isRefusal(asked) ? tellPerson(asked, asker) : { request: asked.request, to: showContact(contact) };
}

export async function proveCode(desk: Desk, asker: SignedInAsker, typed: Request<'proveByCode'>): Promise<Done | RefusalView> {
  return done(await proveByCode(toolsOf(desk), asker.signIn, typed), asker);
}

export async function provePassword(desk: Desk, asker: SignedInAsker, typed: Request<'proveByPassword'>): Promise<Done | RefusalView> {
  const source = nameSource(desk.sealer, asker.source);
  return done(await proveByPassword(toolsOf(desk), asker.signIn, { ...typed, source }), asker);
}

export async function askPasskeyProof(desk: Desk, { signIn }: SignedInAsker): Promise<PasskeyQuestionView> {
  return { question: await beginPasskeyProof(toolsOf(desk), partyOf(desk), signIn) };
}

export async function provePasskey(desk: Desk, asker: SignedInAsker, { answer }: Request<'proveByPasskey'>): Promise<Done | RefusalView> {
  const response = readAnswer(answer);
  if (response === undefined) return tellPerson(new Refusal('people.passkey_not_accepted'), asker);
  return done(await proveByPasskey(toolsOf(desk), partyOf(desk), asker.signIn, { response }), asker);
}
