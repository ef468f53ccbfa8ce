/** Passwords: what they must be, how they are kept, and that nothing tells names that are known from those that are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import { meetOn } from '#tests/meeting';
import { codeSent, FROM, newSignIn, peopleTest, reenter, signInOf, told, trailOf } from '#tests/people';
import { checkPassword } from './check-password.ts';
import { hashPassword, isPassword } from './hash-password.ts';
import {
  askCode,
  type Contact,
  listSignIns,
  PASSWORD_LENGTH,
  type PeopleTools,
  personSignedIn,
  proveByPassword,
  readPassword,
  requireCooledOff,
  resetPassword,
  type SignInName,
  setPassword,
  signInByPassword,
} from './index.ts';

const EMAIL: Contact = { kind: 'email', value: 'lin@example.com', holder: null };
const NUMBER: Contact = { kind: 'number', value: '+12065550142', holder: null };
const GOOD = 'three words together';
const codeOf = (value: unknown) => (isRefusal(value) ? (value as Refusal).code : 'taken');
const trying = (tools: PeopleTools, password: string, name: SignInName = EMAIL, source = 'home') =>
  signInByPassword(tools, { name, password, from: { ...FROM, source } });
const weaken = parseStatement('test.weaken-password', 'update people.password set cost = :cost, salt = :salt, hash = :hash');

async function askReset(tools: PeopleTools, contact: Contact): Promise<string> {
  const asked = await askCode(tools, { purpose: 'reset', contact, language: 'en', source: 'home' });
  assert.ok(!isRefusal(asked));
  return asked.request;
}

test('a password has 8 to 128 characters, is not among the most common, nor one’s own name, and nothing else is asked of it [ID-1]', async () => {
  const check = async (typed: string) => codeOf(await checkPassword(typed, ['lin@example.com', '+12065550142']));
  for (const fine of ['three words together', 'zkqwvmtx', '春眠不觉晓处处闻', `${'x'.repeat(120)}abcdefgh`, '    spaces count    '])
    assert.equal(await check(fine), 'taken', fine);
  assert.deepEqual(PASSWORD_LENGTH, { min: 8, max: 128 });
  assert.equal(await check('1234567'), 'people.password_short');
  assert.equal(await check('春眠不觉晓处处'), 'people.password_short');
  assert.equal(await check('x1'.repeat(65)), 'people.password_long');
  for (const common of ['password', 'PassWord', '12345678', 'Football2024', 'letmein!!', 'aaaaaaaaaa'])
    assert.equal(await check(common), 'people.password_common', common);
  for (const name of ['lin@example.com', '+12065550142', 'LIN@EXAMPLE.COM'])
    assert.equal(await check(name), 'people.password_like_name', name);
});

test('a password is kept as a salted hash with its parameters, the same signs however they are composed', async () => {
  const [one, other] = [await hashPassword('café au lait'), await hashPassword('café au lait')];
  assert.ok(!one.hash.equals(other.hash));
  assert.equal(await isPassword('cafe\u0301 au lait', one), true);
  assert.equal(await isPassword('Café au lait', one), false);
  assert.equal(await isPassword('', undefined), false);
});

test('a wrong password, an unknown name and a name without a password are told the same, by the same work [ID-2]', async (t) => {
  const { tools, database } = await peopleTest(t);
  await newSignIn(tools, EMAIL, { password: GOOD });
  await newSignIn(tools, NUMBER);
  const names: SignInName[] = [
    EMAIL,
    NUMBER,
    { ...EMAIL, value: 'nobody@example.com' },
    { kind: 'user_name', value: 'nobody', holder: null },
  ];
  const answers: string[] = [];
  for (const name of names) {
    const answer = await trying(tools, 'not the password', name);
    assert.ok(isRefusal(answer));
    answers.push(JSON.stringify([answer.code, answer.values]));
  }
  assert.deepEqual([...new Set(answers)], ['["people.sign_in_wrong",{}]']);
  // Statements and hashing alike: every name costs three budgets, a look-up, a read, and the one hash.
  const budgets = (await database.query(
    parseStatement('test.try-budgets', "select budget from people.budget where budget like 'try:name:%'"),
    {},
  )) as object[];
  assert.equal(budgets.length, names.length);
});

test('name and password sign in, each time with a fresh secret that ends the one held before (fixation) [ID-2]', async (t) => {
  const { tools } = await peopleTest(t);
  const before = await newSignIn(tools, EMAIL, { password: GOOD });
  const now = await signInByPassword(tools, { name: EMAIL, password: GOOD, from: { ...FROM, replaces: before.secret } });
  assert.ok(!isRefusal(now));
  assert.equal(now.personId, before.personId);
  assert.equal(await personSignedIn(tools, before.secret), undefined);
  assert.equal(await personSignedIn(tools, now.secret), now.personId);
});

test('guessing has a budget per name, known or not, and per source; a code signs in all the same', async (t) => {
  const { tools, clock } = await peopleTest(t);
  await newSignIn(tools, EMAIL, { password: GOOD });
  for (const value of [EMAIL.value, 'nobody@example.com']) {
    for (let count = 0; count < 10; count += 1)
      assert.equal(codeOf(await trying(tools, `wrong ${count}`, { ...EMAIL, value }, `source ${count}`)), 'people.sign_in_wrong');
    assert.equal(codeOf(await trying(tools, GOOD, { ...EMAIL, value }, 'another')), 'people.too_many_tries');
  }
  await reenter(tools, EMAIL);
  clock.advance(15 * MINUTE_MS);
  assert.equal(codeOf(await trying(tools, GOOD)), 'taken');
  const limits = {
    perName: { most: 9, windowMs: MINUTE_MS },
    perNameDay: { most: 9, windowMs: MINUTE_MS },
    perSource: { most: 1, windowMs: MINUTE_MS },
  };
  const from = { ...FROM, source: 'one' };
  const spraying = ['a@example.com', 'b@example.com'].map((value) =>
    signInByPassword(tools, { name: { ...EMAIL, value }, password: GOOD, from }, limits),
  );
  assert.deepEqual((await Promise.all(spraying)).map(codeOf).sort(), ['people.sign_in_wrong', 'people.too_many_tries']);
});

test('who signs in with a hash of older parameters is hashed anew', async (t) => {
  const { tools, database } = await peopleTest(t);
  const { personId } = await newSignIn(tools, EMAIL, { password: GOOD });
  const { scryptSync } = await import('node:crypto');
  const salt = Buffer.alloc(16, 7);
  await database.query(weaken, { cost: 1024, salt, hash: scryptSync(GOOD, salt, 32, { cost: 1024, blockSize: 8, parallelization: 3 }) });
  assert.equal(codeOf(await trying(tools, GOOD)), 'taken');
  assert.equal((await readPassword(database, personId))?.cost, 2 ** 15);
  assert.equal(codeOf(await trying(tools, GOOD)), 'taken');
});

test('a password changes after step-up only; other sign-ins end, every contact is told (S3, S4)', async (t) => {
  const { tools, clock } = await peopleTest(t);
  const signedIn = await newSignIn(tools, EMAIL, { password: GOOD });
  const other = await reenter(tools, EMAIL);
  clock.advance(10 * MINUTE_MS);
  assert.equal(codeOf(await setPassword(tools, await signInOf(tools, signedIn), 'another good one')), 'people.proof_needed');
  assert.equal(
    codeOf(await proveByPassword(tools, await signInOf(tools, signedIn), { password: 'wrong', source: 'home' })),
    'people.sign_in_wrong',
  );
  assert.equal(await proveByPassword(tools, await signInOf(tools, signedIn), { password: GOOD, source: 'home' }), undefined);
  assert.equal(codeOf(await setPassword(tools, await signInOf(tools, other), 'another good one')), 'people.proof_needed');
  assert.equal(codeOf(await setPassword(tools, await signInOf(tools, signedIn), EMAIL.value)), 'people.password_like_name');
  assert.equal(await setPassword(tools, await signInOf(tools, signedIn), 'another good one'), undefined);
  assert.equal(await personSignedIn(tools, other.secret), undefined);
  assert.equal(await personSignedIn(tools, signedIn.secret), signedIn.personId);
  assert.deepEqual(await told(tools), [`password_changed ${EMAIL.value}`]);
  const entry = (await trailOf(tools, signedIn.personId)).at(-1);
  assert.deepEqual([entry?.action, entry?.before, entry?.after], ['people.set_password', { password: true }, { password: true }]);
  assert.equal(codeOf(await trying(tools, GOOD)), 'people.sign_in_wrong');
  assert.equal(codeOf(await trying(tools, 'another good one')), 'taken');
});

test('a forgotten password is chosen anew by a code: every sign-in ends, contacts are told, what moves value cools off (S3) [ID-3]', async (t) => {
  const { tools, clock } = await peopleTest(t);
  const before = await newSignIn(tools, EMAIL, { password: GOOD });
  const request = await askReset(tools, EMAIL);
  const code = await codeSent(tools, EMAIL.value);
  const reset = (password: string) => resetPassword(tools, { request, code, password, lostDevice: true, from: FROM });
  assert.equal(codeOf(await reset('password')), 'people.password_common');
  const now = await reset('another good one');
  assert.ok(!isRefusal(now));
  assert.equal(await personSignedIn(tools, before.secret), undefined);
  assert.deepEqual(
    (await listSignIns(tools, now.personId)).map(({ signInId }) => signInId),
    [now.signInId],
  );
  assert.equal(codeOf(await trying(tools, 'another good one')), 'taken');
  assert.deepEqual(await told(tools), [`password_reset ${EMAIL.value}`]);
  const cooling = await requireCooledOff(tools, tools.database, now.personId);
  assert.deepEqual([cooling?.code, cooling?.values], ['people.cooling_off', { hours: 24 }]);
  clock.advance(24 * 60 * MINUTE_MS);
  assert.equal(await requireCooledOff(tools, tools.database, now.personId), undefined);
});

test('whoever holds a contact of nobody is told so by the code only [ID-3]', async (t) => {
  const { tools } = await peopleTest(t);
  const request = await askReset(tools, NUMBER);
  const answer = await resetPassword(tools, { request, code: await codeSent(tools, NUMBER.value), password: GOOD, from: FROM });
  assert.equal(codeOf(answer), 'people.nobody_here');
});

test('signing in with the old password while it is changed does not get in (two connections)', async (t) => {
  const { tools, database } = await peopleTest(t);
  const signIn = await signInOf(tools, await newSignIn(tools, EMAIL, { password: GOOD }));
  const lockPeople = parseStatement('test.lock-people', 'select 1 from people.person for update');
  const [changed, tried] = await meetOn(database, (tx) => tx.query(lockPeople, {}), [
    () => setPassword(tools, signIn, 'another good one'),
    () => trying(tools, GOOD),
  ]);
  assert.deepEqual([changed, codeOf(tried)], [undefined, 'people.sign_in_wrong']);
});
