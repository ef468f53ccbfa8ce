/** What the README shows: one renewal on a phone, the same page in the dark, plans side by side on a wide screen. */
import type { Page } from 'playwright-core';
import { waitUntilDone } from '#tests/journeys';
import { OWNED } from './prepare-states.ts';

export type Scene = {
  /** Ends the pictures' names. */
  readonly name: string;
  /** Signed in as the owner of the line with this number. */
  readonly number: string;
  readonly locale: string;
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor: number;
  /** From the line's page on; `take` is called on each page that is shown. */
  readonly play: (page: Page, lineId: string, take: (name: string) => Promise<void>) => Promise<void>;
};

/** As much as a phone shows at once, and a little more. */
const PHONE = { viewport: { width: 360, height: 800 }, deviceScaleFactor: 2 };

export const SCENES: readonly Scene[] = [
  { name: 'zh-light', number: OWNED['nearly-dry'], locale: 'zh-CN', colorScheme: 'light', ...PHONE, play: renew },
  { name: 'zh-dark', number: OWNED.throttled, locale: 'zh-CN', colorScheme: 'dark', ...PHONE, play: (_page, _id, take) => take('line') },
  {
    name: 'en-wide',
    number: OWNED.queued,
    locale: 'en-US',
    colorScheme: 'light',
    viewport: { width: 1120, height: 745 },
    deviceScaleFactor: 1,
    play: compare,
  },
];

async function renew(page: Page, _lineId: string, take: (name: string) => Promise<void>): Promise<void> {
  await take('line');
  await page.locator('button.main').click();
  await page.waitForURL('**/review/*');
  await take('review');
  await page.locator('form:has(input[type=radio]) button.main').click();
  await waitUntilDone({ page });
  await take('order');
}

async function compare(page: Page, lineId: string, take: (name: string) => Promise<void>): Promise<void> {
  await page.goto(`/compare/${lineId}`);
  await take('compare');
}
