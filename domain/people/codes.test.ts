/** One-time codes (S2) and what they cost (pumping, guessing). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS, MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import { meetOn } from '#tests/meeting';
import { codeSent, codesSent, FROM, newSignIn, type PeopleTest, peopleTest, reenter, signInOf } from '#tests/people';
import { askCode, type Contact, enterByCode, forgetSpent, proveByCode, resetPassword } from './index.ts';
import { CODE_LIMITS, type CodeLimits } from './spend-budget.ts';

const EMAIL: Contact = { kind: 'email', value: 'lin@example.com', holder: null };
const NUMBER: Contact = { kind: 'number', value: '+12065550142', holder: null };
const lockCodes = parseStatement('test.lock-codes', 'select 1 from people.code for update');
const everyRow = parseStatement(
  'test.every-secret-row',
  `select row_to_json(c)::text as kept from people.code c union all select payload::text from outbox.event
   union all select row_to_json(b)::text from people.budget b`,
);

async function ask({ tools }: PeopleTest, contact: Contact = EMAIL, source = 'home', limits?: CodeLimits) {
  const asked = await askCode(tools, { purpose: 'enter', contact, language: 'en', source }, limits);
  assert.ok(!isRefusal(asked));
  return asked;
}
const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000');
const codeOf = (value: unknown) => (isRefusal(value) ? (value as Refusal).code : 'taken');

test('a code has six digits, works with the request that asked for it and with no other (S2) [ID-1]', async (t) => {
  const test = await peopleTest(t);
  const [mine, theirs] = [await ask(test), await ask(test, NUMBER)];
  const code = await codeSent(test.tools, EMAIL.value);
  assert.match(code, /^\d{6}$/);
  assert.equal(codeOf(await enterByCode(test.tools, { request: theirs.request, code, from: FROM })), 'people.code_wrong');
  assert.equal(codeOf(await enterByCode(test.tools, { request: 'x'.repeat(22), code, from: FROM })), 'people.code_spent');
  // As people type it.
  const typed = ` ${code.slice(0, 3)} ${code.slice(3)}`;
  assert.equal(codeOf(await enterByCode(test.tools, { request: mine.request, code: typed, from: FROM })), 'taken');
  assert.equal(codeOf(await enterByCode(test.tools, { request: mine.request, code, from: FROM })), 'people.code_spent');
});

test('a code typed twice at once is taken once (two connections) (S2)', async (t) => {
  const test = await peopleTest(t);
  const { request } = await ask(test);
  const code = await codeSent(test.tools, EMAIL.value);
  const typing = () => enterByCode(test.tools, { request, code, from: FROM });
  const both = await meetOn(test.database, (tx) => tx.query(lockCodes, {}), [typing, typing]);
  assert.deepEqual(both.map(codeOf).sort(), ['people.code_spent', 'taken']);
});

test('five wrong tries end a code, also when they come at once (two connections) (S2)', async (t) => {
  const test = await peopleTest(t);
  const { request } = await ask(test);
  const code = await codeSent(test.tools, EMAIL.value);
  const guess = () => enterByCode(test.tools, { request, code: wrongFor(code), from: FROM });
  const answers = await meetOn(test.database, (tx) => tx.query(lockCodes, {}), [guess, guess, guess, guess]);
  assert.deepEqual(
    answers.map((answer) => isRefusal(answer) && answer.values['left']),
    [4n, 3n, 2n, 1n].map(Number),
  );
  assert.equal(codeOf(await guess()), 'people.code_spent');
  assert.equal(codeOf(await enterByCode(test.tools, { request, code, from: FROM })), 'people.code_spent');
});

test('a code is too old after ten minutes (S2)', async (t) => {
  const test = await peopleTest(t);
  const { request } = await ask(test);
  const code = await codeSent(test.tools, EMAIL.value);
  test.clock.advance(10 * MINUTE_MS);
  assert.equal(codeOf(await enterByCode(test.tools, { request, code, from: FROM })), 'people.code_spent');
  assert.deepEqual(await codesSent(test.tools, EMAIL.value), []);
});

test('a code that was asked for one thing does nothing else, and nothing for another person (S2)', async (t) => {
  const test = await peopleTest(t);
  const { tools } = test;
  const signIn = await signInOf(tools, await newSignIn(tools, EMAIL));
  const { request } = await ask(test, NUMBER);
  const code = await codeSent(tools, NUMBER.value);
  assert.equal(codeOf(await proveByCode(tools, signIn, { request, code })), 'people.code_spent');
  assert.equal(codeOf(await resetPassword(tools, { request, code, password: 'a long enough one', from: FROM })), 'people.code_spent');
  assert.equal(codeOf(await enterByCode(tools, { request, code, from: FROM })), 'taken');
});

test('no code, request or contact of a budget rests in clear text', async (t) => {
  const test = await peopleTest(t);
  const { request } = await ask(test, EMAIL);
  const code = await codeSent(test.tools, EMAIL.value);
  const kept = (await test.database.query(everyRow, {})) as { kept: string }[];
  assert.ok(kept.length > 3);
  for (const row of kept) assert.ok(!row.kept.includes(request) && !new RegExp(`(?<!\\d)${code}(?!\\d)`).test(row.kept), row.kept);
  assert.ok(!kept.some((row) => row.kept.includes('code:contact') && row.kept.includes(EMAIL.value)));
});

const limits = (over: Partial<CodeLimits>): CodeLimits => ({ ...CODE_LIMITS, ...over });
const few = { most: 2, windowMs: HOUR_MS };

test('codes to one contact, known or not, share a budget whoever asks', async (t) => {
  const test = await peopleTest(t);
  for (const source of ['a', 'b', 'c', 'd', 'e']) await ask(test, EMAIL, source);
  const refused = await askCode(test.tools, { purpose: 'reset', contact: EMAIL, language: 'en', source: 'f' });
  assert.ok(isRefusal(refused));
  assert.deepEqual([refused.code, refused.values], ['people.too_many_codes', { minutes: 60 }]);
  test.clock.advance(HOUR_MS);
  await ask(test, EMAIL, 'f');
});

test('a source, a block of numbers and a region have budgets each: pumped numbers come in rows', async (t) => {
  const test = await peopleTest(t);
  const tries = async (over: Partial<CodeLimits>, numbers: readonly string[], source: (index: number) => string) => {
    const answers: string[] = [];
    for (const [index, value] of numbers.entries()) {
      const contact: Contact = { kind: 'number', value, holder: null };
      answers.push(codeOf(await askCode(test.tools, { purpose: 'enter', contact, language: 'en', source: source(index) }, limits(over))));
    }
    return answers;
  };
  const third = ['taken', 'taken', 'people.too_many_codes'];
  assert.deepEqual(await tries({ perSource: few }, ['+818012345678', '+96550012345', '+14155550100'], () => 'one'), third);
  assert.deepEqual(await tries({ perBlock: few }, ['+12125550101', '+12125550102', '+12125550103'], String), third);
  assert.deepEqual(await tries({ perRegion: few }, ['+13055550101', '+13056660102', '+13057770103'], String), third);
});

test('all sources share a total, which a source that is spent does not use up', async (t) => {
  const test = await peopleTest(t);
  const asks = (source: string, value: string) =>
    askCode(
      test.tools,
      { purpose: 'enter', contact: { ...EMAIL, value }, language: 'en', source },
      limits({ mailInTotal: { most: 3, windowMs: HOUR_MS }, perSource: few }),
    );
  for (let count = 0; count < 9; count += 1) await asks('noisy', `n${count}@example.com`);
  assert.equal(codeOf(await asks('b', 'b@example.com')), 'taken');
  assert.equal(codeOf(await asks('c', 'c@example.com')), 'people.too_many_codes');
});

test('what is spent and old is forgotten, what is in force stays', async (t) => {
  const test = await peopleTest(t);
  const { tools } = test;
  await newSignIn(tools, EMAIL);
  test.clock.advance(25 * HOUR_MS);
  const now = await reenter(tools, EMAIL);
  const { request } = await ask(test, NUMBER);
  await forgetSpent(tools);
  await signInOf(tools, now);
  assert.equal(codeOf(await enterByCode(tools, { request, code: await codeSent(tools, NUMBER.value), from: FROM })), 'taken');
  const left = (await test.database.query(parseStatement('test.count-codes', 'select count(*) as count from people.code'), {})) as {
    count: bigint;
  }[];
  assert.deepEqual(left, [{ count: 2n }]);
});
