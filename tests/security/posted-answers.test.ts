import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listNotices } from '#domain/notices';
import { pagesHouse, signUpOnPages } from '#tests/doors';
import { activeLine, stateOf } from '#tests/house';
import { routesOfPages } from './pages-of-the-house.ts';

test('what answers a form carries the policy too, whether it is done, led on, refused or from another site', async (t) => {
  const house = await pagesHouse(t, { secure: true });
  for (const { path, actions } of routesOfPages())
    for (const action of actions)
      for (const origin of [undefined, 'https://evil.example']) {
        const somebody = house.visitor(`192.0.2.${path.length}`);
        const { headers, status } = await somebody.post(
          path + action,
          { number: 'x', contact: 'x', name: 'x', password: 'x', code: 'x' },
          origin,
        );
        const policy = headers.get('content-security-policy') ?? '';
        assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/, `${path}${action} ${status}`);
        assert.doesNotMatch(policy, /unsafe|\*|data:/, path + action);
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path + action);
      }
});

test('line breaks in whatever people type end in no header of a mail, and bring no other mailbox', async (t) => {
  const house = await pagesHouse(t);
  const BREAK = '\r\nBcc: all@example.com\r\nSubject: won';
  const { number } = (await stateOf(house, await activeLine(house))).line;
  const lin = await signUpOnPages(house, 'lin@example.com');
  await lin.post('/settings?/profile', { name: `Lin${BREAK}`, language: 'en' });
  assert.equal((await lin.post('/settings?/user_name', { user_name: `lin${BREAK}` })).status, 422);
  assert.equal((await lin.post('/security/contact', { contact: `new@example.com${BREAK}` })).status, 422);
  await lin.post('/security/password', { password: `correct horse${BREAK}` });
  const { location } = await lin.post('/', { number });
  const review = (await lin.post(location, { item: 'renew' })).location;
  assert.equal((await lin.post(review, { method: 'card', key: 'k', terms: '2025-01', email: `payer@example.com${BREAK}` })).status, 422);
  await house.settle();
  const notices = await listNotices(house.database, { count: 100 });
  assert.ok(notices.some(({ channel, recipient }) => channel === 'mail' && recipient === 'lin@example.com'));
  for (const { recipient, subject, body } of notices) {
    assert.doesNotMatch(`${recipient} ${subject}`, /\p{Cc}|all@|won/u);
    assert.doesNotMatch(body, /Bcc:/);
  }
  assert.match((await lin.get('/settings')).text, /value="Lin Bcc: all@example\.com Subject: won"/, 'a name is one line');
});
