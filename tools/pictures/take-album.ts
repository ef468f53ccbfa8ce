/**
 * Every page of self-care in every state, on a phone and on a desk, in English and Chinese; some in the dark and in the other
 * languages. For whoever changes a page and wants to see what that did to all of them.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { type NamedHouse, runEverline } from '#tests/journeys';
import { albumStops, lateStops, type Stop } from './album-stops.ts';
import { OWNED, ownerContext, prepareStates } from './prepare-states.ts';

const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
] as const;
/** Language and what a browser asks for; the first two see everything. */
const LOCALES = [
  ['en', 'en-US'],
  ['zh-Hans', 'zh-CN'],
  ['es', 'es-US'],
  ['zh-Hant', 'zh-TW'],
] as const;
const WHOLE_LANGUAGES: readonly string[] = ['en', 'zh-Hans'];

export async function takeAlbum(browser: Browser, house: NamedHouse, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const prepared = await prepareStates(browser, house);
  let count = await takeStops(browser, house, folder, albumStops(prepared));
  const suspended = prepared.lineIds.get(OWNED.suspended) ?? '';
  for (const [name, step] of [
    ['parked', '+30d'],
    ['lost', '+31d'],
  ] as const) {
    const { exitCode, stderr } = await runEverline(['clock', step], { EVERLINE_HOME: house.home });
    if (exitCode !== 0) throw new Error(stderr);
    count += await takeStops(browser, house, folder, lateStops(name, suspended));
  }
  console.log(`${count} pictures are in ${folder}`);
}

async function takeStops(browser: Browser, house: NamedHouse, folder: string, stops: readonly Stop[]): Promise<number> {
  let count = 0;
  for (const [language, locale] of LOCALES) {
    const contexts = new Map<string | undefined, BrowserContext>();
    for (const stop of stops) {
      const isWhole = WHOLE_LANGUAGES.includes(language);
      if (!isWhole && !stop.more) continue;
      // Who walks leaves traces: cookies, a language, a sign-in.
      const shared = stop.walk === undefined ? contexts.get(stop.as) : undefined;
      const context = shared ?? (await ownerContext(browser, house, stop.as, { locale }));
      if (stop.walk === undefined) contexts.set(stop.as, context);
      count += await takeStop(context, folder, stop, language, isWhole);
      if (stop.walk !== undefined) await context.close();
    }
    for (const context of contexts.values()) await context.close();
  }
  return count;
}

async function takeStop(context: BrowserContext, folder: string, stop: Stop, language: string, isWhole: boolean): Promise<number> {
  const page = await context.newPage();
  let count = 0;
  const take = async (name: string): Promise<void> => {
    for (const colorScheme of stop.more && isWhole ? (['light', 'dark'] as const) : (['light'] as const)) {
      await page.emulateMedia({ colorScheme });
      for (const size of isWhole ? SIZES : SIZES.slice(0, 1)) {
        await page.setViewportSize(size);
        const dark = colorScheme === 'dark' ? '.dark' : '';
        await page.screenshot({ path: join(folder, `${name}.${size.width}.${language}${dark}.png`), fullPage: true });
        count += 1;
      }
    }
  };
  try {
    await page.setViewportSize(SIZES[0]);
    await page.goto(stop.path);
    if (stop.walk === undefined) await take(stop.name);
    else await stop.walk({ page, context, language, take });
  } catch (error) {
    throw new Error(`the album stops at ${stop.name} in ${language}, on ${page.url()}`, { cause: error });
  }
  await page.close();
  return count;
}
