import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '#tests/doors';
import { type Door, networkOf } from './index.ts';

const DOOR: Door = {
  prefix: '/api/v1',
  plugin: async (app) => {
    app.get('/fine', async () => ({ fine: true }));
    app.get('/fault', async () => {
      throw new Error('the secret is swordfish');
    });
    app.post('/echo', async (request) => ({ got: request.body }));
  },
};

test('a door has its addresses; everything else goes to the pages untouched', async (t) => {
  const { url } = await serve(t, [DOOR]);
  const text = async (path: string) => (await fetch(`${url}${path}`)).text();
  assert.deepEqual(await (await fetch(`${url}/api/v1/fine`)).json(), { fine: true });
  for (const path of ['/', '/o/secret?still', '/apis', '/apiary/v1', '/healthzz']) assert.equal(await text(path), `a page for ${path}`);
  for (const path of ['/api', '/api/v2/fine', '/api/v1/nothing', '/api?x', '/api/v1/%', '/api/v1/%ff']) {
    const answer = await fetch(`${url}${path}`);
    assert.deepEqual([answer.status, ((await answer.json()) as { code: string }).code], [404, 'http.not_found'], path);
  }
});

test('health is 200 when ready and 503 when not, with what it knows', async (t) => {
  const state = { ready: true, parts: { database: 'ok' } };
  const { url } = await serve(t, [], async () => ({ ...state }));
  const ready = await fetch(`${url}/healthz`);
  assert.deepEqual([ready.status, await ready.json()], [200, state]);
  state.ready = false;
  assert.equal((await fetch(`${url}/healthz?now`)).status, 503);
});

test('a fault tells the asker where to find it and nothing else; the log has the rest', async (t) => {
  const { url, log } = await serve(t, [DOOR]);
  const answer = await fetch(`${url}/api/v1/fault`, { headers: { 'accept-language': 'zh-TW' } });
  const problem = (await answer.json()) as { code: string; reference: string; title: string };
  assert.deepEqual([answer.status, problem.code, problem.reference], [500, 'http.fault', answer.headers.get('x-request-id')]);
  assert.match(problem.title, /[\u4e00-\u9fff]/);
  assert.ok(!JSON.stringify(problem).includes('swordfish'));
  assert.ok(log().includes(problem.reference) && log().includes('swordfish'));
});

test('an asker names no request of ours, and no body is taken for another', async (t) => {
  const { url } = await serve(t, [DOOR]);
  const post = (body: string, type: string) =>
    fetch(`${url}/api/v1/echo`, { method: 'POST', body, headers: { 'content-type': type, 'x-request-id': 'theirs' } });
  const answer = await post('{"a":"1"}', 'application/json');
  assert.deepEqual(await answer.json(), { got: { a: '1' } });
  assert.notEqual(answer.headers.get('x-request-id'), 'theirs');
  const refused = [
    ['text/plain', 'x', 415],
    ['application/xml', '<x/>', 415],
    ['application/json', '', 400],
    ['application/json', '{"a":', 400],
    ['application/json', `"${'x'.repeat(65_537)}"`, 413],
  ] as const;
  for (const [type, body, status] of refused) assert.equal((await post(body, type)).status, status, type);
});

test('a source is counted by what one line is given: an IPv4 address, an IPv6 /64', () => {
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1');
  assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1');
  assert.equal(networkOf('2001:db8:0:1:2::3'), networkOf('2001:0DB8:0000:0001::'));
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0');
  assert.notEqual(networkOf('2001:db8:0:1::1'), networkOf('2001:db8:0:2::1'));
  assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0');
  assert.equal(networkOf('::1'), '0:0:0:0');
  assert.equal(networkOf('unknown'), 'unknown');
});
