/** Lines come to people by proof that they hold them, and go by their own will or their owner's (ID-4). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addLine } from '#domain/lines';
import { type Contact, readPerson, type SignIn } from '#domain/people';
import { readEntries } from '#domain/records';
import { linkSim, stockSim } from '#domain/sims';
import { MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { isRefusal } from '#platform/refusals';
import { openSealer } from '#platform/seal';
import { allowed, moveNumber, newLine, newPerson, refusal, stateOf, type TestHouse, testHouse } from '#tests/house';
import { meetOn, ofAccount } from '#tests/meeting';
import { codeSent, newSignIn, type PeopleTest, reenter, signInOf, told } from '#tests/people';
import {
  askLink,
  changeMember,
  holderOf,
  leaveAccount,
  linesOfPerson,
  linkByActivationCode,
  linkByCode,
  listMembers,
  readContact,
  readSignInName,
} from './index.ts';

type Test = TestHouse & PeopleTest;
const email = (name: string): Contact => ({ kind: 'email', value: `${name}@example.com`, holder: null });

async function linkTest(t: { after(end: () => Promise<void>): void }): Promise<Test> {
  const house = await testHouse(t);
  return { ...house, tools: { ...house.tools, sealer: await openSealer(house.database) } };
}
const somebody = async ({ tools }: Test, name: string): Promise<SignIn> => signInOf(tools, await newSignIn(tools, email(name), { name }));
const numberOf = async (test: Test, line: Parameters<typeof stateOf>[1]) => (await stateOf(test, line)).line.number;

async function asked(test: Test, signIn: SignIn, number: string) {
  const { request } = allowed(await askLink(test.tools, signIn, { number, country: 'US', language: 'en', source: 'home' }));
  return { request, code: await codeSent(test.tools, number) };
}
const link = async (test: Test, signIn: SignIn, number: string) => linkByCode(test.tools, signIn, await asked(test, signIn, number));
const activate = ({ tools }: Test, signIn: SignIn, activationCode: string) =>
  linkByActivationCode(tools, signIn, { activationCode, source: 'home' });

async function stockedLine(test: Test, activationCode: string) {
  const line = await newLine(test);
  await test.database.transaction(async (tx) => {
    allowed(await stockSim(tx, { iccid: '8901260123456789011', imsi: '310260123456789', activationCode }));
    assert.equal(
      await linkSim(tx, {
        slot: line.slot,
        accountId: line.accountId,
        lineId: line.lineId,
        iccid: '8901260123456789011',
        at: test.clock.business(),
      }),
      undefined,
    );
  });
  return line;
}

test('who proves to hold a line that nobody owns owns it; the address given with it is told (S3, S4) [ID-4]', async (t) => {
  const test = await linkTest(t);
  const line = await newLine(test, { email: 'old@example.com' });
  const lin = await somebody(test, 'lin');
  const linked = allowed(await link(test, lin, await numberOf(test, line)));
  assert.equal(linked.role, 'owner');
  assert.deepEqual(await linesOfPerson(test.database, lin.personId), [{ ...linked, number: await numberOf(test, line) }]);
  assert.deepEqual((await told(test.tools)).sort(), ['line_linked lin@example.com', 'line_linked old@example.com']);
  const entry = (await readEntries(test.database, line)).at(-1);
  assert.deepEqual(
    [entry?.action, entry?.actor, entry?.reason, entry?.after],
    ['access.link_line', `person:${lin.personId}`, 'code', { role: 'owner' }],
  );
});

test('who proves to hold somebody’s line becomes its user, never its owner, and the owner is told (S1, S3) [ID-4]', async (t) => {
  const test = await linkTest(t);
  const line = await newLine(test);
  const number = await numberOf(test, line);
  const [lin, ana] = [await somebody(test, 'lin'), await somebody(test, 'ana')];
  await link(test, lin, number);
  assert.equal(allowed(await link(test, ana, number)).role, 'user');
  assert.ok((await told(test.tools)).includes('line_shared lin@example.com'));
  const payer = await newPerson(test, line, 'payer');
  const held = await asked(test, { ...ana, personId: payer.personId }, number);
  assert.equal(allowed(await linkByCode(test.tools, { ...ana, personId: payer.personId }, held)).role, 'user');
  // Again changes nothing.
  assert.equal(allowed(await link(test, ana, number)).role, 'user');
  assert.equal(allowed(await link(test, lin, number)).role, 'owner');
});

test('two who prove at once to hold a line nobody owns: one owns it, the other uses it (two connections) [ID-4]', async (t) => {
  const test = await linkTest(t);
  const line = await newLine(test);
  const number = await numberOf(test, line);
  const [lin, ana] = [await somebody(test, 'lin'), await somebody(test, 'ana')];
  const [ofLin, ofAna] = [await asked(test, lin, number), await asked(test, ana, number)];
  const both = await meetOn(test.database, ofAccount(line), [
    () => linkByCode(test.tools, lin, ofLin),
    () => linkByCode(test.tools, ana, ofAna),
  ]);
  assert.deepEqual(
    both.map((one) => allowed(one).role),
    ['owner', 'user'],
  );
});

test('one’s code for a line is worth nothing to another, nor after the number moved (S1, S2) [ID-4]', async (t) => {
  const test = await linkTest(t);
  const line = await newLine(test);
  const number = await numberOf(test, line);
  const [lin, ana] = [await somebody(test, 'lin'), await somebody(test, 'ana')];
  const typed = await asked(test, lin, number);
  assert.equal(refusal(await linkByCode(test.tools, ana, typed)), 'people.code_spent');
  await moveNumber(test, line);
  assert.equal(refusal(await linkByCode(test.tools, lin, typed)), 'people.code_spent');
  assert.deepEqual(await linesOfPerson(test.database, lin.personId), []);
});

test('numbers that are none, nobody’s or lost are refused before anything is sent [ID-4]', async (t) => {
  const test = await linkTest(t);
  const lin = await somebody(test, 'lin');
  const ask = (number: string) => askLink(test.tools, lin, { number, country: 'US', language: 'en', source: 'home' });
  assert.equal(refusal(await ask('12')), 'lines.number_invalid');
  assert.equal(refusal(await ask('+12065559999')), 'lines.not_found');
  const line = await newLine(test);
  await test.database.query(parseStatement('test.lose-line', "update lines.line set state = 'lost'"), {});
  assert.equal(refusal(await ask(await numberOf(test, line))), 'lines.number_lost');
});

test('an activation code links a line that nobody owns, once [ID-4]', async (t) => {
  const test = await linkTest(t);
  const line = await stockedLine(test, '4711-0815');
  const [lin, ana] = [await somebody(test, 'lin'), await somebody(test, 'ana')];
  assert.equal(refusal(await activate(test, lin, '4711-0816')), 'access.activation_code_unknown');
  assert.equal(allowed(await activate(test, lin, ' 4711-0815 ')).role, 'owner');
  assert.equal(refusal(await activate(test, ana, '4711-0815')), 'access.activation_code_unknown');
  // Nor when the owner has gone: the packaging lies about in drawers.
  assert.equal(await leaveAccount(test.tools, lin, line), undefined);
  assert.equal(refusal(await activate(test, ana, '4711-0815')), 'access.activation_code_unknown');
});

test('an activation code takes nothing from an owner, and stays good for a line that has none', async (t) => {
  const test = await linkTest(t);
  const line = await stockedLine(test, '4711-0815');
  await newPerson(test, line);
  const ana = await somebody(test, 'ana');
  assert.equal(refusal(await activate(test, ana, '4711-0815')), 'access.activation_code_unknown');
  assert.deepEqual(await linesOfPerson(test.database, ana.personId), []);
});

test('an activation code typed by two at once links one of them (two connections) [ID-4]', async (t) => {
  const test = await linkTest(t);
  const line = await stockedLine(test, '4711-0815');
  const [lin, ana] = [await somebody(test, 'lin'), await somebody(test, 'ana')];
  const lockSims = parseStatement('test.lock-sims', 'select 1 from sims.sim for update');
  const both = await meetOn(test.database, (tx) => tx.query(lockSims, {}), [
    () => activate(test, lin, '4711-0815'),
    () => activate(test, ana, '4711-0815'),
  ]);
  assert.deepEqual(
    both.map((one) => (isRefusal(one) ? one.code : one.role)),
    ['owner', 'access.activation_code_unknown'],
  );
  assert.equal(line.slot, allowed(both[0]).slot);
});

test('guessing activation codes has a budget', async (t) => {
  const test = await linkTest(t);
  const lin = await somebody(test, 'lin');
  for (let count = 0; count < 10; count += 1)
    assert.equal(refusal(await activate(test, lin, `wrong ${count}`)), 'access.activation_code_unknown');
  assert.equal(refusal(await activate(test, lin, 'wrong again')), 'access.too_many_tries');
});

test('who holds one line of an account with several gains nothing over the others (S1) [ID-4]', async (t) => {
  const test = await linkTest(t);
  const line = await newLine(test);
  const lin = await somebody(test, 'lin');
  await link(test, lin, await numberOf(test, line));
  const account = { slot: line.slot, accountId: line.accountId };
  allowed(
    await test.database.transaction((tx) => addLine(test.house, tx, test.catalog, { number: '+12065550888', market: 'US', account })),
  );
  const child = await somebody(test, 'child');
  assert.equal(refusal(await link(test, child, '+12065550888')), 'access.account_shared');
  assert.equal(allowed(await link(test, lin, '+12065550888')).role, 'owner');
  assert.equal((await linesOfPerson(test.database, lin.personId)).length, 2);
});

test('the owner lists, promotes and removes members after step-up; nobody else does (S1, S4) [ID-4]', async (t) => {
  const test = await linkTest(t);
  const { tools, clock, database } = test;
  const line = await newLine(test);
  const number = await numberOf(test, line);
  const [lin, ana] = [await somebody(test, 'lin'), await somebody(test, 'ana')];
  await link(test, lin, number);
  await link(test, ana, number);
  const account = { slot: line.slot, accountId: line.accountId };
  assert.deepEqual(
    allowed(await listMembers(tools, lin, account)).map(({ name, role }) => [name, role]),
    [
      ['lin', 'owner'],
      ['ana', 'user'],
    ],
  );
  assert.equal(refusal(await listMembers(tools, ana, account)), 'access.not_allowed');
  const change = (by: SignIn, personId: bigint, role: 'owner' | 'payer' | undefined) =>
    changeMember(tools, by, { ...account, personId, role });
  assert.equal(refusal(await change(ana, lin.personId, undefined)), 'access.not_allowed');
  assert.equal(refusal(await change(lin, lin.personId, 'payer')), 'access.member_unknown');
  assert.equal(await change(lin, ana.personId, 'payer'), undefined);
  assert.equal(await change(lin, ana.personId, undefined), undefined);
  assert.deepEqual(await linesOfPerson(database, ana.personId), []);
  assert.ok((await told(tools)).includes('line_unlinked ana@example.com'));
  const entry = (await readEntries(database, line)).at(-1);
  assert.deepEqual(
    [entry?.action, entry?.actor, entry?.before, entry?.after],
    ['access.remove_member', `person:${lin.personId}`, { role: 'payer' }, { role: null }],
  );
  clock.advance(10 * MINUTE_MS);
  assert.equal(refusal(await change(lin, ana.personId, 'owner')), 'people.proof_needed');
});

test('anybody leaves; an owner after step-up, and then the line is whose who proves to hold it [ID-4]', async (t) => {
  const test = await linkTest(t);
  const { tools, clock } = test;
  const line = await newLine(test);
  const number = await numberOf(test, line);
  const [lin, ana, eve] = [await somebody(test, 'lin'), await somebody(test, 'ana'), await somebody(test, 'eve')];
  await link(test, lin, number);
  await link(test, ana, number);
  clock.advance(10 * MINUTE_MS);
  assert.equal(refusal(await leaveAccount(tools, eve, line)), 'access.not_allowed');
  assert.equal(refusal(await leaveAccount(tools, lin, line)), 'people.proof_needed');
  assert.equal(await leaveAccount(tools, ana, line), undefined);
  assert.equal(await leaveAccount(tools, await signInOf(tools, await reenter(tools, email('lin'))), line), undefined);
  assert.equal(allowed(await link(test, eve, number)).role, 'owner');
});

test('a typed name is an address, a number or a user name; a number tells which claim of ours it is [ID-2]', async (t) => {
  const test = await linkTest(t);
  const line = await newLine(test);
  const number = await numberOf(test, line);
  const read = (text: string) => readSignInName(test.database, { text, country: 'US' });
  const holder = `${line.lineId}/1`;
  assert.deepEqual(await read(` (206) ${number.slice(5, 8)}-${number.slice(8)}`), { kind: 'number', value: number, holder });
  assert.deepEqual(await read('+12065559999'), { kind: 'number', value: '+12065559999', holder: null });
  assert.deepEqual(await read('Lin@Example.com'), email('lin'));
  assert.deepEqual(await read('Lin.W'), { kind: 'user_name', value: 'lin.w', holder: null });
  assert.equal(refusal(await read('lin@')), 'people.email_invalid');
  assert.equal(refusal(await read('12')), 'lines.number_invalid');
  assert.equal(refusal(await readContact(test.database, { text: 'lin', country: 'US' })), 'lines.number_invalid');
  await test.database.query(parseStatement('test.lose-lines', "update lines.line set state = 'lost'"), {});
  assert.equal(await holderOf(test.database, number), `lost/${line.lineId}`);
});

test('signing up by the number of a line gives the person, not the line: that is linked by a proof of its own (S1)', async (t) => {
  const test = await linkTest(t);
  const line = await newLine(test);
  const contact = allowed(await readContact(test.database, { text: await numberOf(test, line), country: 'US' }));
  const { personId } = await newSignIn(test.tools, contact);
  assert.deepEqual(await linesOfPerson(test.database, personId), []);
  assert.equal((await readPerson(test.database, personId))?.number, contact.value);
});
