/**
 * Chromium for the journeys. Looked for once a process, when this is first imported:
 *
 *     test('a guest renews a line', { skip: skipReason }, async (t) => {
 *       const browser = await openBrowser(t);
 *
 * A test that looks at Chinese on a screenshot skips with `chineseSkipReason`, which covers the browser's too.
 */
import { findChinese } from './find-chinese.ts';
import { findChromium } from './find-chromium.ts';

export { openBrowser } from './open-browser.ts';

const chromium = await findChromium();

/** Why no browser test can run here; undefined where they can. */
export const skipReason: string | undefined = chromium.missing;

/** Why nothing can be said about how Chinese looks here; undefined where it can. */
export const chineseSkipReason: string | undefined = chromium.missing ?? (await findChinese());
