import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';
import { codeFor, signOut } from './person.ts';

for (const javaScript of [true, false])
  test(`somebody new signs up by a code, accepts the terms, signs out and in again by another code, ${javaScript ? 'with' : 'without'} JavaScript [ID-1, ID-2]`, {
    skip: skipReason,
  }, async (t) => {
    const somebody = await guest(t, { javaScript });
    const { page } = somebody;
    // Axe needs scripts; what it finds is the same page.
    const look = javaScript ? () => somebody.look() : async () => {};
    const email = `new-${javaScript ? 'one' : 'two'}@example.org`;
    await page.goto('/');
    await page.locator('header .own').click();
    await page.waitForURL('**/sign-in');
    await look();
    await page.locator('a[href="/sign-up"]').click();
    await page.waitForURL('**/sign-up');
    await look();
    await page.locator('#contact').fill(email);
    await page.locator('button.main').click();
    await page.waitForURL('**/sign-in/code');
    await look();
    const code = await codeFor(somebody, email);
    await page.locator('#code').fill(code === '000000' ? '111111' : '000000');
    await page.locator('button.main').click();
    assert.match(await page.getByRole('alert').innerText(), /not the code we sent/);
    await page.locator('#code').fill(code);
    await page.locator('button.main').click();
    await page.waitForURL('**/sign-up/finish');
    await look();
    assert.equal(await page.locator('#terms').getAttribute('required'), '', 'the terms must be accepted');
    await page.locator('#terms').check();
    await page.locator('button.main').click();
    await page.waitForURL('**/lines');
    await look();
    await signOut({ page });
    assert.equal((await page.goto('/security'))?.url().includes('/sign-in?next=%2Fsecurity'), true);
    await page.locator('#name').fill(email);
    await page.locator('button[formaction]').click();
    await page.waitForURL('**/sign-in/code');
    await page.locator('#code').fill(await codeFor(somebody, email));
    await page.locator('button.main').click();
    await page.waitForURL('**/security');
    assert.match(await page.locator('main').innerText(), new RegExp(email));
    await look();
  });
