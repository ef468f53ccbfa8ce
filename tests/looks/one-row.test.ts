/** What is read at a glance stands in one row, also on the narrowest screen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chineseSkipReason, openBrowser } from '#tests/browser';
import { openGallery } from './open-gallery.ts';
import { openShown, show } from './show-page.ts';

/** Dates that stand in more than one row, as each language writes them: "12月1日", "Mon 30 Nov", "lun 30 nov". */
const BROKEN_DATES = `(() => {
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    for (const found of texts.currentNode.data.matchAll(/\\d+月\\d+日|\\d+ [A-Za-z]{3}\\b/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, found.index);
      range.setEnd(texts.currentNode, found.index + found[0].length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(found[0]);
    }
  return broken;
})()`;
/** Of the screen that most people hold, and the narrowest. */
const WIDTHS = [360, 320];

for (const language of ['en', 'es', 'zh-Hans', 'zh-Hant'])
  test(`the head of a page is one row, and no date of a list is broken, in ${language} [SEE-1]`, { skip: chineseSkipReason }, async (t) => {
    const [gallery, browser] = await Promise.all([openGallery(t), openBrowser(t)]);
    const page = await openShown(browser);
    await show(page, await gallery.signedIn().get('/lines', { 'accept-language': language }));
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 740 });
      assert.deepEqual(await page.evaluate<string[]>(BROKEN_DATES), [], `${width} px`);
      const head = await page.locator('header').boundingBox();
      assert.ok(head !== null && head.height < 70, `the head is one row of ${width} px`);
    }
  });
