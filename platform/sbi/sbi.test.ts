import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createLog } from '#platform/log';
import { createSbiClient, problem, type RouteSet, type SbiOptions, serveSbi } from './index.ts';

const SET: RouteSet = {
  name: 'nexample-thing',
  version: 'v2',
  fullVersion: '2.0.0',
  routes: [
    { method: 'POST', path: '/things', answer: ({ body, origin }) => ({ status: 201, headers: { location: `${origin}/things/1` }, body }) },
    {
      method: 'GET',
      path: '/things/{id}/parts/{part}',
      answer: ({ params, query }) => ({ status: 200, body: { ...params, q: query.get('q') } }),
    },
    { method: 'DELETE', path: '/things/{id}', answer: () => ({ status: 204 }) },
    { method: 'PUT', path: '/things/{id}', answer: () => problem(403, 'NOT_YOURS', 'why') },
    {
      method: 'POST',
      path: '/fault',
      answer: () => {
        throw new Error('the secret is swordfish');
      },
    },
  ],
};

async function openSbi(t: { after(end: () => unknown): void }, more: Partial<SbiOptions> = {}) {
  const server = await serveSbi({ listen: [{ host: '127.0.0.1', port: 0 }], routeSets: [SET], log: createLog(2, 'silent'), ...more });
  const client = createSbiClient();
  t.after(async () => {
    client.close();
    await server.close();
  });
  const root = `http://127.0.0.1:${server.ports[0]}`;
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>) => {
    const outcome = await client.request({ method, url: `${root}${path}`, body, ...(headers === undefined ? {} : { headers }) });
    assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
    return outcome as Extract<typeof outcome, { kind: 'answered' }>;
  };
  return { server, client, root, ask };
}

const causeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { cause?: string }).cause];

test('a route set answers below its name and version, and whatever means no route is told why', async (t) => {
  const { ask, root } = await openSbi(t);
  const made = await ask('POST', '/nexample-thing/v2/things', { a: [1, 'é'] });
  assert.deepEqual([made.status, made.headers.location, made.body], [201, `${root}/things/1`, { a: [1, 'é'] }]);
  assert.equal(made.headers['content-type'], 'application/json');
  const read = await ask('GET', '/nexample-thing/v2/things/a%2Fb/parts/7?q=x');
  assert.deepEqual(read.body, { id: 'a/b', part: '7', q: 'x' });
  const gone = await ask('DELETE', '/nexample-thing/v2/things/1');
  assert.deepEqual([gone.status, gone.body], [204, undefined]);
  const refused = await ask('PUT', '/nexample-thing/v2/things/1', {});
  assert.deepEqual(causeOf(refused), [403, 'NOT_YOURS']);
  assert.equal(refused.headers['content-type'], 'application/problem+json');
  assert.deepEqual(causeOf(await ask('GET', '/nexample-thing/v1/things/1')), [400, 'INVALID_API']);
  assert.deepEqual(causeOf(await ask('GET', '/nexample-thing/v2/nothing')), [404, 'RESOURCE_URI_STRUCTURE_NOT_FOUND']);
  const method = await ask('GET', '/nexample-thing/v2/things/1');
  assert.deepEqual([...causeOf(method), method.headers.allow], [405, 'METHOD_NOT_ALLOWED', 'DELETE, PUT']);
});

test('a body that is no JSON, of another type, too long or too slow is refused, and the connection goes on', async (t) => {
  const { ask, client, root } = await openSbi(t, { bodyBytesMax: 1000, bodyMsMax: 200 });
  const path = '/nexample-thing/v2/things';
  assert.deepEqual(causeOf(await ask('POST', path, 'x'.repeat(2000))), [413, 'INCORRECT_LENGTH']);
  assert.deepEqual(causeOf(await ask('POST', path, {}, { 'content-type': 'text/plain' })), [415, 'UNSUPPORTED_MEDIA_TYPE']);
  const raw = connectHttp2(root);
  t.after(() => raw.destroy());
  const answerTo = (send: (stream: ReturnType<typeof raw.request>) => void) =>
    new Promise((resolve) => {
      const stream = raw.request({ ':method': 'POST', ':path': path, 'content-type': 'application/json' });
      stream.on('response', (headers) => resolve(headers[':status']));
      stream.on('error', () => {});
      send(stream);
    });
  assert.equal(await answerTo((stream) => stream.end('{"a":')), 400);
  assert.equal(await answerTo((stream) => stream.write('{"a":')), 408);
  assert.equal(await answerTo((stream) => stream.end('{}')), 201);
  assert.equal((await client.request({ method: 'POST', url: `${root}${path}`, body: {} })).kind, 'answered');
});

test('a fault tells the caller nothing of itself', async (t) => {
  const { ask } = await openSbi(t);
  const answer = await ask('POST', '/nexample-thing/v2/fault', {});
  assert.deepEqual(causeOf(answer), [500, 'SYSTEM_FAILURE']);
  assert.equal(JSON.stringify(answer.body).includes('swordfish'), false);
});

test('what is no HTTP/2 is let go of, and others are answered meanwhile', async (t) => {
  const { ask, server } = await openSbi(t);
  const socket = connect(server.ports[0] as number, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n\0\0\0');
  await new Promise((resolve) => socket.once('close', resolve).resume());
  assert.equal((await ask('POST', '/nexample-thing/v2/things', {})).status, 201);
});

test('a caller that nobody answers is told that nothing was sent, and one whose answer is late that nothing is known', async (t) => {
  const { client, server } = await openSbi(t);
  const port = server.ports[0] as number;
  await server.close();
  assert.equal((await client.request({ method: 'GET', url: `http://127.0.0.1:${port}/` })).kind, 'not_sent');
  assert.equal((await client.request({ method: 'GET', url: 'ftp://x/' })).kind, 'not_sent');
  const slow = await serveSbi({
    ...{ listen: [{ host: '127.0.0.1', port: 0 }], log: createLog(2, 'silent') },
    routeSets: [{ ...SET, routes: [{ method: 'GET', path: '/slow', answer: () => new Promise(() => {}) }] }],
  });
  t.after(() => slow.close());
  const url = `http://127.0.0.1:${slow.ports[0]}/nexample-thing/v2/slow`;
  assert.equal((await client.request({ method: 'GET', url, msMax: 100 })).kind, 'unanswered');
});
