import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { skipReason } from '#tests/browser';
import { guestIn } from './guest.ts';
import { owner } from './owner.ts';
import { signUp, typeCode } from './person.ts';
import { choose, goToPayment, lineOf, openLine, useCard, waitUntilDone } from './steps.ts';

/** Of the demonstration of this file: lines whose owners keep a card. */
const LINES = { nearlyDry: '+12065550142', throttled: '+12065550143', stopped: '+12065550144', healthy: '+12065550149' } as const;
/** experience.md: line, choose, review, pay and order page, both directions. */
const FLOW_BYTES_MAX = 40 * 1024;

test('a kept card renews in three taps: the line, renew, pay [BUY-3, PAY-3, CH-1]', { skip: skipReason }, async (t) => {
  const { page, house, id } = await owner(t, LINES.nearlyDry);
  const before = await lineOf(house, LINES.nearlyDry);
  await page.goto('/lines');
  let taps = 0;
  const tap = async (what: string, leadsTo: string): Promise<void> => {
    taps += 1;
    await page.locator(what).first().click();
    await page.waitForURL(leadsTo);
  };
  await tap(`a[href="/line/${id}"]`, '**/line/*');
  await tap('button.main', '**/review/*');
  await tap('form:has(input[type=radio]) button.main', '**/o/*');
  await waitUntilDone({ page });
  assert.equal(taps, 3);
  const after = await lineOf(house, LINES.nearlyDry);
  assert.ok(Date.parse(after.state.line.paidUntil ?? '') > Date.parse(before.state.line.paidUntil ?? ''), 'the end moved on');
});

/** Tab until what is focused is this; what is focused is always seen. */
async function tabTo(page: Page, what: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    const [outline, isIt] = await page.evaluate<[string, boolean]>(
      `[getComputedStyle(document.activeElement).outlineStyle, document.activeElement.matches(${JSON.stringify(what)})]`,
    );
    const isNowhere = await page.evaluate<boolean>('document.activeElement === document.body');
    assert.ok(isNowhere || outline !== 'none', `what is focused on ${page.url()} is seen`);
    if (isIt) return;
  }
  assert.fail(`no Tab leads to ${what} on ${page.url()}`);
}

test('a whole renewal by keys alone: Tab, arrows, Space and Enter, the line, the review, the way to pay, the receipt [BUY-3, PAY-3, CH-1]', {
  skip: skipReason,
}, async (t) => {
  const { page, house, id } = await owner(t, LINES.healthy);
  await page.goto('/lines');
  await tabTo(page, '.skip');
  await tabTo(page, `a[href="/line/${id}"]`);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/line/*');
  await tabTo(page, 'button.main');
  await page.keyboard.press('Space');
  await page.waitForURL('**/review/*');
  await tabTo(page, 'input[type=radio]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.match(await page.locator('label:has(input:checked)').innerText(), /4242/);
  await tabTo(page, 'form:has(input[type=radio]) button.main');
  await page.keyboard.press('Enter');
  await waitUntilDone({ page });
  await tabTo(page, 'a[href$="/receipt"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/receipt');
  assert.equal((await lineOf(house, LINES.healthy)).orders[0]?.state, 'delivered');
});

test('an exhausted line at 64 kbit/s: number, line, review, payment and order in at most 40 KB, each page in at most 14 [CH-1, LIFE-1, BUY-1]', {
  skip: skipReason,
}, async (t) => {
  const { house, browser } = await owner(t, LINES.stopped);
  const somebody = await guestIn(house, browser);
  const { page, context } = somebody;
  const wire = await context.newCDPSession(page);
  const bytesPerSecond = 64_000 / 8;
  await wire.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 300, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond },
  });
  assert.equal((await lineOf(house, LINES.stopped)).state.line.state, 'stopped');
  await openLine(somebody, LINES.stopped);
  await somebody.look();
  await choose(somebody, 'renew');
  await somebody.look();
  await goToPayment(somebody);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
  const bytes = await somebody.bytes();
  assert.ok(bytes <= FLOW_BYTES_MAX, `the flow took ${bytes} octets; ${FLOW_BYTES_MAX} are allowed`);
  await somebody.look();
  assert.equal((await lineOf(house, LINES.stopped)).state.line.state, 'active');
});

test('who changes their address is asked at the new one, and the old one is told [ID-1, ID-3]', { skip: skipReason }, async (t) => {
  const { house, browser } = await owner(t, LINES.throttled);
  const somebody = await guestIn(house, browser);
  const { page } = somebody;
  await signUp(somebody, 'before@example.org');
  await page.goto('/security');
  await page.locator('a[href="/security/contact?kind=email"]').click();
  await page.waitForURL('**/security/contact?*');
  await somebody.look();
  await page.locator('#contact').fill('afterwards@example.org');
  await page.locator('button.main').click();
  await page.waitForURL('**/security/contact/code');
  await typeCode(somebody, 'afterwards@example.org');
  await page.waitForURL('**/security?done=contact');
  assert.match(await page.locator('main').innerText(), /afterwards@example\.org/);
  const told = page
    .locator('article')
    .filter({ hasText: 'before@example.org' })
    .filter({ hasText: 'The e-mail address you sign in with was changed' });
  await page.goto('/outbox');
  for (let tries = 0; tries < 50 && (await told.count()) === 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await page.reload();
  }
  assert.match(await told.first().innerText(), /If it was not you/);
});
