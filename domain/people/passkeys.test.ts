/** Passkeys, against an authenticator in software that does what a phone does (WebAuthn Level 3). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import { meetOn } from '#tests/meeting';
import {
  codeSent,
  createAuthenticator,
  FROM,
  newSignIn,
  type PeopleTest,
  peopleTest,
  type SoftwareAuthenticator,
  signInOf,
  told,
  trailOf,
} from '#tests/people';
import {
  addPasskey,
  askCode,
  beginPasskey,
  beginPasskeyProof,
  beginPasskeySignIn,
  type Contact,
  isProved,
  listPasskeys,
  proveByPasskey,
  relyingPartyAt,
  removePasskey,
  resetPassword,
  type SignIn,
  signInByPasskey,
} from './index.ts';

const EMAIL: Contact = { kind: 'email', value: 'lin@example.com', holder: null };
const NUMBER: Contact = { kind: 'number', value: '+12065550142', holder: null };
const PARTY = relyingPartyAt('https://my.northwind.example:8443/care', 'Northwind Mobile');
const codeOf = (value: unknown) => (isRefusal(value) ? (value as Refusal).code : 'taken');
const lockCeremonies = parseStatement('test.lock-ceremonies', 'select 1 from people.ceremony for update');
const lockPasskeys = parseStatement('test.lock-passkeys', 'select 1 from people.passkey for update');

async function withPasskey(
  test: PeopleTest,
  options: { counts?: boolean } = {},
  contact = EMAIL,
): Promise<{ signIn: SignIn; phone: SoftwareAuthenticator }> {
  const signIn = await signInOf(test.tools, await newSignIn(test.tools, contact));
  const phone = createAuthenticator(PARTY.id, options);
  const creation = await beginPasskey(test.tools, PARTY, signIn);
  assert.ok(!isRefusal(creation));
  assert.equal(
    codeOf(await addPasskey(test.tools, PARTY, signIn, { response: phone.create(creation, PARTY.origin), label: 'Phone' })),
    'taken',
  );
  return { signIn, phone };
}
const signInWith = ({ tools }: PeopleTest, response: AuthenticationResponseJSON) => signInByPasskey(tools, PARTY, { response, from: FROM });

test('a passkey is bound to the host and origin of the public address', () => {
  assert.deepEqual(PARTY, { id: 'my.northwind.example', origin: 'https://my.northwind.example:8443', name: 'Northwind Mobile' });
});

test('a passkey is added after step-up, discoverable, and told to every contact (S3, S4) [ID-1]', async (t) => {
  const test = await peopleTest(t);
  const { tools, clock } = test;
  const { signIn, phone } = await withPasskey(test);
  const [kept] = await listPasskeys(test.database, signIn.personId);
  assert.deepEqual([kept?.credentialId, kept?.label, kept?.synced, kept?.transports], [phone.credentialId, 'Phone', true, ['internal']]);
  assert.deepEqual(await told(tools), [`passkey_added ${EMAIL.value}`]);
  assert.deepEqual((await trailOf(tools, signIn.personId)).at(-1)?.after, { passkey: 'Phone' });
  const again = await beginPasskey(tools, PARTY, signIn);
  assert.ok(!isRefusal(again));
  assert.deepEqual([again.authenticatorSelection?.residentKey, again.authenticatorSelection?.userVerification], ['required', 'preferred']);
  assert.deepEqual(
    again.excludeCredentials?.map(({ id }) => id),
    [phone.credentialId],
  );
  assert.equal(
    codeOf(await addPasskey(tools, PARTY, signIn, { response: phone.create(again, PARTY.origin), label: '' })),
    'people.passkey_known',
  );
  clock.advance(10 * MINUTE_MS);
  assert.equal(codeOf(await beginPasskey(tools, PARTY, signIn)), 'people.proof_needed');
});

test('a passkey signs in without a name being asked [ID-2]', async (t) => {
  const test = await peopleTest(t);
  const { signIn, phone } = await withPasskey(test);
  const question = await beginPasskeySignIn(test.tools, PARTY);
  assert.equal(question.allowCredentials, undefined);
  const signedIn = await signInWith(test, phone.get(question, PARTY.origin));
  assert.ok(!isRefusal(signedIn));
  assert.equal(signedIn.personId, signIn.personId);
  assert.equal((await signInOf(test.tools, signedIn)).way, 'passkey');
});

test('a challenge is answered once, in time, from our origin, for what it was asked', async (t) => {
  const test = await peopleTest(t);
  const { tools, clock } = test;
  const { signIn, phone } = await withPasskey(test);
  const ask = () => beginPasskeySignIn(tools, PARTY);
  const first = phone.get(await ask(), PARTY.origin);
  assert.equal(codeOf(await signInWith(test, first)), 'taken');
  assert.equal(codeOf(await signInWith(test, first)), 'people.passkey_not_accepted');
  assert.equal(codeOf(await signInWith(test, phone.get(await ask(), 'https://evil.example'))), 'people.passkey_not_accepted');
  assert.equal(codeOf(await signInWith(test, phone.get({ challenge: 'bWFkZSB1cA' }, PARTY.origin))), 'people.passkey_not_accepted');
  const proof = await beginPasskeyProof(tools, PARTY, signIn);
  assert.equal(codeOf(await signInWith(test, phone.get(proof, PARTY.origin))), 'people.passkey_not_accepted');
  const late = await ask();
  clock.advance(5 * MINUTE_MS);
  assert.equal(codeOf(await signInWith(test, phone.get(late, PARTY.origin))), 'people.passkey_not_accepted');
  // An answer that does not verify uses its challenge up too.
  const question = await ask();
  const forged = phone.get(question, PARTY.origin);
  const broken = { ...forged, response: { ...forged.response, signature: first.response.signature } };
  assert.equal(codeOf(await signInWith(test, broken)), 'people.passkey_not_accepted');
  assert.equal(codeOf(await signInWith(test, phone.get(question, PARTY.origin))), 'people.passkey_not_accepted');
});

test('one challenge answered twice at once signs in once (two connections)', async (t) => {
  const test = await peopleTest(t);
  const { phone } = await withPasskey(test, { counts: false });
  const response = phone.get(await beginPasskeySignIn(test.tools, PARTY), PARTY.origin);
  const answering = () => signInWith(test, response);
  const both = await meetOn(test.database, (tx) => tx.query(lockCeremonies, {}), [answering, answering]);
  assert.deepEqual(both.map(codeOf).sort(), ['people.passkey_not_accepted', 'taken']);
});

test('two answers with one count, a copied key’s, sign in once (two connections)', async (t) => {
  const test = await peopleTest(t);
  const { phone } = await withPasskey(test);
  const one = phone.get(await beginPasskeySignIn(test.tools, PARTY), PARTY.origin);
  phone.counter = 0;
  const copy = phone.get(await beginPasskeySignIn(test.tools, PARTY), PARTY.origin);
  const both = await meetOn(test.database, (tx) => tx.query(lockPasskeys, {}), [() => signInWith(test, one), () => signInWith(test, copy)]);
  assert.deepEqual(both.map(codeOf), ['taken', 'people.passkey_not_accepted']);
  phone.counter = 0;
  assert.equal(
    codeOf(await signInWith(test, phone.get(await beginPasskeySignIn(test.tools, PARTY), PARTY.origin))),
    'people.passkey_not_accepted',
  );
});

test('a passkey that does not count signs in again and again', async (t) => {
  const test = await peopleTest(t);
  const { phone } = await withPasskey(test, { counts: false });
  for (let count = 0; count < 2; count += 1)
    assert.equal(codeOf(await signInWith(test, phone.get(await beginPasskeySignIn(test.tools, PARTY), PARTY.origin))), 'taken');
});

test('step-up takes one’s own passkey and nobody else’s', async (t) => {
  const test = await peopleTest(t);
  const { tools, clock } = test;
  const { signIn, phone } = await withPasskey(test, {}, EMAIL);
  const other = await withPasskey(test, {}, NUMBER);
  clock.advance(10 * MINUTE_MS);
  assert.equal(isProved(tools, signIn), false);
  const theirs = await beginPasskeyProof(tools, PARTY, signIn);
  assert.deepEqual(
    theirs.allowCredentials?.map(({ id }) => id),
    [phone.credentialId],
  );
  assert.equal(
    codeOf(await proveByPasskey(tools, PARTY, signIn, { response: other.phone.get(theirs, PARTY.origin) })),
    'people.passkey_not_accepted',
  );
  const mine = await beginPasskeyProof(tools, PARTY, signIn);
  assert.equal(await proveByPasskey(tools, PARTY, signIn, { response: phone.get(mine, PARTY.origin) }), undefined);
  assert.equal(codeOf(await removePasskey(tools, { ...signIn, provedAt: clock.transport() }, 5n)), 'people.passkey_unknown');
});

test('a passkey that is removed, or was on a lost device, signs in no more (S3) [ID-3]', async (t) => {
  const test = await peopleTest(t);
  const { tools } = test;
  const { signIn, phone } = await withPasskey(test);
  const [kept] = await listPasskeys(test.database, signIn.personId);
  assert.ok(kept);
  assert.equal(await removePasskey(tools, signIn, kept.passkeyId), undefined);
  assert.equal(
    codeOf(await signInWith(test, phone.get(await beginPasskeySignIn(tools, PARTY), PARTY.origin))),
    'people.passkey_not_accepted',
  );
  const creation = await beginPasskey(tools, PARTY, signIn);
  assert.ok(!isRefusal(creation));
  await addPasskey(tools, PARTY, signIn, { response: phone.create(creation, PARTY.origin), label: 'Lost phone' });
  const asked = await askCode(tools, { purpose: 'reset', contact: EMAIL, language: 'en', source: 'home' });
  assert.ok(!isRefusal(asked));
  const code = await codeSent(tools, EMAIL.value);
  assert.equal(
    codeOf(await resetPassword(tools, { request: asked.request, code, password: 'three words together', lostDevice: true, from: FROM })),
    'taken',
  );
  assert.deepEqual(await listPasskeys(test.database, signIn.personId), []);
  assert.ok(
    (await trailOf(tools, signIn.personId)).some(({ action, reason }) => action === 'people.remove_passkeys' && reason === 'lost_device'),
  );
  assert.ok((await told(tools)).includes(`passkey_removed ${EMAIL.value}`));
});

test('the library’s refusals are refusals; garbage never throws', async (t) => {
  const test = await peopleTest(t);
  const { signIn, phone } = await withPasskey(test);
  const answer = phone.get(await beginPasskeySignIn(test.tools, PARTY), PARTY.origin);
  const garbage = [
    { ...answer, id: 'unknown' },
    { ...answer, response: { ...answer.response, clientDataJSON: '!!' } },
    { ...answer, response: { ...answer.response, authenticatorData: 'AA' } },
  ];
  for (const response of garbage) assert.equal(codeOf(await signInWith(test, response)), 'people.passkey_not_accepted');
  const creation = await beginPasskey(test.tools, PARTY, signIn);
  assert.ok(!isRefusal(creation));
  const made = createAuthenticator(PARTY.id).create(creation, PARTY.origin);
  const broken = { ...made, response: { ...made.response, attestationObject: 'AAAA' } };
  assert.equal(codeOf(await addPasskey(test.tools, PARTY, signIn, { response: broken, label: '' })), 'people.passkey_not_accepted');
});
