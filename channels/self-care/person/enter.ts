/** Every way in: by code for who is known and who is not, by password, by passkey, by link; and a new password by code (ID-1 to ID-3). */
import type {
  Asker,
  CodeSentView,
  NewHereView,
  PasskeyQuestionView,
  PersonUseCases,
  RefusalView,
  SignedInAsker,
  SignedInView,
  SignInMark,
} from '#channels/web';
import { readContact, readSignInName } from '#domain/access';
import {
  askCode,
  beginPasskeySignIn,
  type CodePurpose,
  type Contact,
  endSignIn,
  enterByCode,
  readSignIn,
  resetPassword,
  type SignedIn,
  signInByLink,
  signInByPasskey,
  signInByPassword,
  signUp,
} from '#domain/people';
import { present } from '#platform/assert';
import { nameSource } from '#platform/http';
import { formatNumber } from '#platform/messages';
import { isRefusal, Refusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { countryOf, DONE, type Done, fromOf, partyOf, tellPerson, toolsOf } from './person-desk.ts';
import { readAnswer } from './read-answer.ts';

type Requests = { readonly [Name in keyof PersonUseCases]: Parameters<PersonUseCases[Name]>[1] };

/** The sign-in with its secret, which the next one of this browser will end. */
export async function readMark(desk: Desk, secret: string): Promise<SignInMark | undefined> {
  const signIn = await readSignIn(desk.house, secret);
  return signIn === undefined ? undefined : { ...signIn, secret };
}

export const showContact = ({ kind, value }: Pick<Contact, 'kind' | 'value'>): string => (kind === 'number' ? formatNumber(value) : value);

async function sendCode(desk: Desk, asker: Asker, purpose: CodePurpose, text: string): Promise<CodeSentView | RefusalView> {
  const contact = await readContact(desk.house.database, { text, country: countryOf(desk) });
  if (isRefusal(contact)) return tellPerson(contact, asker, 'contact');
  const { language } = asker;
  const asked = await askCode(toolsOf(desk), { purpose, contact, language, source: nameSource(desk.sealer, asker.source) });
  return isRefusal(asked) ? tellPerson(asked, asker) : { request: asked.request, to: showContact(contact) };
}

export const askEntry = (desk: Desk, asker: Asker, { contact }: Requests['askEntry']) => sendCode(desk, asker, 'enter', contact);
export const askReset = (desk: Desk, asker: Asker, { contact }: Requests['askReset']) => sendCode(desk, asker, 'reset', contact);

export async function enter(desk: Desk, asker: Asker, typed: Requests['enterByCode']): Promise<SignedInView | NewHereView | RefusalView> {
  const entered = await enterByCode(toolsOf(desk), { ...typed, from: fromOf(desk, asker) });
  if (isRefusal(entered)) return tellPerson(entered, asker);
  if (entered.kind === 'signed_in') return { secret: entered.secret };
  return { ticket: entered.ticket, to: showContact(entered.contact) };
}

export async function signUpPerson(desk: Desk, asker: Asker, request: Requests['signUp']): Promise<SignedInView | RefusalView> {
  const { house } = desk;
  const market = countryOf(desk);
  const inForce = present(house.catalog().market(market, house.clock.business()), 'the default market is open').termsVersion;
  const { ticket, acceptedTerms, name, password } = request;
  const terms = { market, accepted: acceptedTerms, inForce };
  const chosen = password === '' ? {} : { password };
  return opened(
    asker,
    await signUp(toolsOf(desk), { ticket, terms, language: asker.language, name, ...chosen, from: fromOf(desk, asker) }),
  );
}

export async function enterByPassword(desk: Desk, asker: Asker, typed: Requests['signInByPassword']): Promise<SignedInView | RefusalView> {
  const name = await readSignInName(desk.house.database, { text: typed.name, country: countryOf(desk) });
  if (isRefusal(name)) return tellPerson(name, asker, 'name');
  return opened(asker, await signInByPassword(toolsOf(desk), { name, password: typed.password, from: fromOf(desk, asker) }));
}

export async function askPasskey(desk: Desk): Promise<PasskeyQuestionView> {
  return { question: await beginPasskeySignIn(toolsOf(desk), partyOf(desk)) };
}

export async function enterByPasskey(
  desk: Desk,
  asker: Asker,
  { answer }: Requests['signInByPasskey'],
): Promise<SignedInView | RefusalView> {
  const response = readAnswer(answer);
  if (response === undefined) return tellPerson(new Refusal('people.passkey_not_accepted'), asker);
  return opened(asker, await signInByPasskey(toolsOf(desk), partyOf(desk), { response, from: fromOf(desk, asker) }));
}

export async function enterByLink(desk: Desk, asker: Asker, { code }: Requests['signInByLink']): Promise<SignedInView | RefusalView> {
  return opened(asker, await signInByLink(desk.house, code, fromOf(desk, asker)));
}

export async function reset(desk: Desk, asker: Asker, request: Requests['resetPassword']): Promise<SignedInView | RefusalView> {
  return opened(asker, await resetPassword(toolsOf(desk), { ...request, from: fromOf(desk, asker) }));
}

function opened(asker: Asker, outcome: SignedIn | Refusal): SignedInView | RefusalView {
  return isRefusal(outcome) ? tellPerson(outcome, asker) : { secret: outcome.secret };
}

/** One that has ended already is as good as signed out. */
export async function signOut({ house }: Desk, { signIn }: SignedInAsker): Promise<Done> {
  await endSignIn(house, signIn, signIn.signInId);
  return DONE;
}
