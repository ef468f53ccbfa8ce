import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { amounts, goToPayment, lineOf, openLine, useCard, waitUntilDone } from './steps.ts';

test('a guest tops up an amount of their own: outside the limits it is refused in words and kept as typed, within them the balance grows by exactly that [BUY-2, PAY-3]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  const before = await lineOf(house, LINES_OF.toppingUp);
  await openLine(somebody, LINES_OF.toppingUp);
  const amount = page.locator('#amount');
  for (const [typed, says] of [
    ['4.99', /\$5\.00/],
    ['1000', /\$200\.00/],
    ['7.355', /./],
    ['a lot', /./],
  ] as const) {
    await amount.fill(typed);
    await amount.press('Enter');
    await page.getByRole('alert').getByText(says).first().waitFor();
    assert.equal(await amount.inputValue(), typed, 'what was typed is kept');
    assert.equal(await amount.getAttribute('aria-invalid'), 'true');
  }
  await somebody.look();
  await amount.fill('7.35');
  await amount.press('Enter');
  await page.waitForURL('**/review/*');
  await somebody.look();
  assert.equal((await amounts(somebody, 'table'))[0], '$7.35');
  await goToPayment(somebody);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
  await somebody.look();
  assert.match(await page.locator('main').innerText(), /\$7\.35 is on the money balance/);
  const after = await lineOf(house, LINES_OF.toppingUp);
  assert.equal(BigInt(after.balance.minor) - BigInt(before.balance.minor), 735n);
  assert.equal(after.state.line.paidUntil, before.state.line.paidUntil, 'the plan and its end stay as they are');
});

test('on pay as you go a top-up also buys time, and the review says how much before it is paid [BUY-1, BUY-2]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t);
  const { page, house } = somebody;
  await openLine(somebody, LINES_OF.payAsYouGo);
  await somebody.look();
  await page.locator('button[name=item][value^="top_up:"]').first().click();
  await page.waitForURL('**/review/*');
  await somebody.look();
  assert.match(await page.locator('main').innerText(), /keeps the line alive for \d+ days/);
  await goToPayment(somebody);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
  assert.equal((await lineOf(house, LINES_OF.payAsYouGo)).state.line.state, 'active');
});
