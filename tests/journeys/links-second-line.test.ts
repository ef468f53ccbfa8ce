import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { linkLine, signUp } from './person.ts';

test('two lines are linked to one person, by a code sent to the line and by an activation code [ID-4]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const { page } = somebody;
  await signUp(somebody, 'two-lines@example.org');
  await linkLine(somebody, LINES_OF.linked, '+1 206 555 0116');
  assert.match(await page.getByRole('status').innerText(), /you are its owner/);
  await page.goto('/link');
  await page.locator('#activation_code').fill('no such code');
  await page.locator('form[action="?/card"] button').click();
  await page.getByRole('alert').waitFor();
  await somebody.look();
  // As the demonstration's cards have it: the number, in twelve digits.
  await page.locator('#activation_code').fill(LINES_OF.linkedByCard.slice(1).padStart(12, '0'));
  await page.locator('form[action="?/card"] button').click();
  await page.waitForURL('**/lines?done=linked_owner');
  const rows = await page.locator('section.card').allInnerTexts();
  assert.equal(rows.length, 2);
  for (const number of ['+1 206 555 0116', '+1 206 555 0117'])
    assert.ok(
      rows.some((row) => row.includes(number) && /Owner/.test(row)),
      number,
    );
  await somebody.look();
  await page.locator('a[href^="/link/acc_"]').first().click();
  await page.waitForURL('**/link/acc_*');
  assert.match(await page.locator('main').innerText(), /Lin/);
  await somebody.look();
});
