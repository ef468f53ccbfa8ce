import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagePolicy } from './security-headers.ts';

const styleHash = 'sha256-AAAA';

test('no page allows inline scripts or styles beyond its one hashed style', () => {
  for (const live of [true, false]) assert.doesNotMatch(pagePolicy({ styleHash, live, formOrigins: [] }), /unsafe/);
  assert.match(pagePolicy({ styleHash, live: false, formOrigins: [] }), /style-src 'sha256-AAAA'/);
});

test('only a live page runs a script, and only our own file', () => {
  assert.doesNotMatch(pagePolicy({ styleHash, live: false, formOrigins: [] }), /script-src|connect-src/);
  assert.match(pagePolicy({ styleHash, live: true, formOrigins: [] }), /script-src 'self'; connect-src 'self'/);
});

test('a form may lead to the payment pages the operator named and nowhere else', () => {
  const policy = pagePolicy({ styleHash, live: false, formOrigins: ['https://checkout.stripe.com'] });
  assert.match(policy, /form-action 'self' https:\/\/checkout\.stripe\.com;/);
  for (const wrong of ["https://x.example; script-src 'unsafe-inline'", 'https://x.example/path', 'x.example'])
    assert.throws(() => pagePolicy({ styleHash, live: false, formOrigins: [wrong] }), wrong);
});
