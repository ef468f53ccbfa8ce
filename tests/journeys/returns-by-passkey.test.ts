import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { type Guest, guest } from './guest.ts';
import { signOut, signUp } from './person.ts';

/** A phone's own authenticator, in software (Chrome DevTools Protocol, WebAuthn). */
async function giveAuthenticator({ context, page }: Guest): Promise<void> {
  const devTools = await context.newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
  } as const;
  await devTools.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } });
}

test('a passkey is added on the security page; it signs in without a name, and proves once more who it is [ID-1, ID-2]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t);
  const { page } = somebody;
  // Passkeys are bound to a name, never to an address of digits.
  await giveAuthenticator(somebody);
  await signUp(somebody, 'passkey@example.org');
  await page.goto('/security');
  await page.locator('#label').fill('My phone');
  await page.locator('form[data-passkey=add] button').click();
  await page.waitForURL('**/security?done=passkey_added');
  assert.match(await page.locator('main').innerText(), /My phone/);
  await somebody.look();
  await signOut({ page });
  await page.goto('/sign-in');
  await page.locator('form[data-passkey=sign_in] button').click();
  await page.waitForURL('**/lines');
  await page.goto('/security');
  assert.match(await page.locator('main').innerText(), /by passkey/);
  await page.goto('/security/prove?next=/settings');
  await somebody.look();
  await page.locator('form[data-passkey=prove] button').click();
  await page.waitForURL((url) => url.pathname === '/settings');
  await page.goto('/security');
  await page.locator('form[action="?/remove_passkey"] button').click();
  await page.waitForURL('**/security?done=passkey_removed');
  assert.match(await page.locator('main').innerText(), /None yet/);
});
