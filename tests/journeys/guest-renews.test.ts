import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { amounts, choose, goToPayment, lineOf, messagesAbout, openLine, useCard, waitUntilDone } from './steps.ts';

/** experience.md: line, choose, review, pay, order page; the provider's pages excluded. */
const FLOW_BYTES_MAX = 40 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

test('a guest renews by number alone: one total to the cent on every page, applied when paid, confirmed with the seconds each took [ID-6, BUY-3, PAY-1, PAY-3, FX-1, FX-2]', {
  skip: skipReason,
}, async (t) => {
  const number = LINES_OF.renewing;
  const somebody = await guest(t);
  const { page, house } = somebody;
  const before = await lineOf(house, number);
  await page.goto('/');
  await somebody.look();
  await openLine(somebody, '(206) 555-0100');
  await somebody.look();
  const [total] = await amounts(somebody, 'button.main');
  assert.match(total ?? '', /^\$\d+\.\d\d$/);

  await choose(somebody, 'renew');
  await somebody.look();
  assert.equal((await amounts(somebody, 'tr.total'))[0], total);
  assert.equal((await amounts(somebody, 'button.main'))[0], total);
  assert.equal((await lineOf(house, number)).state.line.paidUntil, before.state.line.paidUntil, 'nothing changes before it is paid');

  await goToPayment(somebody);
  assert.equal((await amounts(somebody, 'button.main'))[0], total);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
  await somebody.look();
  assert.match(await page.locator('h1').innerText(), /paid and applied/);
  const stages = await page.locator('.stages li').allInnerTexts();
  assert.equal(stages.length, 4);
  for (const stage of stages.slice(0, 3)) assert.match(stage, /(\d s|at once)$/, 'each stage of ours says its seconds');
  assert.match(stages[3] ?? '', /^Network/, 'the last is the network’s, where nothing of the line is open');
  assert.ok((await somebody.bytes()) <= FLOW_BYTES_MAX, `the whole flow took ${await somebody.bytes()} octets`);

  await page.locator('a.main').click();
  await page.waitForURL('**/receipt');
  await somebody.look();
  assert.equal((await amounts(somebody, 'tr.total'))[0], total);
  assert.ok(!(await page.content()).includes(number.slice(-7)), 'the number is masked');

  const after = await lineOf(house, number);
  assert.equal(after.state.line.state, 'active');
  const days = (Date.parse(after.state.line.paidUntil ?? '') - Date.parse(before.state.line.paidUntil ?? '')) / DAY_MS;
  assert.ok(days > 27 && days < 32, `one month was added, not ${days} days`);
  assert.equal(after.summary.data.speed, 'full');
});

test('who is paid for is told by SMS; who pays gets the receipt by mail, if an address was given [FX-3, ID-6]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t);
  const { page } = somebody;
  await openLine(somebody, LINES_OF.linkShared);
  await choose(somebody, 'pack:pack-1gb');
  await goToPayment(somebody, { email: 'payer@example.org' });
  await useCard(somebody, 'good_mastercard');
  await waitUntilDone(somebody);
  const receipt = /US-\d+-\d+/.exec(await page.locator('a.main').innerText())?.[0] ?? '';
  const mail = await messagesAbout(somebody, receipt, 'mail');
  assert.match(mail, /payer@example\.org/);
  assert.doesNotMatch(mail, /lasts until|555 0109|5550109/, 'the payer is told nothing of the line');
  await somebody.look();
  const sms = await messagesAbout(somebody, '+1 206 555 0109', 'sms');
  assert.match(sms, /1 GB/);
  assert.doesNotMatch(sms, /payer@|4444|Mastercard/i, 'the owner is not told who paid, nor with what');
});
