import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { codeFor, signOut, signUp } from './person.ts';

test('who forgot their password chooses a new one by a code; the old one opens nothing any more [ID-3, ID-2]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t);
  const { page } = somebody;
  await signUp(somebody, 'forgets@example.org', 'the password I forget');
  await signOut({ page });
  await page.goto('/sign-in');
  await page.locator('a[href="/reset"]').click();
  await page.waitForURL('**/reset');
  await somebody.look();
  await page.locator('#contact').fill('forgets@example.org');
  await page.locator('button.main').click();
  await page.waitForURL('**/reset/code');
  await somebody.look();
  await page.locator('#code').fill(await codeFor(somebody, 'forgets@example.org'));
  await page.locator('#password').fill('password1');
  await page.locator('button.main').click();
  assert.match(await page.getByRole('alert').innerText(), /Many people use this password/);
  await page.locator('#password').fill('a better one to remember');
  await page.locator('button.main').click();
  await page.waitForURL('**/security?done=reset');
  await somebody.look();
  await signOut({ page });
  await page.goto('/sign-in');
  for (const [password, opens] of [
    ['the password I forget', false],
    ['a better one to remember', true],
  ] as const) {
    await page.locator('#name').fill('forgets@example.org');
    await page.locator('#password').fill(password);
    await page.locator('button.main').first().click();
    if (opens) await page.waitForURL('**/lines');
    else {
      assert.match(await page.getByRole('alert').innerText(), /do not belong together/);
      await somebody.look();
    }
  }
});
