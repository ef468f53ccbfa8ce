import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { slotOf } from '#platform/ids';
import { isRefusal } from '#platform/refusals';
import { testDatabase } from '#tests/database';
import { addMember, addPerson, membershipsOf, ownerOf, readPerson, roleOf } from './add-person.ts';
import { issueSignInLink, personSignedIn, signInByLink } from './sign-in.ts';

const LIN = { name: 'Lin', language: 'zh-Hans', email: 'lin@example.com', number: '+12065550142' } as const;
const readSecrets = parseStatement(
  'test.secrets',
  `select encode(token_hash, 'escape') as kept from people.sign_in_link union select encode(token_hash, 'escape') from people.sign_in`,
);

test('a person is found by their id, and nobody by another', async (t) => {
  const { database, tools } = await testDatabase(t);
  const personId = await addPerson(tools, database, LIN);
  assert.deepEqual(await readPerson(database, personId), { personId, ...LIN });
  assert.equal(await readPerson(database, tools.mintId(slotOf(personId))), undefined);
});

test('people are linked to accounts in one role each; the first owner is whom notices go to', async (t) => {
  const { database, tools, clock } = await testDatabase(t);
  const account = { slot: 4, accountId: tools.mintId(4) };
  assert.equal(await ownerOf(database, account), undefined);
  const [first, second] = [await addPerson(tools, database, LIN), await addPerson(tools, database, LIN)];
  await addMember(database, { ...account, personId: second, role: 'user', at: clock.business() });
  clock.advance(1);
  await addMember(database, { ...account, personId: first, role: 'owner', at: clock.business() });
  assert.equal(await ownerOf(database, account), first);
  await addMember(database, { ...account, personId: second, role: 'owner', at: clock.business() });
  assert.equal(await roleOf(database, { ...account, personId: second }), 'owner');
  assert.deepEqual(await membershipsOf(database, second), [{ ...account, role: 'owner' }]);
  assert.equal(await roleOf(database, { ...account, personId: tools.mintId(4) }), undefined);
});

test('a link signs in once, also when it is opened twice at once (S2)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const personId = await addPerson(tools, database, LIN);
  const token = await issueSignInLink(tools, personId, 10 * MINUTE_MS);
  const answers = await Promise.all([signInByLink(tools, token), signInByLink(tools, token), signInByLink(tools, token)]);
  const signedIn = answers.filter((answer) => !isRefusal(answer));
  assert.equal(signedIn.length, 1);
  const [signIn] = signedIn;
  assert.ok(signIn && !isRefusal(signIn));
  assert.equal(await personSignedIn(tools, signIn.secret), personId);
});

test('a link that is too old, unknown or used says the same to whoever tries it (S2)', async (t) => {
  const { tools, clock } = await testDatabase(t);
  const token = await issueSignInLink(tools, 5n, MINUTE_MS);
  clock.advance(MINUTE_MS);
  for (const text of [token, 'x'.repeat(22), '']) {
    const answer = await signInByLink(tools, text);
    assert.ok(isRefusal(answer));
    assert.deepEqual([answer.code, answer.values], ['people.link_used', {}]);
  }
});

test('only hashes of secrets are kept', async (t) => {
  const { database, tools } = await testDatabase(t);
  const token = await issueSignInLink(tools, 5n, MINUTE_MS);
  const signIn = await signInByLink(tools, token);
  assert.ok(!isRefusal(signIn));
  const kept = (await database.query(readSecrets, {})) as { kept: string }[];
  assert.equal(kept.length, 2);
  assert.ok(kept.every((row) => !row.kept.includes(token) && !row.kept.includes(signIn.secret)));
  assert.equal(await personSignedIn(tools, 'nothing'), undefined);
});
