/** What people who sign in do again and again: a code read where it arrives, signing up, proving once more who they are. */
import assert from 'node:assert/strict';
import type { Guest } from './guest.ts';

/** Codes that were read before: the next one may take a moment to arrive. */
const read = new Set<string>();

/** The code that arrived last for this address or number, read on the outbox page as in one's own inbox. */
export async function codeFor({ context }: Pick<Guest, 'context'>, to: string): Promise<string> {
  const inbox = await context.newPage();
  try {
    const letters = inbox.locator('article').filter({ has: inbox.locator('.who', { hasText: to }) });
    for (let tries = 0; tries < 50; tries += 1) {
      await inbox.goto('/outbox');
      const texts = await letters.allInnerTexts();
      const code = texts.map((text) => /(?<!\d)\d{6}(?!\d)/.exec(text.replace(to, ''))?.[0]).find((found) => found !== undefined);
      if (code !== undefined && !read.has(`${to} ${code}`)) {
        read.add(`${to} ${code}`);
        return code;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return assert.fail(`a code arrives for ${to}`);
  } finally {
    await inbox.close();
  }
}

/** On a page that asks for a code: types it. */
export async function typeCode(somebody: Guest, to: string): Promise<void> {
  const code = await codeFor(somebody, to);
  await somebody.page.locator('#code').fill(code);
  if ((await somebody.page.locator('#password').count()) === 0) await somebody.page.locator('button.main').click();
}

/** From nothing to signed in, on the page of one's lines. */
export async function signUp(somebody: Guest, email: string, password?: string): Promise<void> {
  const { page } = somebody;
  await page.goto('/sign-up');
  await page.locator('#contact').fill(email);
  await page.locator('button.main').click();
  await page.waitForURL('**/sign-in/code');
  await typeCode(somebody, email);
  await page.waitForURL('**/sign-up/finish');
  await page.locator('#name').fill('Lin');
  if (password !== undefined) await page.locator('#password').fill(password);
  await page.locator('#terms').check();
  await page.locator('button.main').click();
  await page.waitForURL('**/lines');
}

/** Links a line by the code that is sent to it. */
export async function linkLine(somebody: Guest, number: string, written: string): Promise<void> {
  const { page } = somebody;
  await page.goto('/link');
  await page.locator('#number').fill(number);
  await page.locator('form[action="?/code"] button').click();
  await page.waitForURL('**/link/code');
  await typeCode(somebody, written);
  await page.waitForURL('**/lines?done=*');
}

export async function signOut({ page }: Pick<Guest, 'page'>): Promise<void> {
  await page.locator('form[action="/sign-out"] button').click();
  await page.waitForURL((url) => url.pathname === '/');
}
