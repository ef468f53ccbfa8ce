import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest, guestIn } from './guest.ts';
import { LINES_OF } from './house.ts';
import { linkLine, signUp } from './person.ts';

test('somebody else’s line is refused: its card opens nothing beside an owner, and its people are shown to nobody else [ID-4, ID-6]', {
  skip: skipReason,
}, async (t) => {
  const owner = await guest(t);
  await signUp(owner, 'owner@example.org');
  await linkLine(owner, LINES_OF.somebodyElses, '+1 206 555 0118');
  const address = (await owner.page.locator('a[href^="/link/acc_"]').getAttribute('href')) ?? '';
  const stranger = await guestIn(owner.house, owner.browser);
  const { page } = stranger;
  await signUp(stranger, 'stranger@example.org');
  await page.goto('/link');
  await page.locator('#activation_code').fill(LINES_OF.somebodyElses.slice(1).padStart(12, '0'));
  await page.locator('form[action="?/card"] button').click();
  await page.getByRole('alert').waitFor();
  await page.goto('/lines');
  assert.equal(await page.locator('.figure').count(), 0, 'no line is theirs');
  assert.equal((await page.goto(address))?.status(), 403);
  assert.doesNotMatch(await page.locator('main').innerText(), /Lin|0118/);
  await stranger.look();
  // Who holds the phone becomes a user, and the owner is told, and puts an end to it.
  await linkLine(stranger, LINES_OF.somebodyElses, '+1 206 555 0118');
  assert.match(await page.getByRole('status').innerText(), /has an owner/);
  await owner.page.goto(address);
  assert.equal(await owner.page.locator('.rows li').count(), 2);
  await owner.look();
  await owner.page.locator('button[name=role][value=none]').click();
  await owner.page.waitForURL('**?done=member');
  await page.goto('/lines');
  assert.equal(await page.locator('.figure').count(), 0, 'and the line is gone from them');
});
