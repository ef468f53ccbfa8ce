import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagesHouse, signUpOnPages } from '#tests/doors';

const PASSWORD = 'correct horse battery';
/** What differs from page to page by chance or by what was typed. */
const bare = (text: string): string => text.replaceAll(/(lin|nobody)@example\.com/g, '…');

test('a code signs in once, in the browser that asked, and is gone after five wrong tries [ID-2]', async (t) => {
  const house = await pagesHouse(t);
  const lin = await signUpOnPages(house, 'lin@example.com');
  const phone = house.visitor();
  await phone.post('/sign-in?/code', { name: 'lin@example.com' });
  const code = await house.codeFor('lin@example.com');
  const thief = house.visitor();
  await thief.post('/sign-in?/code', { name: 'thief@example.com' });
  assert.equal((await thief.post('/sign-in/code', { code })).status, 422, 'the code is of another request');
  const underWay = new Map(phone.cookies);
  assert.equal((await phone.post('/sign-in/code', { code })).location, '/lines');
  const replay = house.visitor();
  for (const [name, value] of underWay) replay.cookies.set(name, value);
  assert.equal((await replay.post('/sign-in/code', { code })).status, 410, 'used is used');
  await lin.post('/sign-out');
  const guesser = house.visitor();
  await guesser.post('/sign-in?/code', { name: 'lin@example.com' });
  const right = await house.codeFor('lin@example.com');
  const wrong = right === '000000' ? '111111' : '000000';
  const answers = [];
  for (let tries = 0; tries < 5; tries += 1) answers.push((await guesser.post('/sign-in/code', { code: wrong })).status);
  assert.deepEqual(answers, [422, 422, 422, 422, 410]);
  assert.equal((await guesser.post('/sign-in/code', { code: right })).status, 410, 'the right one comes too late');
});

test('nothing on the pages tells a known name from an unknown one before the code is typed', async (t) => {
  const house = await pagesHouse(t);
  await signUpOnPages(house, 'lin@example.com', PASSWORD);
  const paths = [
    ['/sign-in?/code', 'name', '/sign-in/code'],
    ['/sign-up', 'contact', '/sign-in/code'],
    ['/reset', 'contact', '/reset/code'],
  ] as const;
  for (const [path, field, then] of paths) {
    const [known, unknown] = [house.visitor(), house.visitor()];
    const answers = [
      await known.post(path, { [field]: 'lin@example.com' }),
      await unknown.post(path, { [field]: 'nobody@example.com' }),
    ] as const;
    assert.deepEqual([answers[0].status, answers[0].location], [answers[1].status, answers[1].location], path);
    assert.equal(bare((await known.get(then)).text), bare((await unknown.get(then)).text), then);
  }
  const wrong = async (name: string) => bare((await house.visitor().post('/sign-in?/password', { name, password: 'wrong password' })).text);
  assert.equal(await wrong('lin@example.com'), await wrong('nobody@example.com'));
});

test('every sign-in is a new secret, out of reach of scripts, and ends the one its browser held [ID-2]', async (t) => {
  const house = await pagesHouse(t, { secure: true });
  const lin = await signUpOnPages(house, 'lin@example.com', PASSWORD);
  const planted = lin.cookies.get('__Host-sign-in') ?? '';
  const victim = house.visitor();
  victim.cookies.set('__Host-sign-in', 'A'.repeat(22));
  const { headers } = await victim.post('/sign-in?/password', { name: 'lin@example.com', password: PASSWORD });
  const set = headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-sign-in=')) ?? '';
  for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) assert.match(set, new RegExp(attribute, 'i'));
  assert.doesNotMatch(set, /Domain/i);
  assert.notEqual(victim.cookies.get('__Host-sign-in'), planted);
  const again = house.visitor();
  again.cookies.set('__Host-sign-in', planted);
  await again.post('/sign-in?/password', { name: 'lin@example.com', password: PASSWORD });
  assert.equal((await lin.get('/security')).status, 303, 'what was held before is worth nothing');
  assert.equal((await again.get('/security')).status, 200);
  await again.post('/sign-out');
  assert.equal(again.cookies.has('__Host-sign-in'), false);
});

test('after signing in one goes on to a page of ours, whatever the address says', async (t) => {
  const house = await pagesHouse(t);
  const lin = await signUpOnPages(house, 'lin@example.com', PASSWORD);
  const evil = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '\\\\evil',
  ];
  for (const next of evil) {
    const query = encodeURIComponent(next);
    const { location } = await house.visitor().post(`/sign-in?/password&next=${query}`, { name: 'lin@example.com', password: PASSWORD });
    assert.equal(location, '/lines', next);
    assert.equal((await lin.get(`/sign-in?next=${query}`)).location, '/lines', next);
    const page = (await lin.get(`/security/prove?next=${query}`)).text;
    assert.doesNotMatch(page, /href="[^"]*evil/, next);
  }
  const own = await house.visitor().post('/sign-in?/password&next=/settings%3Fx=1', { name: 'lin@example.com', password: PASSWORD });
  assert.equal(own.location, '/settings?x=1');
});

test('what is typed as an address never becomes a header or a second mailbox of a mail', async (t) => {
  const house = await pagesHouse(t);
  for (const contact of [
    'lin@example.com\r\nBcc: all@example.com',
    'lin@example.com, eve@example.com',
    'Lin <lin@example.com>',
    'lin@example.com%0aBcc:x@y.z\n',
  ])
    for (const [path, field] of [
      ['/sign-up', 'contact'],
      ['/reset', 'contact'],
      ['/sign-in?/code', 'name'],
    ] as const) {
      const { status, location } = await house.visitor().post(path, { [field]: contact });
      // A line break within is refused; at the end it is only trimmed.
      assert.ok(status === 422 || (location !== '' && contact.endsWith('\n')), `${path} ${JSON.stringify(contact)} ${status}`);
    }
  await assert.rejects(house.codeFor('all@example.com'));
});
