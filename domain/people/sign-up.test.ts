/** Signing up and in by code, names, and numbers that change hands. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import { meetOn } from '#tests/meeting';
import { codeSent, FROM, newSignIn, type PeopleTest, peopleTest, reenter, signInOf, told, trailOf } from '#tests/people';
import {
  askCode,
  type Contact,
  enterByCode,
  nameDevice,
  namesOfPerson,
  readAcceptances,
  readEmail,
  readPerson,
  readUserName,
  requireCooledOff,
  setUserName,
  signInByPassword,
  signUp,
} from './index.ts';

const EMAIL: Contact = { kind: 'email', value: 'lin@example.com', holder: null };
const NUMBER: Contact = { kind: 'number', value: '+12065550142', holder: '7/1' };
const TERMS = { market: 'US', accepted: '2026-01', inForce: '2026-01' };
const codeOf = (value: unknown) => (isRefusal(value) ? (value as Refusal).code : 'taken');
const lockNames = parseStatement('test.lock-names', 'lock table people.sign_in_name in exclusive mode');

async function ticketFor({ tools }: PeopleTest, contact: Contact): Promise<string> {
  const asked = await askCode(tools, { purpose: 'enter', contact, language: 'en', source: 'home' });
  assert.ok(!isRefusal(asked));
  const entered = await enterByCode(tools, { request: asked.request, code: await codeSent(tools, contact.value), from: FROM });
  assert.ok(!isRefusal(entered) && entered.kind === 'new_here');
  return entered.ticket;
}

test('a proven contact and the accepted terms make a person, signed in, with an entry of it (S4) [ID-1]', async (t) => {
  const test = await peopleTest(t);
  const { tools, database, clock } = test;
  const signedIn = await newSignIn(tools, EMAIL, { name: ' Lin\r\nBcc: x ', password: 'three words together' });
  const { personId } = signedIn;
  assert.deepEqual(await readPerson(database, personId), {
    personId,
    name: 'Lin Bcc: x',
    language: 'en',
    email: EMAIL.value,
    number: null,
  });
  assert.deepEqual(await readAcceptances(database, personId), [{ market: 'US', version: '2026-01', acceptedAt: clock.business() }]);
  const [entry] = await trailOf(tools, personId);
  assert.deepEqual(
    [entry?.action, entry?.actor, entry?.after],
    ['people.sign_up', `person:${personId}`, { email: EMAIL.value, terms: 'US 2026-01', password: true }],
  );
  assert.equal((await signInOf(tools, signedIn)).way, 'code');
  assert.equal((await reenter(tools, EMAIL)).personId, personId);
});

test('nobody signs up without the terms in force; the ticket stays good for who then accepts them [ID-1]', async (t) => {
  const test = await peopleTest(t);
  const ticket = await ticketFor(test, EMAIL);
  const refused = await signUp(test.tools, { ticket, terms: { ...TERMS, accepted: '2025-12' }, language: 'en', from: FROM });
  assert.ok(isRefusal(refused));
  assert.deepEqual([refused.code, refused.values], ['people.terms_not_accepted', { version: '2026-01' }]);
  assert.equal(
    codeOf(await signUp(test.tools, { ticket, terms: TERMS, language: 'en', from: FROM, password: 'short' })),
    'people.password_short',
  );
  assert.equal(codeOf(await signUp(test.tools, { ticket, terms: TERMS, language: 'en', from: FROM })), 'taken');
  assert.equal(codeOf(await signUp(test.tools, { ticket, terms: TERMS, language: 'en', from: FROM })), 'people.code_spent');
});

test('two who sign up by one contact at once become one person (two connections) [ID-1]', async (t) => {
  const test = await peopleTest(t);
  const tickets = [await ticketFor(test, EMAIL), await ticketFor(test, EMAIL)] as const;
  const [first, second] = tickets.map((ticket) => () => signUp(test.tools, { ticket, terms: TERMS, language: 'en', from: FROM }));
  assert.ok(first && second);
  const both = await meetOn(test.database, (tx) => tx.query(lockNames, {}), [first, second]);
  assert.deepEqual(both.map(codeOf).sort(), ['people.name_taken', 'taken']);
});

test('asking for a code says the same and does the same for names that are known and unknown', async (t) => {
  const test = await peopleTest(t);
  await newSignIn(test.tools, EMAIL);
  for (const purpose of ['enter', 'reset'] as const)
    for (const value of [EMAIL.value, 'nobody@example.com']) {
      const asked = await askCode(test.tools, { purpose, contact: { ...EMAIL, value }, language: 'en', source: purpose });
      assert.ok(!isRefusal(asked));
      assert.deepEqual(Object.keys(asked), ['request', 'expiresAt']);
      assert.match(await codeSent(test.tools, value), /^\d{6}$/);
    }
});

test('a number that changed hands signs its new holder up, and brings nothing of its old owner’s; who had it is told elsewhere (S1, S3) [ID-4]', async (t) => {
  const test = await peopleTest(t);
  const { tools, database } = test;
  const old = await newSignIn(tools, NUMBER, { password: 'three words together' });
  const moved: Contact = { ...NUMBER, holder: '9/1' };
  // The old owner's password still names them; the code does not.
  assert.equal(codeOf(await signInByPassword(tools, { name: moved, password: 'three words together', from: FROM })), 'taken');
  const fresh = await newSignIn(tools, moved);
  assert.notEqual(fresh.personId, old.personId);
  assert.equal((await readPerson(database, old.personId))?.number, null);
  assert.deepEqual(await namesOfPerson(database, old.personId), []);
  assert.equal((await trailOf(tools, old.personId)).at(-1)?.action, 'people.lose_number');
  assert.equal((await requireCooledOff(tools, tools.database, old.personId))?.code, 'people.cooling_off');
  assert.equal((await reenter(tools, moved)).personId, fresh.personId);
});

test('a number that came to us with its owner keeps signing them in', async (t) => {
  const test = await peopleTest(t);
  const before = await newSignIn(test.tools, { ...NUMBER, holder: null });
  assert.equal((await reenter(test.tools, NUMBER)).personId, before.personId);
  // Lost by its line, it is nobody's of ours, and whoever has it elsewhere may sign up by it.
  const other = await newSignIn(test.tools, { ...NUMBER, value: '+12065550143', holder: null });
  const lost: Contact = { ...NUMBER, value: '+12065550143', holder: 'lost/7' };
  const next = await newSignIn(test.tools, lost);
  assert.notEqual(next.personId, other.personId);
  assert.equal((await reenter(test.tools, lost)).personId, next.personId);
  // Proven under this claim now: the next one is somebody else's.
  assert.notEqual((await newSignIn(test.tools, { ...NUMBER, holder: '8/1' })).personId, before.personId);
});

test('a user name signs in beside the contacts, is one person’s, and is told when it changes [ID-2]', async (t) => {
  const test = await peopleTest(t);
  const { tools } = test;
  const mine = await signInOf(tools, await newSignIn(tools, EMAIL, { password: 'three words together' }));
  const theirs = await signInOf(tools, await newSignIn(tools, NUMBER));
  assert.equal(codeOf(await setUserName(tools, mine, ' Lin.Wei ')), 'taken');
  assert.equal(codeOf(await setUserName(tools, theirs, 'lin.wei')), 'people.name_taken');
  assert.equal(codeOf(await setUserName(tools, mine, '1lin')), 'people.user_name_invalid');
  const name = readUserName('LIN.WEI');
  assert.ok(!isRefusal(name));
  assert.equal(codeOf(await signInByPassword(tools, { name, password: 'three words together', from: FROM })), 'taken');
  assert.equal(codeOf(await setUserName(tools, mine, 'lin-2')), 'taken');
  assert.equal(codeOf(await setUserName(tools, theirs, 'lin.wei')), 'taken');
  assert.deepEqual(
    (await told(tools)).filter((line) => line.startsWith('user_name')),
    [`user_name_changed ${EMAIL.value}`, `user_name_changed ${EMAIL.value}`, `user_name_changed ${NUMBER.value}`],
  );
});

test('one address is one address: nothing in it becomes a header or a second recipient', () => {
  assert.deepEqual(readEmail(' Lin@Example.COM '), { kind: 'email', value: 'lin@example.com', holder: null });
  for (const typed of [
    '',
    'lin',
    'lin@x',
    'a@b.c, d@e.f',
    'a@b.c\r\nBcc: d@e.f',
    'Lin <a@b.c>',
    'a b@c.d',
    `${'a'.repeat(65)}@b.cd`,
    `a@${'b'.repeat(254)}.cd`,
  ])
    assert.equal(codeOf(readEmail(typed)), 'people.email_invalid', typed);
});

test('a list of sign-ins names devices in words', () => {
  const chrome = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36';
  assert.deepEqual([nameDevice(chrome), nameDevice('curl/8.5.0'), nameDevice('')], ['Chrome, Android', 'curl', '']);
});
