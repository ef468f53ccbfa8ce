import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { choose, goToPayment, lineOf, openLine, useCard, waitUntilDone } from './steps.ts';

test('a card whose bank asks first (3-D Secure) pays once the bank is answered [PAY-1, PAY-5]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  await openLine(somebody, LINES_OF.bankAsks);
  await choose(somebody, 'renew');
  await goToPayment(somebody);
  await somebody.look();
  await useCard(somebody, 'challenge_required');
  await page.locator('button[name=decision][value=approve]').waitFor();
  await somebody.look();
  assert.equal((await lineOf(house, LINES_OF.bankAsks)).orders[0]?.state, 'placed', 'asked is not paid');
  await page.locator('button[name=decision][value=approve]').click();
  await waitUntilDone(somebody);
  assert.match(await page.locator('h1').innerText(), /paid and applied/);
});

test('a bank that is not convinced declines: it is told so, and nothing is charged [PAY-5]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  await openLine(somebody, LINES_OF.bankRefuses);
  await choose(somebody, 'renew');
  await goToPayment(somebody);
  await useCard(somebody, 'challenge_required');
  await page.locator('button[name=decision][value=fail]').click();
  await page.getByRole('alert').waitFor();
  await page.locator('main > p > a').click();
  await page.waitForURL('**/o/*');
  await somebody.look();
  assert.match(await page.locator('main').innerText(), /did not go through[\s\S]*bank/);
  const { orders } = await lineOf(house, LINES_OF.bankRefuses);
  assert.equal(orders[0]?.state, 'placed', 'it may still be paid another way');
});
