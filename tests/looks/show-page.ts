/** An answer of the pages in Chromium, as axe and a small screen look at it. The markup is the served one; no script of ours runs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { PageAnswer } from '#tests/doors';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2, 1.4.10 Reflow. */
export const NARROWEST = { width: 320, height: 740 };
/** What a passkey's script does where a device has some: its form is looked at, too. */
const SHOW_ALL = `for (const form of document.querySelectorAll('form[data-passkey]')) form.hidden = false`;
/** Only colours change in the dark. */
const OF_COLOUR = `{ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] }`;
const ALL = `{ resultTypes: ['violations'] }`;

export async function openShown(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: NARROWEST });
  await page.evaluate(AXE);
  return page;
}

export async function show(page: Page, { text }: PageAnswer): Promise<void> {
  await page.setContent(text, { waitUntil: 'domcontentloaded' });
  await page.evaluate(SHOW_ALL);
}

/** What axe finds in light and in dark, and what is cut off. */
export async function flawsOf(page: Page): Promise<string[]> {
  const light = await violations(page, 'light', ALL);
  const dark = await violations(page, 'dark', OF_COLOUR);
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  return [...light, ...dark, ...(width > NARROWEST.width ? [`it is ${width} px wide`] : [])];
}

async function violations(page: Page, colorScheme: 'light' | 'dark', options: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme });
  const found = await page.evaluate<AxeResults['violations']>(`axe.run(document, ${options}).then((results) => results.violations)`);
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${colorScheme}, ${id}: ${help}: ${html}`));
}
