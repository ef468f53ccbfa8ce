import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignedInAsker } from '#channels/web';
import { listNotices } from '#domain/notices';
import { MINUTE_MS } from '#platform/clock';
import { openPages, type Pages, READER, refused, shown } from '#tests/doors';
import { codeSent } from '#tests/people';

const at = { ...READER, device: 'Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile' };

async function signedIn(pages: Pages, secret: string): Promise<SignedInAsker> {
  const signIn = await pages.care.person.readSignIn(secret);
  assert.ok(signIn);
  return { ...at, signIn };
}

async function signUp(pages: Pages, email: string): Promise<SignedInAsker> {
  const { person } = pages.care;
  const { request } = shown(await person.askEntry(at, { contact: email }));
  const code = await codeSent({ ...pages.tools, sealer: pages.sealer }, email);
  const entered = shown(await person.enterByCode(at, { request, code }));
  assert.ok('ticket' in entered);
  const { version } = await pages.care.terms('en');
  const asked = { ticket: entered.ticket, name: email, password: '' };
  assert.equal(refused(await person.signUp(at, { ...asked, acceptedTerms: '' })).field, 'terms');
  return signedIn(pages, shown(await person.signUp(at, { ...asked, acceptedTerms: version })).secret);
}

test('an address is changed after step-up alone, by a code to the new one, and the old one is told [ID-1]', async (t) => {
  const pages = await openPages(t);
  const { person } = pages.care;
  const tools = { ...pages.tools, sealer: pages.sealer };
  const lin = await signUp(pages, 'old@example.com');
  pages.clock.advance(11 * MINUTE_MS);
  assert.equal(shown(await person.readSecurity(lin)).proved, false);
  assert.equal(refused(await person.askContactChange(lin, { contact: 'new@example.com' })).code, 'people.proof_needed');
  const proof = shown(await person.askProof(lin, { kind: 'email' }));
  shown(await person.proveByCode(lin, { request: proof.request, code: await codeSent(tools, 'old@example.com') }));
  const proved = await signedIn(pages, lin.signIn.secret);
  const { request, to } = shown(await person.askContactChange(proved, { contact: 'New@Example.com' }));
  assert.equal(to, 'new@example.com');
  shown(await person.changeContact(proved, { request, code: await codeSent(tools, 'new@example.com') }));
  assert.deepEqual(shown(await person.readSecurity(proved)).contacts, [{ kind: 'email', text: 'new@example.com' }]);
  await pages.settle();
  const told = (await listNotices(pages.database, { count: 20 })).filter(({ recipient }) => recipient === 'old@example.com');
  assert.ok(
    told.some(({ body }) => body.includes('e-mail address you sign in with was changed')),
    'the old address is told',
  );
});

test('what is typed as a device’s answer and is none is refused in words, never a fault [ID-2]', async (t) => {
  const pages = await openPages(t);
  const { person } = pages.care;
  const lin = await signUp(pages, 'lin@example.com');
  for (const answer of ['', '{', 'null', '[]', '{"id":1}', '{"id":"x","response":null}', '{"id":"x","response":{"clientDataJSON":"!"}}']) {
    assert.equal(refused(await person.signInByPasskey(at, { answer })).code, 'people.passkey_not_accepted', answer);
    assert.equal(refused(await person.proveByPasskey(lin, { answer })).code, 'people.passkey_not_accepted', answer);
    assert.equal(refused(await person.addPasskey(lin, { answer, label: '' })).code, 'people.passkey_not_accepted', answer);
  }
  for (const id of ['', 'sig_', 'sig_!', 'pk_1', lin.signIn.signInId.toString()]) {
    assert.equal(refused(await person.endSignIns(lin, { id })).code, 'people.sign_in_unknown');
    assert.ok('refused' in (await person.removePasskey(lin, { id })));
    assert.equal(refused(await person.readMembers(lin, { account: id })).status, 403);
  }
});

test('a line that is linked shows in its person’s list; its roles are given and taken by its owner alone [ID-4]', async (t) => {
  const pages = await openPages(t);
  const { person } = pages.care;
  const tools = { ...pages.tools, sealer: pages.sealer };
  const [owner, user] = [await signUp(pages, 'owner@example.com'), await signUp(pages, 'user@example.com')];
  for (const [asker, role] of [
    [owner, 'owner'],
    [user, 'user'],
  ] as const) {
    const { request } = shown(await person.askLink(asker, { number: pages.number }));
    assert.equal(shown(await person.linkByCode(asker, { request, code: await codeSent(tools, pages.number) })).role, role);
  }
  const [line] = shown(await person.myLines(user));
  assert.ok(line && line.role === 'user');
  const { account } = line;
  assert.equal(refused(await person.readMembers(user, { account })).code, 'access.not_allowed');
  const { members } = shown(await person.readMembers(owner, { account }));
  const other = members.find(({ isMe }) => !isMe);
  assert.ok(other);
  assert.equal(refused(await person.changeMember(user, { account, id: other.id, role: 'owner' })).code, 'access.not_allowed');
  shown(await person.changeMember(owner, { account, id: other.id, role: 'payer' }));
  assert.equal(shown(await person.myLines(user))[0]?.role, 'payer');
  shown(await person.leaveAccount(user, { account }));
  assert.deepEqual(shown(await person.myLines(user)), []);
});

test('name, language, user name and notices are a person’s own; news of payments keeps one way at least [ID-1]', async (t) => {
  const pages = await openPages(t);
  const { person } = pages.care;
  const lin = await signUp(pages, 'lin@example.com');
  shown(await person.changeProfile(lin, { name: '  Lin\r\nBcc: x ', language: 'zh-Hans' }));
  shown(await person.setUserName(lin, { userName: 'Lin.2026' }));
  assert.equal(refused(await person.setUserName(lin, { userName: 'x' })).field, 'user_name');
  const { notices, ...settings } = shown(await person.readSettings(lin));
  assert.deepEqual(settings, { name: 'Lin Bcc: x', language: 'zh-Hans', userName: 'lin.2026', methods: [] });
  const all = notices.flatMap(({ choices }) => choices);
  const onlyMail = all.map((choice) => ({ ...choice, wanted: choice.channel === 'mail' }));
  shown(await person.setNotices(lin, onlyMail));
  assert.deepEqual(
    shown(await person.readSettings(lin)).notices.flatMap(({ choices }) => choices),
    onlyMail,
  );
});

test('whoever is signed in asks as themselves on the pages that guests have, too [ID-2]', async (t) => {
  const pages = await openPages(t);
  const lin = await signUp(pages, 'lin@example.com');
  const { ref } = shown(await pages.care.findLine(lin, { number: pages.number }));
  const { secret } = shown(await pages.care.quote(lin, { ref, choices: [{ item: 'renew' }] }));
  const quote = shown(await pages.care.readQuote(lin, { secret }));
  const { key, termsVersion: acceptedTerms } = quote;
  const placed = shown(await pages.care.place(lin, { quoteSecret: secret, key, method: 'card', acceptedTerms }));
  assert.equal(shown(await pages.care.readOrder(READER, { secret: placed.orderSecret })).state, 'awaiting_payment');
  await pages.care.person.signOut(lin);
  assert.equal(await pages.care.person.readSignIn(lin.signIn.secret), undefined);
});
