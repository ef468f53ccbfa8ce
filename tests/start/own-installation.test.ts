/** `everline init`: from nothing to a shop of one's own. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runEverline, startEverline } from '#tests/journeys';
import { aloneIn, ask } from './index.ts';

const NORTHWIND = join(import.meta.dirname, '../../apps/demonstration/northwind.json');
const NUMBER = '+12065550120';
const NOT_SET_UP = { en: 'not set up yet', es: 'aún no está preparada', 'zh-CN': '尚未设置好', 'zh-TW': '尚未設定完成' } as const;

test('an installation of one’s own: it says that it is not set up and what comes next, then sells what its file says; nothing of the demonstration is there', async (t) => {
  const home = aloneIn(t);
  const everline = (...words: string[]) => runEverline(words, { EVERLINE_HOME: home });
  const initialised = await everline('init');
  assert.equal(initialised.exitCode, 0, initialised.stderr);
  assert.match(initialised.stdout, /Next: everline operator apply <file>/);
  const house = await startEverline({ EVERLINE_HOME: home, PORT: '0' });
  t.after(() => house.stop('SIGKILL').catch(() => {}));
  const { origin } = new URL(house.addresses['self-care'] ?? '');
  assert.deepEqual(Object.keys(house.addresses), ['self-care', 'API', 'health'], 'no outbox, no clock, no simulator');

  await t.test('before its operator file, each page says so in the reader’s language, and what its owner does next', async () => {
    for (const [tag, words] of Object.entries(NOT_SET_UP)) {
      const told = await ask(`${origin}/`, { headers: { 'accept-language': tag } });
      assert.deepEqual([told.status, told.headers['retry-after'], told.headers['cache-control']], [503, '60', 'no-store'], tag);
      assert.ok(told.text.includes(words), told.text);
      assert.match(told.text, /npx everline operator apply &lt;/);
    }
    assert.ok((await ask(`${origin}/?lang=es`)).text.includes(NOT_SET_UP.es));
    for (const page of ['/terms', '/o/nothing', '/outbox', '/clock']) assert.equal((await ask(`${origin}${page}`)).status, 503, page);
    assert.equal((await ask(`${origin}/`, { form: { number: NUMBER } })).status, 503);
  });
  await t.test('the API says it as a problem; what describes it is there', async () => {
    const told = await ask(`${origin}/api/v1/line?number=%2B12065550120`, { headers: { 'accept-language': 'zh-TW' } });
    assert.deepEqual([told.status, told.headers['content-type']], [503, 'application/problem+json; charset=utf-8']);
    const { code, title, detail } = JSON.parse(told.text) as { code: string; title: string; detail: string };
    assert.equal(code, 'api.not_set_up');
    assert.match(title, /尚未設定完成/);
    assert.match(detail, /npx everline operator apply/);
    for (const path of ['openapi.json', 'problems']) assert.equal((await ask(`${origin}/api/v1/${path}`)).status, 200, path);
  });
  await t.test('a file applied beside it and a line added, and it sells', async () => {
    assert.equal((await everline('operator', 'apply', NORTHWIND)).exitCode, 0);
    assert.equal((await everline('line', 'add', NUMBER, '--market', 'US', '--plan', 'month-5gb', '--postcode', '98101')).exitCode, 0);
    for (let tries = 0; tries < 100 && (await ask(`${origin}/`)).status === 503; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await ask(`${origin}/`)).status, 200);
    const found = await ask(`${origin}/`, { form: { number: NUMBER } });
    assert.deepEqual([found.status, found.headers.location?.slice(0, 3)], [303, '/l/']);
    assert.match((await ask(`${origin}${found.headers.location}`)).text, /Monthly 5 GB/);
  });
  await t.test('nothing was seeded, and what is a demonstration’s is not there, here either', async () => {
    assert.equal((await everline('line', 'show', '+12065550142')).exitCode, 3);
    for (const page of ['/outbox', '/clock']) assert.equal((await ask(`${origin}${page}`)).status, 404, page);
    assert.equal((await ask(`${origin}/clock`, { form: { by: '+1d' } })).status, 404);
    assert.doesNotMatch((await ask(`${origin}/`)).text, /href="\/(outbox|clock)"/);
    const moved = await everline('clock', '+1d');
    assert.deepEqual([moved.exitCode, moved.stderr.trim()], [3, 'Only a demonstration’s clock can be moved.']);
    assert.equal((await everline('seed')).exitCode, 3);
    const { parts } = JSON.parse((await ask(`${origin}/healthz`)).text) as { parts: Record<string, { state: string }> };
    assert.deepEqual([parts['installation']?.state, parts['payments']?.state], ['own', 'not_configured']);
  });
  await house.stop();
});
