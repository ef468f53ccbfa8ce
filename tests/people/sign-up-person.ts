/** What people do, in few words: ask for a code, read it where it arrives, sign up, sign in. */
import {
  askCode,
  type ChangeFacts,
  CODE_SEAL,
  type CodeFacts,
  type Contact,
  enterByCode,
  type From,
  type PeopleTools,
  readSignIn,
  type SignedIn,
  type SignIn,
  signUp,
} from '#domain/people';
import { type Entry, readEntries } from '#domain/records';
import { assert, present } from '#platform/assert';
import { parseStatement, type Statement } from '#platform/database';
import { slotOf } from '#platform/ids';
import { decodeJson } from '#platform/json';
import { isRefusal } from '#platform/refusals';
import { openSealer } from '#platform/seal';
import { type TestDatabase, testDatabase } from '#tests/database';

export type PeopleTest = TestDatabase & { readonly tools: PeopleTools };
export const FROM: From = { device: 'Firefox, Linux', source: 'home' };

export async function peopleTest(t: { after(end: () => Promise<void>): void }): Promise<PeopleTest> {
  const tested = await testDatabase(t);
  return { ...tested, tools: { ...tested.tools, sealer: await openSealer(tested.database) } };
}

const eventsOf: Statement<{ kind: string }, { payload: unknown }> = parseStatement(
  'test.events-of-kind',
  'select payload from outbox.event where kind = :kind order by event_id',
);

/** Every code that left for this contact, oldest first, while it is good. */
export async function codesSent(tools: PeopleTools, value: string): Promise<string[]> {
  const events = await tools.database.query(eventsOf, { kind: 'people.code' });
  return events
    .map(({ payload }) => decodeJson<CodeFacts>(payload))
    .filter(({ to }) => to.value === value)
    .flatMap(({ sealed }) => tools.sealer.unseal(CODE_SEAL, sealed, tools.clock.transport()) ?? []);
}

export async function codeSent(tools: PeopleTools, value: string): Promise<string> {
  return present((await codesSent(tools, value)).at(-1), `a code was sent to ${value}`);
}

/** "<what> <contact>" of every change that was told, oldest first. */
export async function told(tools: PeopleTools): Promise<string[]> {
  const events = await tools.database.query(eventsOf, { kind: 'people.changed' });
  return events.map(({ payload }) => decodeJson<ChangeFacts>(payload)).map(({ what, to }) => `${what} ${to.value}`);
}

export function trailOf(tools: PeopleTools, personId: bigint): Promise<Entry[]> {
  return readEntries(tools.database, { slot: slotOf(personId), accountId: personId });
}

export async function signInOf(tools: PeopleTools, { secret }: SignedIn): Promise<SignIn> {
  return present(await readSignIn(tools, secret), 'the sign-in is in force');
}

async function enter(tools: PeopleTools, contact: Contact, from: From) {
  const asked = await askCode(tools, { purpose: 'enter', contact, language: 'en', source: from.source });
  assert(!isRefusal(asked), 'a code is sent');
  const entered = await enterByCode(tools, { request: asked.request, code: await codeSent(tools, contact.value), from });
  assert(!isRefusal(entered), 'the code is taken');
  return entered;
}

/** Somebody new, signed in by a code to this contact. */
export async function newSignIn(
  tools: PeopleTools,
  contact: Contact,
  more: { readonly password?: string; readonly name?: string } = {},
): Promise<SignedIn> {
  const entered = await enter(tools, contact, FROM);
  assert(entered.kind === 'new_here', 'nobody is known by this contact');
  const terms = { market: 'US', accepted: '2026-01', inForce: '2026-01' };
  const signedIn = await signUp(tools, { ticket: entered.ticket, terms, language: 'en', from: FROM, ...more });
  assert(!isRefusal(signedIn), 'they sign up');
  return signedIn;
}

/** Somebody known, once more, by a code to this contact. */
export async function reenter(tools: PeopleTools, contact: Contact, from: From = FROM): Promise<SignedIn> {
  const entered = await enter(tools, contact, from);
  assert(entered.kind === 'signed_in', 'somebody is known by this contact');
  return entered;
}
