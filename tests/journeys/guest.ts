/**
 * A person with a phone who came across the pages: 360 px wide, a cold cache, nothing remembered. Counts what goes over
 * the wire, and looks at each page as axe, a small screen and a slow line would.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { openBrowser } from '#tests/browser';
import { type JourneyHouse, journeyHouse } from './house.ts';

/** experience.md: every self-care page, with all it loads. */
const PAGE_BYTES_MAX = 14 * 1024;
const PHONE = { width: 360, height: 740 };
/** WCAG 2.2, 1.4.10 Reflow. */
const NARROWEST = { width: 320, height: 740 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Sizes = { readonly kind: 'page' | 'part' | 'polling' | 'redirect'; readonly sent: number; readonly received: number };

export type Guest = {
  readonly house: JourneyHouse;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Axe finds nothing in light and dark, nothing is cut off on 320 px, and it came in at most 14 KB. */
  look(): Promise<void>;
  /** What went over the wire between us and this guest so far, in both directions. */
  bytes(): Promise<number>;
};

export type GuestOptions = {
  /** What the browser asks for: Accept-Language. */
  readonly locale?: string;
  readonly javaScript?: boolean;
};

type Ending = { after(end: () => Promise<void>): void };

export async function guest(t: Ending, options: GuestOptions = {}): Promise<Guest> {
  const [house, browser] = await Promise.all([journeyHouse(), openBrowser(t)]);
  return guestIn(house, browser, options);
}

/** Somebody else: another device, in the same test. */
export async function guestIn(house: JourneyHouse, browser: Browser, options: GuestOptions = {}): Promise<Guest> {
  const context = await browser.newContext({
    baseURL: house.url,
    viewport: PHONE,
    locale: options.locale ?? 'en-US',
    javaScriptEnabled: options.javaScript ?? true,
  });
  context.setDefaultTimeout(30_000);
  const measured: Promise<Sizes>[] = [];
  const page = await context.newPage();
  // Of this page alone: another one, opened to read a code and closed at once, may end in the midst of a request.
  page.on('requestfinished', (request) => {
    if (request.url().startsWith(house.url)) measured.push(unasked(sizesOf(request)));
  });
  return {
    house,
    browser,
    context,
    page,
    async look() {
      await page.waitForLoadState('load');
      await assertAccessible(page);
      const sizes = await Promise.all(measured);
      const parts = sizes.slice(sizes.findLastIndex(({ kind }) => kind === 'page')).filter(({ kind }) => kind !== 'polling');
      const received = sum(parts, 'received');
      if (page.url().startsWith(house.url))
        assert.ok(received > 0 && received <= PAGE_BYTES_MAX, `${page.url()} came in ${received} octets; ${PAGE_BYTES_MAX} are allowed`);
    },
    async bytes() {
      const sizes = await Promise.all(measured);
      return sum(sizes, 'sent') + sum(sizes, 'received');
    },
  };
}

function sum(sizes: readonly Sizes[], what: 'sent' | 'received'): number {
  return sizes.reduce((total, one) => total + one[what], 0);
}

/** A request under way when the page is closed has no sizes, and by then nobody asks for them. */
function unasked(sizes: Promise<Sizes>): Promise<Sizes> {
  sizes.catch(() => {});
  return sizes;
}

async function sizesOf(request: Request): Promise<Sizes> {
  const { requestHeadersSize, requestBodySize, responseHeadersSize, responseBodySize } = await request.sizes();
  const isRedirect = ((await request.response())?.status() ?? 0) === 303;
  const kinds: Readonly<Record<string, Sizes['kind']>> = { document: isRedirect ? 'redirect' : 'page', fetch: 'polling' };
  return {
    kind: kinds[request.resourceType()] ?? 'part',
    sent: requestHeadersSize + requestBodySize,
    received: responseHeadersSize + responseBodySize,
  };
}

async function assertAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
    assert.deepEqual(found, [], `axe on ${page.url()}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(NARROWEST);
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  assert.ok(width <= NARROWEST.width, `${page.url()} is ${width} px wide on a screen of ${NARROWEST.width}`);
  await page.setViewportSize(PHONE);
}
