import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { choose, goToPayment, lineOf, openLine, waitUntilDone } from './steps.ts';

test('Alipay is chosen on our page and asked for on the provider’s; the order says what paid it [PAY-1]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t, { locale: 'zh-TW' });
  const { page } = somebody;
  await openLine(somebody, LINES_OF.wallet);
  await choose(somebody, 'renew');
  await goToPayment(somebody, { method: 'alipay' });
  assert.equal(await page.locator('input[name=number]').count(), 0, 'no card is asked for');
  await page.locator('button[name=choice][value=alipay]').click();
  await page.locator('button[name=decision][value=approve]').click();
  await waitUntilDone(somebody);
  assert.match(await page.locator('main').innerText(), /支付寶/);
});

test('an order that is not paid is cancelled by its link, and nothing is charged [PAY-3, PAY-5]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  await openLine(somebody, LINES_OF.cancelled);
  await choose(somebody, 'renew');
  await goToPayment(somebody);
  await page.locator('main > p > a').click();
  await page.waitForURL('**/o/*');
  await somebody.look();
  await page.locator('form[action$="?/cancel"] button').click();
  await page.getByText('Nothing was charged').waitFor();
  await somebody.look();
  assert.equal((await lineOf(house, LINES_OF.cancelled)).orders[0]?.state, 'cancelled');
});
