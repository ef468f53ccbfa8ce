import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** Headless, as root, without a screen; and without a word to the internet. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with a profile of its own, closed after the test. Throws where there is none: ask `skipReason` first. */
export async function openBrowser(t: { after(end: () => Promise<void>): void }): Promise<Browser> {
  const found = await findChromium();
  if (found.missing !== undefined) throw new Error(found.missing);
  const env = { ...process.env, ...found.environment } as Record<string, string>;
  const browser = await chromium.launch({ executablePath: found.path, args: FLAGS, env });
  t.after(() => browser.close());
  return browser;
}
