/**
 * `npx everline pictures`: the pictures of the README, taken of a small demonstration that is started for them and ended
 * after. Letters are Liberation Sans and Noto Sans CJK, wherever it runs: a machine's own choice would change every picture.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chineseSkipReason, openBrowser } from '#tests/browser';
import { newHome, startEverline } from '#tests/journeys';
import { playScene, SCENES, type Scene } from './scenes.ts';

const FOLDER = join(import.meta.dirname, '../../docs/pictures');
/** All of them together: a README is read on phones, too. */
const BYTES_MAX = 1_500_000;
const QUALITY = 80;
/** Enough of the demonstration's stories for the lines of the scenes. */
const LINES = '12';

if (chineseSkipReason !== undefined) throw new Error(`no pictures can be taken here: ${chineseSkipReason}`);
const endings: (() => Promise<void> | void)[] = [];
try {
  const home = newHome();
  endings.push(() => home.remove());
  useFonts(home.path);
  const started = await startEverline({ EVERLINE_HOME: home.path, PORT: '0' }, ['--lines', LINES]);
  endings.push(async () => void (await started.stop()));
  const browser = await openBrowser({ after: (end) => endings.push(end) });
  mkdirSync(FOLDER, { recursive: true });
  let bytes = 0;
  for (const scene of SCENES) bytes += await takeScene(browser, new URL(started.addresses['self-care'] ?? '').origin, scene);
  console.log(`${bytes} octets in all`);
  if (bytes > BYTES_MAX) throw new Error(`the pictures are too large: ${bytes} octets, ${BYTES_MAX} are allowed`);
} finally {
  for (const end of endings.reverse()) await end();
}

async function takeScene(browser: Browser, url: string, scene: Scene): Promise<number> {
  const { name, number, locale, colorScheme, viewport, deviceScaleFactor } = scene;
  const context = await browser.newContext({ baseURL: url, locale, colorScheme, viewport, deviceScaleFactor });
  const page = await context.newPage();
  let bytes = 0;
  await playScene(page, number, async (what) => {
    const file = join(FOLDER, `${what}-${name}.webp`);
    await takePicture(page, file);
    const { size } = statSync(file);
    bytes += size;
    console.log(`docs/pictures/${what}-${name}.webp ${size}`);
  });
  await context.close();
  return bytes;
}

/** The whole page as WebP, which Playwright itself does not write: a third of the size of PNG. */
async function takePicture(page: Page, file: string): Promise<void> {
  await page.waitForLoadState('load');
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY, captureBeyondViewport: true });
  writeFileSync(file, Buffer.from(data, 'base64'));
  await session.detach();
}

/** Told to fontconfig by the browser's environment. */
function useFonts(folder: string): void {
  const rules = ['system-ui', 'sans-serif', 'sans'].map(
    (family) =>
      `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>Liberation Sans</string></edit></match>`,
  );
  const file = join(folder, 'fonts.conf');
  const include = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  writeFileSync(file, `<?xml version="1.0"?>\n<fontconfig>\n${include}\n${rules.join('\n')}\n</fontconfig>\n`);
  process.env['FONTCONFIG_FILE'] = file;
}
