/** What the pictures show: one renewal, as three people with three lines see it. */
import type { Page } from 'playwright-core';

export type Scene = {
  /** Ends the pictures' names. */
  readonly name: string;
  readonly number: string;
  readonly locale: string;
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor: number;
};

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 };

export const SCENES: readonly Scene[] = [
  { name: 'zh-light', number: '+12065550142', locale: 'zh-CN', colorScheme: 'light', ...PHONE },
  { name: 'zh-dark', number: '+12065550143', locale: 'zh-CN', colorScheme: 'dark', ...PHONE },
  {
    name: 'en-wide',
    number: '+12065550149',
    locale: 'en-US',
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
  },
];

const GOOD_CARD = '4242424242424242';

/** Renews the line on the pages; `take` is called on each page that is shown. */
export async function playScene(page: Page, number: string, take: (name: string) => Promise<void>): Promise<void> {
  await page.goto('/');
  await take('home');
  await page.locator('#number').fill(number);
  await page.locator('button.main').click();
  await page.waitForURL('**/l/*');
  await take('line');
  await page.locator('button.main').click();
  await page.waitForURL('**/review/*');
  await take('review');
  await page.locator('button.main').click();
  await page.waitForURL('**/pay/*');
  await page.locator(`button[value="${GOOD_CARD}"]`).click();
  await page.waitForURL('**/o/*');
  await page.locator('.stages .done').nth(2).waitFor();
  await take('order');
  await page.locator('a.main').click();
  await page.waitForURL('**/receipt');
  await take('receipt');
}
