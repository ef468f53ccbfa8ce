import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagesHouse, signUpOnPages } from '#tests/doors';
import { routesOfPages } from './pages-of-the-house.ts';

const EVIL = 'https://evil.example';

test('a form from another site is refused on every address that takes one, whoever its browser is signed in as', async (t) => {
  const house = await pagesHouse(t);
  const lin = await signUpOnPages(house, 'lin@example.com');
  const posts = routesOfPages().flatMap(({ path, actions }) => actions.map((action) => path + action));
  assert.ok(posts.length >= 30, `${posts.length} addresses take forms`);
  for (const path of posts) {
    for (const origin of [EVIL, 'null', house.url.replace('localhost', 'localhost.evil.example')])
      assert.equal((await lin.post(path, {}, origin)).status, 403, `${path} from ${origin}`);
    assert.equal((await lin.get('/security')).status, 200, `${path} did nothing`);
  }
  const json = await fetch(`${house.url}/passkey`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: EVIL },
    body: '{}',
  });
  assert.equal(json.status, 403, 'nor what says it is JSON');
  const unnamed = await fetch(`${house.url}/sign-out`, { method: 'POST', body: 'x' });
  assert.equal(unnamed.status, 403, 'nor what names no origin');
});

test('every answer of every page carries its security headers, and no page of one person is kept', async (t) => {
  const house = await pagesHouse(t, { secure: true });
  const lin = await signUpOnPages(house, 'lin@example.com');
  const personal = /^\/(security|settings|lines?|link|sign-in|sign-up|reset)(\/|$)/;
  for (const somebody of [house.visitor(), lin])
    for (const { path } of routesOfPages()) {
      const { headers, status, text } = await somebody.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/, `${path} ${status}`);
      assert.doesNotMatch(policy, /unsafe|\*|data:/, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('referrer-policy'), 'same-origin', path);
      assert.match(headers.get('strict-transport-security') ?? '', /^max-age=\d{8}/, path);
      assert.doesNotMatch(text, /<script(?![^>]*src="\/)|\son\w+="|style="/, `${path} has nothing inline`);
      if (personal.test(path) && status === 200) assert.match(headers.get('cache-control') ?? '', /no-store/, path);
    }
});

test('pages of a person lead a stranger to signing in, and back afterwards', async (t) => {
  const house = await pagesHouse(t);
  for (const { path, actions } of routesOfPages().filter((route) => /^\/(security|settings|lines$|link)/.test(route.path))) {
    const next = `/sign-in${path === '/lines' ? '' : `?next=${encodeURIComponent(path)}`}`;
    const shown = await house.visitor().get(path);
    assert.deepEqual([shown.status, shown.location], [303, next], path);
    for (const action of actions) assert.equal((await house.visitor().post(path + action)).location, next, path + action);
  }
});

test('a page that its browser has still keeps the policy that lets its style be', async (t) => {
  const house = await pagesHouse(t);
  for (const path of ['/', '/terms', '/privacy']) {
    const first = await house.visitor().get(path);
    const again = await house.visitor().get(path, { 'if-none-match': first.headers.get('etag') ?? '' });
    assert.equal(again.status, 304, path);
    assert.equal(again.headers.get('content-security-policy'), null, `${path}: another policy would replace the page's own`);
  }
});
