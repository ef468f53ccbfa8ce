import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { choose, goToPayment, isPaymentPage, lineOf, openLine, useCard, waitUntilDone } from './steps.ts';

test('a declined card is told in plain words, nothing has changed, and the same order is paid with another one [PAY-5]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  const before = await lineOf(house, LINES_OF.declined);
  await openLine(somebody, LINES_OF.declined);
  await choose(somebody, 'renew');
  await goToPayment(somebody);
  await useCard(somebody, 'insufficient_funds');
  await page.getByRole('alert').waitFor();
  await page.locator('main > p > a').click();
  await page.waitForURL('**/o/*');
  await somebody.look();
  const order = page.url();
  const told = await page.locator('main').innerText();
  assert.match(told, /did not go through[\s\S]*does not have enough money; nothing was charged\./);
  assert.doesNotMatch(told, /still asking/, 'how it ended is known');
  assert.equal((await lineOf(house, LINES_OF.declined)).state.line.paidUntil, before.state.line.paidUntil);
  await page.locator('form[action$="?/pay"] button').click();
  await page.waitForURL(isPaymentPage);
  await useCard(somebody, 'good_amex');
  await waitUntilDone(somebody);
  assert.equal(page.url(), order, 'it is the same order');
  await somebody.look();
  assert.match(await page.locator('main').innerText(), /American Express ending in 0005/);
  assert.notEqual((await lineOf(house, LINES_OF.declined)).state.line.paidUntil, before.state.line.paidUntil);
});
