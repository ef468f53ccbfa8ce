import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { choose, goToPayment, isPaymentPage, lineOf, openLine, secretIn, useCard, waitUntilDone } from './steps.ts';

test('a double click on "pay" is one order and one payment [BUY-3, PAY-3]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  const { orders: before } = await lineOf(house, LINES_OF.doubleClick);
  await openLine(somebody, LINES_OF.doubleClick);
  await choose(somebody, 'renew');
  await page.locator('button.main').dblclick();
  await page.waitForURL(isPaymentPage);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
  const { orders } = await lineOf(house, LINES_OF.doubleClick);
  assert.equal(orders.length - before.length, 1);
});

test('two tabs with the same review make one order; the second tab is led to it [BUY-3, PAY-3]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const { page, house, context } = somebody;
  const { orders: before } = await lineOf(house, LINES_OF.twoTabs);
  await openLine(somebody, LINES_OF.twoTabs);
  await choose(somebody, 'renew');
  const second = await context.newPage();
  await second.goto(page.url());
  await goToPayment(somebody);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
  // The second tab was drawn before: its button has a key of its own, and still cannot buy the same quote twice.
  await second.locator('button.main').click();
  await second.waitForURL('**/o/*');
  assert.equal(secretIn(second), secretIn(page));
  const { orders } = await lineOf(house, LINES_OF.twoTabs);
  assert.equal(orders.length - before.length, 1);
});

test('going back from the order page shows that it was placed, and asks for no form to be sent again [BUY-3, PAY-3]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  const { orders: before } = await lineOf(house, LINES_OF.goingBack);
  await openLine(somebody, LINES_OF.goingBack);
  await choose(somebody, 'renew');
  const review = page.url();
  await goToPayment(somebody);
  await useCard(somebody, 'good');
  const secret = await waitUntilDone(somebody);
  for (let steps = 0; steps < 6 && page.url() !== review; steps += 1) await page.goBack();
  assert.equal(page.url(), review);
  await page.locator(`a[href="/o/${secret}"]`).waitFor();
  await somebody.look();
  assert.equal(await page.locator('input[name=method]').count(), 0, 'nothing is left to be paid');
  const { orders } = await lineOf(house, LINES_OF.goingBack);
  assert.equal(orders.length - before.length, 1);
});

test('whoever pays and never comes back is served all the same [PAY-5, FX-1]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  const before = await lineOf(house, LINES_OF.neverBack);
  await openLine(somebody, LINES_OF.neverBack);
  await choose(somebody, 'renew');
  await goToPayment(somebody);
  // The way back is closed: only the provider's webhook tells of the payment.
  await page.route('**/o/**', (route) => route.abort());
  await useCard(somebody, 'good');
  for (let tries = 0; tries < 100; tries += 1) {
    const after = await lineOf(house, LINES_OF.neverBack);
    if (after.state.line.paidUntil !== before.state.line.paidUntil) return;
  }
  assert.fail('the line was never renewed');
});
