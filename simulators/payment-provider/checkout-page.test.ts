import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { payOnPage, startPaymentSimulator } from './index.ts';
import { LANGUAGES } from './languages.ts';

async function page(t: { after(end: () => Promise<void>): void }, more: Record<string, string> = {}) {
  const simulator = await startPaymentSimulator();
  t.after(() => simulator.close());
  const form = {
    mode: 'payment',
    success_url: 'http://shop.example/paid?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://shop.example/order?a=1&b=2',
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '1500',
    'line_items[0][price_data][product_data][name]': '<b>5 GB</b> & more',
    'line_items[1][price_data][currency]': 'usd',
    'line_items[1][price_data][unit_amount]': '131',
    'line_items[1][price_data][product_data][name]': 'Tax',
    ...more,
  };
  const headers = { authorization: `Bearer ${simulator.key}` };
  const answer = await fetch(`${simulator.url}/v1/checkout/sessions`, { method: 'POST', headers, body: new URLSearchParams(form) });
  const { url, id } = (await answer.json()) as { url: string; id: string };
  return { url, id, look: async (query = '') => (await fetch(url + query)).text() };
}

test('the page shows who is paid, what for, the sum and every way to pay, without a script', async (t) => {
  const { look } = await page(t);
  const text = await look();
  for (const part of [
    'Northwind Mobile',
    '&#60;b&#62;5 GB&#60;/b&#62; &#38; more',
    '$15.00',
    '$1.31',
    '$16.31',
    '4242 4242 4242 4242',
    'Apple Pay',
    'Google Pay',
    'PayPal',
    'Alipay',
    'WeChat Pay',
  ])
    assert.ok(text.includes(part), part);
  assert.ok(text.includes('href="http://shop.example/order?a=1&#38;b=2"'));
  assert.doesNotMatch(text, /<script|\son\w+=|<b>5 GB/);
});

test('only the chosen way is offered when there is one', async (t) => {
  const text = await (await page(t, { 'allowed_payment_method_types[0]': 'alipay' })).look();
  assert.ok(text.includes('value="alipay"'));
  assert.doesNotMatch(text, /name="number"|value="paypal"|value="apple_pay"|test_card/);
});

for (const [locale, language, total] of [
  ['en', 'en', 'Total'],
  ['es', 'es', 'Pagar con tarjeta'],
  ['zh', 'zh-Hans', '合计'],
  ['zh-TW', 'zh-Hant', '合計'],
] as const)
  test(`a session in ${locale} is read in ${language}, and the reader can change that`, async (t) => {
    const { look } = await page(t, { locale });
    const text = await look();
    assert.ok(text.includes(`<html lang="${language}">`));
    assert.ok(text.includes(total));
    for (const other of LANGUAGES) assert.ok((await look(`?lang=${other}`)).includes(`<html lang="${other}">`));
  });

test('every field has a label and every error is announced and tied to its field', async (t) => {
  const { url } = await page(t);
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ number: '4242424242424241', expires: '12/44', code: '123' }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 422);
  assert.match(text, /role="alert" id="error"/);
  assert.match(text, /name="number"[^>]*aria-invalid="true" aria-describedby="error"/);
  for (const [input] of text.matchAll(/<input(?! type="hidden")[^>]*>/g))
    assert.match(text, new RegExp(`<label>[^<]+${input.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}</label>`));
});

for (const [form, field] of [
  [{ number: '4242424242424242', expires: '12/20', code: '123' }, 'expires'],
  [{ number: '4242424242424242', expires: '13/44', code: '123' }, 'expires'],
  [{ number: '4242424242424242', expires: 'x', code: '123' }, 'expires'],
  [{ number: '4242424242424242', expires: '12/44', code: '12' }, 'code'],
  [{ number: '', expires: '12/44', code: '123' }, 'number'],
] as const)
  test(`mistyped: ${JSON.stringify(form)}`, async (t) => {
    const { url } = await page(t);
    const text = await (await fetch(url, { method: 'POST', body: new URLSearchParams(form) })).text();
    assert.match(text, new RegExp(`name="${field}"[^>]*aria-invalid`));
  });

test('the page fits a slow line: under 6 KB compressed in every language', async (t) => {
  const { look } = await page(t);
  for (const language of LANGUAGES) {
    const bytes = gzipSync(await look(`?lang=${language}`)).length;
    assert.ok(bytes < 6 * 1024, `${language}: ${bytes}`);
  }
});

test('after paying the visitor is back at the shop, and the page says it has been paid', async (t) => {
  const { url, id, look } = await page(t);
  assert.equal((await payOnPage(url, { choice: 'alipay', bank: 'approve' })).location, `http://shop.example/paid?session=${id}`);
  assert.ok((await look()).includes('This has been paid.'));
});

test('there is no page for what was never asked', async (t) => {
  const { url } = await page(t);
  const answer = await fetch(url.replace(/cs_test_\w+/, 'cs_test_0000'));
  assert.equal(answer.status, 404);
});
