import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Language } from '#platform/messages';
import { chineseSkipReason, openBrowser, skipReason } from '#tests/browser';
import { LOOKS, type Look } from './list-looks.ts';
import { type Gallery, openGallery } from './open-gallery.ts';
import { flawsOf, openShown, show } from './show-page.ts';

const ROUTES = join(import.meta.dirname, '../../channels/web/pages/routes');

test('every page stands in the list of looks, and no other: a page to come is looked at, too', () => {
  const folders = ['', ...readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })];
  const pages = folders.filter((folder) => existsSync(join(ROUTES, folder, '+page.svelte'))).map((folder) => `/${folder}`);
  assert.deepEqual(
    Object.keys(LOOKS)
      .filter((route) => route !== '')
      .toSorted(),
    pages.toSorted(),
  );
});

test('the looking finds what is there to find: a picture without words, grey on grey in the dark alone, what is too wide', {
  skip: skipReason,
}, async (t) => {
  const page = await openShown(await openBrowser(t));
  const style = '<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){p{background:#333;color:#444}}</style>';
  const body = '<main><h1>x</h1><img src="data:,"><p>words</p><div style="width:400px">wide</div></main>';
  await page.setContent(`<!doctype html><html lang="en"><title>x</title>${style}${body}</html>`);
  const flaws = (await flawsOf(page)).join('\n');
  for (const flaw of [/light, image-alt/, /dark, color-contrast/, /it is 4\d\d px wide/]) assert.match(flaws, flaw);
  assert.doesNotMatch(flaws, /light, color-contrast/);
});

const endings: (() => Promise<void>)[] = [];
const whole = { after: (end: () => Promise<void>) => void endings.push(end) };
let gallery: Promise<Gallery> | undefined;
after(async () => {
  for (const end of endings.reverse()) await end();
});

for (const language of ['en', 'zh-Hans'] as const satisfies readonly Language[])
  test(`axe finds nothing on any page in any state, in light and dark, and nothing is cut off on 320 px, in ${language} [SEE-1, SEE-4, BUY-4, CH-1]`, {
    skip: chineseSkipReason,
  }, async (t) => {
    gallery ??= openGallery(whole);
    const page = await openShown(await openBrowser(t));
    const found: string[] = [];
    for (const [route, looks] of Object.entries(LOOKS))
      for (const look of looks) {
        const answer = await ask(await gallery, look, language);
        const name = `${route || 'the error page'}, ${look.what}`;
        if (answer.status !== look.status) found.push(`${name}: answered ${answer.status}, not ${look.status}`);
        await show(page, answer);
        const lang = await page.locator('html').getAttribute('lang');
        if (lang !== language) found.push(`${name}: is in ${lang}`);
        found.push(...(await flawsOf(page)).map((flaw) => `${name}: ${flaw}`));
      }
    assert.deepEqual(found, []);
  });

function ask(open: Gallery, { ask: askFor }: Look, language: Language) {
  return askFor(open, (visitor) => {
    visitor.cookies.set('language', language);
    return visitor;
  });
}
