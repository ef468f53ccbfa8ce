/** Changing how somebody signs in: password, passkeys, address and number. All of it after step-up; the old contact is told (S3). */
import type { CodeSentView, PasskeyQuestionView, PersonUseCases, RefusalView, SignedInAsker } from '#channels/web';
import { readContact } from '#domain/access';
import { addPasskey, askContactChange, beginPasskey, changeContact, removeContact, removePasskey, setPassword } from '#domain/people';
import { nameSource } from '#platform/http';
import { parseId } from '#platform/ids';
import { isRefusal, Refusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { showContact } from './enter.ts';
import { countryOf, type Done, done, partyOf, tellPerson, toolsOf } from './person-desk.ts';
import { type NewPasskeyAnswer, readAnswer } from './read-answer.ts';
import { PASSKEY } from './read-security.ts';

type Request<Name extends keyof PersonUseCases> = Parameters<PersonUseCases[Name]>[1];
type Outcome = Promise<Done | RefusalView>;

export async function choosePassword(desk: Desk, asker: SignedInAsker, { password }: Request<'setPassword'>): Outcome {
  return done(await setPassword(toolsOf(desk), asker.signIn, password), asker);
}

export async function askNewPasskey(desk: Desk, asker: SignedInAsker): Promise<PasskeyQuestionView | RefusalView> {
  const question = await beginPasskey(toolsOf(desk), partyOf(desk), asker.signIn);
  return isRefusal(question) ? tellPerson(question, asker) : { question };
}

export async function keepPasskey(desk: Desk, asker: SignedInAsker, { answer, label }: Request<'addPasskey'>): Outcome {
  const response = readAnswer<NewPasskeyAnswer>(answer);
  if (response === undefined) return tellPerson(new Refusal('people.passkey_not_accepted'), asker);
  return done(await addPasskey(toolsOf(desk), partyOf(desk), asker.signIn, { response, label }), asker);
}

export async function dropPasskey(desk: Desk, asker: SignedInAsker, { id }: Request<'removePasskey'>): Outcome {
  const passkeyId = parseId(PASSKEY, id);
  if (passkeyId === undefined) return tellPerson(new Refusal('people.passkey_unknown'), asker);
  return done(await removePasskey(toolsOf(desk), asker.signIn, passkeyId), asker);
}

export async function askNewContact(
  desk: Desk,
  asker: SignedInAsker,
  { contact: text }: Request<'askContactChange'>,
): Promise<CodeSentView | RefusalView> {
  const contact = await readContact(desk.house.database, { text, country: countryOf(desk) });
  if (isRefusal(contact)) return tellPerson(contact, asker, 'contact');
  const { language, signIn } = asker;
  const asked = await askContactChange(toolsOf(desk), signIn, { contact, language, source: nameSource(desk.sealer, asker.source) });
  return isRefusal(asked) ? tellPerson(asked, asker) : { request: asked.request, to: showContact(contact) };
}

export async function takeContact(desk: Desk, asker: SignedInAsker, typed: Request<'changeContact'>): Outcome {
  const changed = await changeContact(toolsOf(desk), asker.signIn, typed);
  return isRefusal(changed) ? tellPerson(changed, asker, 'code') : done(undefined, asker);
}

export async function dropContact(desk: Desk, asker: SignedInAsker, { kind }: Request<'removeContact'>): Outcome {
  return done(await removeContact(toolsOf(desk), asker.signIn, kind), asker);
}
