/** The few pictures that are kept in the repository: one renewal, as WebP, small enough for a README on a phone. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { NamedHouse } from '#tests/journeys';
import { lineIdOf, ownerContext } from './prepare-states.ts';
import { SCENES, type Scene } from './scenes.ts';

/** All of them together: a README is read on phones, too. */
const BYTES_MAX = 1_500_000;
const QUALITY = 80;

export async function takeFew(browser: Browser, house: NamedHouse, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (const scene of SCENES) bytes += await takeScene(browser, house, folder, scene);
  console.log(`${bytes} octets in all`);
  if (bytes > BYTES_MAX) throw new Error(`the pictures are too large: ${bytes} octets, ${BYTES_MAX} are allowed`);
}

async function takeScene(browser: Browser, house: NamedHouse, folder: string, scene: Scene): Promise<number> {
  const { name, number, locale, colorScheme, viewport, deviceScaleFactor } = scene;
  const lineId = await lineIdOf(browser, house, number);
  const context = await ownerContext(browser, house, number, { locale, colorScheme, viewport, deviceScaleFactor });
  const page = await context.newPage();
  let bytes = 0;
  await page.goto(`/line/${lineId}`);
  await scene.play(page, lineId, async (what) => {
    const file = join(folder, `${what}-${name}.webp`);
    await takePicture(page, { ...viewport, scale: deviceScaleFactor }, file);
    const { size } = statSync(file);
    bytes += size;
    console.log(`docs/pictures/${what}-${name}.webp ${size}`);
  });
  await context.close();
  return bytes;
}

/** What the screen shows, as WebP, which Playwright itself does not write: a third of the size of PNG. */
async function takePicture(page: Page, shown: { width: number; height: number; scale: number }, file: string): Promise<void> {
  await page.waitForLoadState('load');
  const session = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, ...shown };
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY, clip, captureBeyondViewport: true });
  writeFileSync(file, Buffer.from(data, 'base64'));
  await session.detach();
}
