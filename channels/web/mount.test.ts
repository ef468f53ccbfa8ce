import assert from 'node:assert/strict';
import { request as ask, createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { guardPages, type WebOptions } from './mount.ts';
import type { SelfCareUseCases } from './use-cases.ts';
import { type Visit, visitOf } from './visit.ts';

type Seen = { headers: IncomingMessage['headers']; visit: Visit };
type Answered = { status: number | undefined; headers: IncomingMessage['headers'] };

/** Never asked here: the guard only passes it on. */
const useCases = Object.freeze({ isSetUp: async () => true }) as Partial<SelfCareUseCases> as SelfCareUseCases;

async function guarded(t: TestContext, options: Partial<WebOptions> = {}) {
  const seen: Seen[] = [];
  const log = { error: () => undefined };
  const guard = guardPages(
    (request, response) => {
      seen.push({ headers: { ...request.headers }, visit: visitOf(request) });
      response.end('page');
    },
    { useCases, publicUrl: 'http://localhost:3000', demonstration: true, log, ...options },
  );
  const server = createServer(guard).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const get = (headers: Record<string, string> = {}) =>
    new Promise<Answered>((resolve, reject) => {
      const sent = ask({ port, host: '127.0.0.1', headers: { host: `localhost:${port}`, connection: 'close', ...headers } }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers }));
      });
      sent.on('error', reject).end();
    });
  return { seen, get };
}

test('what an outsider says about forwarding is taken off, and the scheme is the public address’s', async (t) => {
  const { seen, get } = await guarded(t, { publicUrl: 'https://pay.example' });
  await get({
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-for': '1.2.3.4',
    forwarded: 'for=1.2.3.4',
    'x-real-ip': '1.2.3.4',
  });
  const { headers } = seen[0] ?? assert.fail('the pages were asked');
  assert.equal(headers['x-forwarded-proto'], 'https');
  for (const name of ['x-forwarded-host', 'x-forwarded-for', 'forwarded', 'x-real-ip']) assert.equal(headers[name], undefined, name);
});

test('on plain HTTP the scheme is http, so that form posts pass the same-origin check', async (t) => {
  const { seen, get } = await guarded(t);
  await get({ 'x-forwarded-proto': 'https' });
  assert.equal(seen[0]?.headers['x-forwarded-proto'], 'http');
});

test('every answer carries the security headers, and HSTS only under https', async (t) => {
  const plain = await (await guarded(t)).get();
  assert.match(String(plain.headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
  assert.equal(plain.headers['x-content-type-options'], 'nosniff');
  assert.equal(plain.headers['referrer-policy'], 'same-origin');
  assert.equal(plain.headers['strict-transport-security'], undefined);
  const secure = await (await guarded(t, { publicUrl: 'https://pay.example' })).get();
  assert.match(String(secure.headers['strict-transport-security']), /^max-age=\d{8}/);
});

test('demonstration pages are for a browser on this machine only: not through a proxy, not under another name', async (t) => {
  const { seen, get } = await guarded(t);
  await get();
  await get({ 'x-forwarded-for': '203.0.113.9' });
  await get({ forwarded: 'for=203.0.113.9' });
  await get({ host: 'rebound.example' });
  await get({ host: 'localhost.evil.example:3000' });
  await get({ host: '[::1]:3000' });
  assert.deepEqual(
    seen.map(({ visit }) => visit.demonstration),
    [true, false, false, false, false, true],
  );
});

test('outside demonstration nobody gets demonstration pages', async (t) => {
  const { seen, get } = await guarded(t, { demonstration: false });
  await get();
  assert.equal(seen[0]?.visit.demonstration, false);
});

test('the source of a request is the socket’s address, or what the proxy rule of the house reads', async (t) => {
  const plain = await guarded(t);
  await plain.get({ 'x-forwarded-for': '203.0.113.9' });
  assert.equal(plain.seen[0]?.visit.source, '127.0.0.1');
  const proxied = await guarded(t, { sourceOf: (request) => String(request.headers['x-forwarded-for']) });
  await proxied.get({ 'x-forwarded-for': '203.0.113.9' });
  assert.equal(proxied.seen[0]?.visit.source, '203.0.113.9');
});

test('pages asked without the mount refuse to work', () => {
  assert.throws(() => visitOf(undefined), /mountWeb/);
});
