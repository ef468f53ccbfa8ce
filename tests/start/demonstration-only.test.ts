/**
 * Outbox, movable clock and payment simulator are for whoever sits at the machine of a demonstration, and exist for nobody
 * else: not over the network, not for who says they come from here, not through a proxy, not in an installation of one's own.
 */
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { runEverline, startEverline } from '#tests/journeys';
import { aloneIn, ask, freePort } from './index.ts';

const DEMONSTRATION_PAGES = ['/outbox', '/clock'];

/** One of this machine's own, as others on its network reach it. */
const OUTWARD = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
const NO_NETWORK = OUTWARD === undefined ? 'this machine has no address but the loopback' : false;

test('a demonstration that others can reach shows its outbox, clock and simulator to this machine alone, whoever they say they are', {
  skip: NO_NETWORK,
}, async (t) => {
  const home = aloneIn(t);
  const port = await freePort();
  const outward = `http://${OUTWARD}:${port}`;
  const house = await startEverline({ EVERLINE_HOME: home, PORT: `${port}`, PUBLIC_URL: outward }, ['--lines', '12']);
  t.after(() => house.stop('SIGKILL').catch(() => {}));
  const here = `http://localhost:${port}`;
  assert.deepEqual([house.addresses['self-care'], house.addresses['outbox']], [`${outward}/`, `${here}/outbox`]);
  const simulator = new URL(house.addresses['payment simulator'] ?? '');
  const strangers: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['over the network', outward, {}],
    ['over the network, by our name', outward, { host: `localhost:${port}` }],
    ['over the network, said to be forwarded from here', outward, { host: `localhost:${port}`, 'x-forwarded-for': '127.0.0.1' }],
    ['through a proxy', here, { 'x-forwarded-for': '203.0.113.9' }],
    ['through a proxy that says so in the new way', here, { forwarded: 'for=203.0.113.9' }],
    ['by a name of their own', here, { host: 'rebound.example' }],
    ['by a name that begins as ours', here, { host: `localhost.example:${port}` }],
  ];

  await t.test('here they are', async () => {
    for (const page of DEMONSTRATION_PAGES) assert.equal((await ask(`${here}${page}`)).status, 200, page);
    assert.match((await ask(`${here}/`)).text, /href="\/outbox"/);
    assert.equal((await ask(simulator.href)).status, 200);
  });
  for (const [who, where, headers] of strangers)
    await t.test(`not ${who}`, async () => {
      for (const page of DEMONSTRATION_PAGES) assert.equal((await ask(`${where}${page}`, { headers })).status, 404, page);
      const first = await ask(`${where}/`, { headers });
      assert.equal(first.status, 200, 'the shop itself is there');
      assert.doesNotMatch(first.text, /href="\/(outbox|clock)"/);
      const origin = `http://${headers['host'] ?? new URL(where).host}`;
      assert.equal((await ask(`${where}/clock`, { headers: { ...headers, origin }, form: { by: '+3d' } })).status, 404, 'nor is it moved');
    });
  await t.test('nobody moved it', async () => {
    const { stdout } = await runEverline(['clock'], { EVERLINE_HOME: home });
    const [business = '', real = ''] = stdout.match(/\d{4}-\S+Z/g) ?? [];
    assert.ok(Math.abs(Date.parse(business) - Date.parse(real)) < 1000, stdout);
  });
  await t.test('the simulator is nowhere else', async () => {
    await assert.rejects(ask(`http://${OUTWARD}:${simulator.port}/_simulator`), { code: 'ECONNREFUSED' });
    assert.equal((await ask(simulator.href, { headers: { host: 'rebound.example' } })).status, 403);
    assert.equal((await ask(simulator.href, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status, 403);
  });
  await house.stop();

  const proxied = { PUBLIC_URL: 'https://shop.example' };
  const trusting = { TRUSTED_PROXIES: '127.0.0.1' };
  for (const [what, environment] of [
    ['TLS', proxied],
    ['a trusted proxy', trusting],
  ] as const)
    await t.test(`with ${what} before it, everybody comes from this machine, and nobody sees them`, async () => {
      const behind = await startEverline({ EVERLINE_HOME: home, PORT: `${port}`, ...environment });
      t.after(() => behind.stop('SIGKILL').catch(() => {}));
      assert.deepEqual([behind.addresses['outbox'], behind.addresses['clock']], [undefined, undefined]);
      for (const page of DEMONSTRATION_PAGES) assert.equal((await ask(`${here}${page}`)).status, 404, page);
      await behind.stop();
    });
});
