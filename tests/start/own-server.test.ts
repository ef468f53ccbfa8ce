/** An operator's installation as it runs: a PostgreSQL of one's own, TLS in front, a payment provider, mail that leaves. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LOOK_UP_LIMITS } from '#domain/access';
import { payOnPage, startPaymentSimulator } from '#simulators/payment-provider';
import { type Environment, runEverline, startEverline } from '#tests/journeys';
import { DEBIAN_15, NO_DEBIAN_15, query, started, temporaryFolder } from '#tests/postgres';
import { aloneIn, ask, freePort, postOffice } from './index.ts';

const NORTHWIND = join(import.meta.dirname, '../../apps/demonstration/northwind.json');
const NUMBER = '+12065550120';
const SHOP = 'https://shop.example';
const GOOD_CARD = '4242424242424242';

/** A server with the settings that money needs, and an empty database in it: its address. */
async function ownDatabase(t: TestContext, bin?: string): Promise<string> {
  const { connection } = await started(t, { home: temporaryFolder(t), mode: 'safe', bin });
  await query(connection, 'create database shop');
  return `postgresql://${connection.user}@/shop?host=${connection.host}`;
}

/** What the proxy before the house makes of a customer's request: our name, TLS, and whom it speaks for. */
function proxy(port: number, caller: string) {
  const headers = { host: new URL(SHOP).host, origin: SHOP, 'x-forwarded-for': caller, 'x-forwarded-proto': 'https' };
  return {
    get: (path: string) => ask(`http://127.0.0.1:${port}${path}`, { headers }),
    post: (path: string, form: Record<string, string>) => ask(`http://127.0.0.1:${port}${path}`, { headers, form }),
  };
}

function fieldOf(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

/** As its owner does it: migrated, started, its operator file applied, and a line added; each step says what is missing before it. */
async function setUp(t: TestContext, environment: Environment): Promise<Awaited<ReturnType<typeof startEverline>>> {
  const everline = (...words: string[]) => runEverline(words, environment);
  const early = await everline('start');
  assert.deepEqual([early.exitCode, /nothing was migrated yet.*everline migrate/.test(early.stderr)], [1, true], early.stderr);
  assert.equal((await everline('migrate')).exitCode, 0);
  const house = await startEverline(environment);
  t.after(() => house.stop('SIGKILL').catch(() => {}));
  assert.doesNotMatch(house.printed, /Making the demonstration/);
  assert.deepEqual(Object.entries(house.addresses).slice(0, 1), [['self-care', `${SHOP}/`]]);
  assert.equal((await proxy(Number(environment['PORT']), '203.0.113.9').get('/')).status, 503);
  assert.equal((await everline('operator', 'apply', NORTHWIND)).exitCode, 0);
  const added = await everline(
    ...['line', 'add', NUMBER, '--market', 'US', '--plan', 'month-5gb', '--postcode', '98101', '--email', 'li@example.com'],
  );
  assert.equal(added.exitCode, 0, added.stderr);
  return house;
}

for (const [version, bin, skip] of [
  ['the newest PostgreSQL', undefined, false],
  ['Debian’s PostgreSQL 15', DEBIAN_15, NO_DEBIAN_15],
] as const)
  test(`a shop on ${version} of one’s own: nothing seeded; a guest renews through TLS and proxy, and the receipt leaves by mail with links to the shop [BUY-3, PAY-1, FX-3]`, {
    skip,
  }, async (t) => {
    const home = aloneIn(t);
    const mail = await postOffice(t);
    const port = await freePort();
    const provider = await startPaymentSimulator({ webhookUrl: `http://127.0.0.1:${port}/webhooks/stripe` });
    t.after(() => provider.close());
    const environment: Environment = {
      EVERLINE_HOME: home,
      DATABASE_URL: await ownDatabase(t, bin),
      PORT: `${port}`,
      PUBLIC_URL: SHOP,
      TRUSTED_PROXIES: '127.0.0.1',
      SMTP_URL: mail.url,
      MAIL_FROM: 'Northwind Mobile <help@northwind.example>',
      STRIPE_SECRET_KEY: provider.key,
      STRIPE_WEBHOOK_SECRET: provider.webhookSecret,
      STRIPE_HOST: provider.url,
    };
    const house = await setUp(t, environment);
    const guest = proxy(port, '203.0.113.9');
    for (let tries = 0; tries < 100 && (await guest.get('/')).status === 503; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));

    await t.test('cookies are for TLS only, and the shop says that it is nowhere else', async () => {
      const { headers } = await guest.get('/?lang=es');
      assert.match(headers['set-cookie']?.[0] ?? '', /^language=es;.*; Secure/);
      assert.match(String(headers['strict-transport-security']), /max-age/);
    });
    await t.test('quote, review, pay, done', async () => {
      const line = (await guest.post('/', { number: NUMBER })).headers.location ?? '';
      const reviewed = (await guest.post(line, { item: 'renew' })).headers.location ?? '';
      const review = (await guest.get(reviewed)).text;
      const form = { key: fieldOf(review, 'key'), terms: fieldOf(review, 'terms'), method: 'card', email: 'payer@example.com' };
      const leaving = await guest.post(reviewed, form);
      assert.deepEqual([leaving.status, new URL(leaving.headers.location ?? '').origin], [303, provider.url], leaving.text);
      const paid = await payOnPage(leaving.headers.location ?? '', { card: GOOD_CARD });
      const back = new URL(paid.location ?? '');
      assert.deepEqual([paid.status, back.origin], [303, SHOP]);
      assert.match((await guest.get(back.pathname + back.search)).text, /paid and applied/);
    });
    await t.test('the payer’s receipt leaves, and every link in it leads to the shop', async () => {
      const receipt = () => mail.received.find(({ to, text }) => to === 'payer@example.com' && text.includes('/o/'));
      for (let tries = 0; tries < 200 && receipt() === undefined; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
      const { text = '' } = receipt() ?? {};
      assert.match(text, /From: Northwind Mobile <help@northwind\.example>/);
      const links = (text.match(/https?:\/\/[^\s"<>]+/g) ?? []).filter((link) => /\/(o|\?number)/.test(link));
      assert.ok(links.length > 0);
      for (const link of links) assert.equal(new URL(link).origin, SHOP);
    });
    await t.test('a caller’s budget is one for pages and API, and nobody else’s, whatever they write into the header', async () => {
      const greedy = '198.51.100.7';
      const answers = await Promise.all(
        Array.from({ length: LOOK_UP_LIMITS.perSource }, () => proxy(port, greedy).get(`/api/v1/line?number=%2B12065550120`)),
      );
      assert.ok(answers.every(({ status }) => status === 200));
      assert.equal((await proxy(port, greedy).post('/', { number: NUMBER })).status, 429);
      assert.equal((await proxy(port, `203.0.113.77, ${greedy}`).get(`/api/v1/line?number=%2B12065550120`)).status, 429);
      assert.equal((await proxy(port, '203.0.113.10').post('/', { number: NUMBER })).status, 303);
    });
    await house.stop();
  });

test('a demonstration in a database of one’s own is there when it is asked for, and paid at its own simulator', async (t) => {
  const home = aloneIn(t);
  const environment: Environment = { EVERLINE_HOME: home, DATABASE_URL: await ownDatabase(t), PORT: '0' };
  const seeded = await runEverline(['seed', '--lines', '12'], environment);
  assert.equal(seeded.exitCode, 0, seeded.stderr);
  const house = await startEverline(environment);
  t.after(() => house.stop('SIGKILL').catch(() => {}));
  assert.equal((await ask(house.addresses['outbox'] ?? '')).status, 200);
  assert.equal((await ask(house.addresses['payment simulator'] ?? '')).status, 200);
  await house.stop();
});

test('invented payments are not sent to a real provider', async (t) => {
  const environment = { EVERLINE_HOME: aloneIn(t), PORT: '0', STRIPE_SECRET_KEY: 'sk_live_none', STRIPE_WEBHOOK_SECRET: 'whsec_none' };
  const refused = await runEverline(['start'], environment);
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stderr, /^everline: STRIPE_SECRET_KEY is set, and the demonstration is paid with invented cards\. .*everline init/m);
});
