import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { choose, goToPayment, lineOf, openLine, useCard, waitUntilDone } from './steps.ts';

test('with JavaScript off a line is renewed just the same, and the order page renews itself until all is told [FX-2, PAY-1]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t, { javaScript: false });
  const { page, house } = somebody;
  await openLine(somebody, LINES_OF.withoutScript);
  await choose(somebody, 'renew');
  await goToPayment(somebody);
  await useCard(somebody, 'webhook_late');
  // Nobody presses anything: the page asks for itself again.
  await waitUntilDone(somebody);
  assert.equal(await page.locator('noscript, script').count(), 0, 'a page that is done no longer renews itself');
  await page.locator('summary').click();
  await page.locator('a[hreflang=es]').click();
  await page.getByText('pagado y aplicado').waitFor();
  await page.locator('a.main').click();
  await page.waitForURL('**/receipt');
  assert.equal((await lineOf(house, LINES_OF.withoutScript)).state.line.state, 'active');
});
