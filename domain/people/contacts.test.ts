/** Contacts and sign-ins of somebody who is there: changed after step-up, told to the old contact, listed and ended. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS, MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import { meetOn } from '#tests/meeting';
import { codeSent, newSignIn, peopleTest, reenter, signInOf, told, trailOf } from '#tests/people';
import {
  askContactChange,
  askProof,
  type Contact,
  changeContact,
  changeProfile,
  endOtherSignIns,
  endSignIn,
  listSignIns,
  namesOfPerson,
  type PeopleTools,
  personSignedIn,
  proveByCode,
  readPerson,
  removeContact,
  requireCooledOff,
  requireProof,
  type SignIn,
} from './index.ts';

const EMAIL: Contact = { kind: 'email', value: 'lin@example.com', holder: null };
const NEW_EMAIL: Contact = { ...EMAIL, value: 'lin@work.example' };
const NUMBER: Contact = { kind: 'number', value: '+12065550142', holder: null };
const codeOf = (value: unknown) => (isRefusal(value) ? (value as Refusal).code : 'taken');
const lockPeople = parseStatement('test.lock-every-person', 'select 1 from people.person for update');

async function ask(tools: PeopleTools, signIn: SignIn, contact: Contact) {
  const asked = await askContactChange(tools, signIn, { contact, language: 'en', source: 'home' });
  assert.ok(!isRefusal(asked));
  return { request: asked.request, code: await codeSent(tools, contact.value) };
}

test('a second contact is added by a code to it, and nothing cools off: nobody lost anything [ID-1]', async (t) => {
  const { tools, database } = await peopleTest(t);
  const signIn = await signInOf(tools, await newSignIn(tools, EMAIL));
  assert.deepEqual(await changeContact(tools, signIn, await ask(tools, signIn, NUMBER)), NUMBER);
  assert.equal((await readPerson(database, signIn.personId))?.number, NUMBER.value);
  assert.equal((await reenter(tools, NUMBER)).personId, signIn.personId);
  assert.equal(await requireCooledOff(tools, tools.database, signIn.personId), undefined);
});

test('a contact is replaced after step-up; the old one is told, signs in no more, and what moves value cools off (S3, S4)', async (t) => {
  const { tools, database, clock } = await peopleTest(t);
  const signedIn = await newSignIn(tools, EMAIL);
  const typed = await ask(tools, await signInOf(tools, signedIn), NEW_EMAIL);
  clock.advance(9 * MINUTE_MS);
  assert.deepEqual(await changeContact(tools, await signInOf(tools, signedIn), typed), NEW_EMAIL);
  const { personId } = signedIn;
  assert.deepEqual((await told(tools)).sort(), [`email_changed ${EMAIL.value}`, `email_changed ${NEW_EMAIL.value}`]);
  assert.deepEqual(
    (await namesOfPerson(database, personId)).map(({ value }) => value),
    [NEW_EMAIL.value],
  );
  assert.equal((await requireCooledOff(tools, tools.database, personId))?.code, 'people.cooling_off');
  const entry = (await trailOf(tools, personId)).at(-1);
  assert.deepEqual(
    [entry?.action, entry?.before, entry?.after],
    ['people.change_contact', { email: EMAIL.value }, { email: NEW_EMAIL.value }],
  );
  assert.notEqual((await newSignIn(tools, EMAIL)).personId, personId);
  clock.advance(2 * MINUTE_MS);
  const late = await askContactChange(tools, await signInOf(tools, signedIn), { contact: NUMBER, language: 'en', source: 'home' });
  assert.equal(codeOf(late), 'people.proof_needed');
});

test('two changes of one’s address at once leave one address (two connections)', async (t) => {
  const { tools, database } = await peopleTest(t);
  const signIn = await signInOf(tools, await newSignIn(tools, EMAIL));
  const [one, other] = [await ask(tools, signIn, NEW_EMAIL), await ask(tools, signIn, { ...EMAIL, value: 'lin@third.example' })];
  const works = [() => changeContact(tools, signIn, one), () => changeContact(tools, signIn, other)] as const;
  await meetOn(database, (tx) => tx.query(lockPeople, {}), works);
  const names = (await namesOfPerson(database, signIn.personId)).map(({ value }) => value);
  assert.deepEqual(names, ['lin@third.example']);
  assert.equal((await readPerson(database, signIn.personId))?.email, names[0]);
});

test('somebody else’s contact is not taken, and only who holds it learns that it is somebody’s (S1)', async (t) => {
  const { tools } = await peopleTest(t);
  await newSignIn(tools, NUMBER);
  const signIn = await signInOf(tools, await newSignIn(tools, EMAIL));
  assert.equal(codeOf(await changeContact(tools, signIn, await ask(tools, signIn, NUMBER))), 'people.name_taken');
});

test('a contact is given up while another is left (S3)', async (t) => {
  const { tools, database } = await peopleTest(t);
  const signIn = await signInOf(tools, await newSignIn(tools, EMAIL));
  assert.equal(codeOf(await removeContact(tools, signIn, 'email')), 'people.last_contact');
  assert.equal(codeOf(await removeContact(tools, signIn, 'number')), 'people.contact_unknown');
  await changeContact(tools, signIn, await ask(tools, signIn, NUMBER));
  assert.equal(await removeContact(tools, signIn, 'email'), undefined);
  assert.equal((await readPerson(database, signIn.personId))?.email, null);
  assert.ok((await told(tools)).includes(`email_changed ${EMAIL.value}`));
  assert.equal((await requireCooledOff(tools, tools.database, signIn.personId))?.code, 'people.cooling_off');
});

test('two who give up the two contacts at once leave one (two connections)', async (t) => {
  const { tools, database } = await peopleTest(t);
  const signIn = await signInOf(tools, await newSignIn(tools, EMAIL));
  await changeContact(tools, signIn, await ask(tools, signIn, NUMBER));
  const works = [() => removeContact(tools, signIn, 'email'), () => removeContact(tools, signIn, 'number')] as const;
  const both = await meetOn(database, (tx) => tx.query(lockPeople, {}), works);
  assert.deepEqual(both.map(codeOf), ['taken', 'people.last_contact']);
});

test('step-up by a code goes to one’s own contacts only, and to none that changed hands', async (t) => {
  const { tools, clock } = await peopleTest(t);
  const signedIn = await newSignIn(tools, { ...NUMBER, holder: '7/1' });
  const other = await reenter(tools, { ...NUMBER, holder: '7/1' });
  clock.advance(10 * MINUTE_MS);
  const signIn = await signInOf(tools, signedIn);
  const asking = (contact: Contact) => askProof(tools, signIn, { contact, language: 'en', source: 'home' });
  assert.equal(codeOf(await asking(EMAIL)), 'people.contact_unknown');
  assert.equal(codeOf(await asking({ ...NUMBER, holder: '8/1' })), 'people.contact_unknown');
  const asked = await asking({ ...NUMBER, holder: '7/1' });
  assert.ok(!isRefusal(asked));
  const typed = { request: asked.request, code: await codeSent(tools, NUMBER.value) };
  assert.equal(requireProof(tools, signIn)?.code, 'people.proof_needed');
  assert.equal(await proveByCode(tools, signIn, typed), undefined);
  assert.equal(requireProof(tools, await signInOf(tools, signedIn)), undefined);
  assert.equal(requireProof(tools, await signInOf(tools, other))?.code, 'people.proof_needed');
});

test('sign-ins are listed with device and place, the last seen first, and ended one by one or all others [ID-3]', async (t) => {
  const { tools, clock } = await peopleTest(t);
  const first = await newSignIn(tools, EMAIL);
  clock.advance(MINUTE_MS);
  const second = await reenter(tools, EMAIL, { device: `Chrome, Android\r\n${'x'.repeat(99)}`, source: 'train' });
  clock.advance(20 * MINUTE_MS);
  const mine = await signInOf(tools, first);
  await personSignedIn(tools, first.secret);
  const listed = await listSignIns(tools, mine.personId);
  assert.deepEqual(
    listed.map(({ signInId }) => signInId),
    [first.signInId, second.signInId],
  );
  assert.deepEqual([listed[0]?.seenAt, listed[1]?.source, listed[1]?.device.length], [clock.transport(), 'train', 60]);
  assert.doesNotMatch(listed[1]?.device ?? '', /\p{Cc}/u);
  const stranger = await signInOf(tools, await newSignIn(tools, NUMBER));
  assert.equal(codeOf(await endSignIn(tools, stranger, second.signInId)), 'people.sign_in_unknown');
  assert.equal(await endSignIn(tools, mine, second.signInId), undefined);
  assert.equal(await personSignedIn(tools, second.secret), undefined);
  await reenter(tools, EMAIL);
  assert.equal(await endOtherSignIns(tools, mine), 1);
  assert.equal(await endSignIn(tools, mine, mine.signInId), undefined);
  assert.equal(await personSignedIn(tools, first.secret), undefined);
  assert.equal(await personSignedIn(tools, 'x'), undefined);
});

test('a sign-in ends by itself when it is not used for 45 days, and after 180 days however much it is used', async (t) => {
  const { tools, clock } = await peopleTest(t);
  const signedIn = await newSignIn(tools, EMAIL);
  for (let day = 0; day < 160; day += 40) {
    clock.advance(40 * DAY_MS);
    assert.equal(await personSignedIn(tools, signedIn.secret), signedIn.personId);
  }
  clock.advance(20 * DAY_MS);
  assert.equal(await personSignedIn(tools, signedIn.secret), undefined);
  const idle = await reenter(tools, EMAIL);
  clock.advance(45 * DAY_MS);
  assert.equal(await personSignedIn(tools, idle.secret), undefined);
  assert.deepEqual(await listSignIns(tools, idle.personId), []);
});

test('what a person is called and reads changes without step-up, with its entry (S4)', async (t) => {
  const { tools } = await peopleTest(t);
  const { personId } = await newSignIn(tools, EMAIL, { name: 'Lin' });
  const changed = await changeProfile(tools, { personId }, { language: 'zh-Hans' });
  assert.deepEqual([changed?.name, changed?.language], ['Lin', 'zh-Hans']);
  assert.equal((await changeProfile(tools, { personId }, { name: ' ' }))?.name, null);
  assert.deepEqual((await trailOf(tools, personId)).at(-1)?.before, { name: 'Lin', language: 'zh-Hans' });
});
