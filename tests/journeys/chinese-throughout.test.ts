import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { chineseSkipReason } from '#tests/browser';
import { type Guest, guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { amounts, choose, goToPayment, isPaymentPage, messagesAbout, openLine, useCard, waitUntilDone } from './steps.ts';

/** Words of ours that would be left over from another language; brands, units and addresses may stay. */
const LEFT_OVER = /\b(the|your|plan|renew|pay|order|receipt|data|month|web|rule|undefined|null)\b|\{\w/i;

async function assertChinese({ page }: Guest, says: RegExp): Promise<void> {
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
  const text = (await page.locator('main').innerText()).replaceAll(
    /Northwind Mobile( LLC)?|(Apple|Google) Pay|PayPal|\S+@\S+|ord_\w+/g,
    '',
  );
  assert.match(text, says);
  assert.doesNotMatch(text, LEFT_OVER, page.url());
}

test('a reader of Chinese is spoken to in Chinese from the front page to the receipt, on the provider’s page, in SMS, mail and PDF [FX-3, BUY-3, PAY-3]', {
  skip: chineseSkipReason,
}, async (t) => {
  const somebody = await guest(t, { locale: 'zh-CN' });
  const { page } = somebody;
  await page.goto('/');
  await assertChinese(somebody, /续费或充值/);
  await somebody.look();
  await openLine(somebody, LINES_OF.chinese);
  await assertChinese(somebody, /包月 5 GB[\s\S]*续费/);
  await somebody.look();
  await choose(somebody, 'renew');
  await assertChinese(somebody, /核对并付款[\s\S]*应付/);
  await somebody.look();
  const [total = ''] = await amounts(somebody, 'tr.total');
  await goToPayment(somebody, { email: 'wang@example.org' });
  assert.match(await page.locator('h1').innerText(), /付款给 Northwind Mobile/);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
  await assertChinese(somebody, /完成：已付款并生效[\s\S]*发送确认[\s\S]*\d 秒/);
  await somebody.look();
  const order = page.url();
  await page.locator('a.main').click();
  await page.waitForURL('**/receipt');
  await assertChinese(somebody, /收据[\s\S]*合计/);
  await somebody.look();
  const number = /US-\d+-\d+/.exec(await page.locator('main').innerText())?.[0] ?? '';
  await assertPdf(somebody, number, total);
  for (const [channel, says] of [
    ['mail', /收据/],
    ['sms', /包月 5 GB/],
  ] as const) {
    const message = await messagesAbout(somebody, channel === 'mail' ? 'wang@example.org' : '+1 206 555 0142', channel);
    assert.match(message, says, channel);
    assert.doesNotMatch(message, /\b(your|the|renewed)\b/i, channel);
  }
  await page.goto(order);
});

async function assertPdf({ page }: Guest, number: string, total: string): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="receipt.pdf"]').click()]);
  const path = await download.path();
  assert.equal(readFileSync(path).subarray(0, 5).toString(), '%PDF-');
  const text = await promisify(execFile)('pdftotext', ['-layout', path, '-']).catch((error: NodeJS.ErrnoException) => error);
  if (text instanceof Error) return assert.equal(text.code, 'ENOENT', 'only a machine without pdftotext may not read it');
  for (const word of ['收据', '包月 5 GB', number, total]) assert.ok(text.stdout.includes(word), `the PDF says ${word}:\n${text.stdout}`);
}

test('the language can be changed on every page, and is remembered', { skip: chineseSkipReason }, async (t) => {
  const somebody = await guest(t, { locale: 'fr-FR' });
  const { page } = somebody;
  const language = () => page.locator('html').getAttribute('lang');
  await page.goto('/');
  assert.equal(await language(), 'en', 'what we do not speak is answered in the first language');
  await page.locator('summary').click();
  await page.locator('a[hreflang=zh-Hant]').click();
  await page.waitForURL('**/?lang=zh-Hant');
  assert.equal(await language(), 'zh-Hant');
  await openLine(somebody, LINES_OF.cancelled);
  assert.equal(await language(), 'zh-Hant');
  await somebody.look();
  await choose(somebody, 'renew');
  await page.locator('summary').click();
  await page.locator('a[hreflang=es]').click();
  await page.waitForURL('**/review/*?lang=es');
  assert.match(await page.locator('h1').innerText(), /Revisar y pagar/);
  await somebody.look();
  await page.locator('button.main').click();
  await page.waitForURL(isPaymentPage);
  assert.equal(await page.locator('html').getAttribute('lang'), 'es');
});
