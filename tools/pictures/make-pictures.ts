/**
 * `npx everline pictures`: the pictures of the README, taken of a small demonstration that is started for them and ended
 * after. `--all [folder]` takes every page of self-care in every state instead, to be looked at and not to be kept.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chineseSkipReason, openBrowser } from '#tests/browser';
import { startJourneyHouse } from '#tests/journeys';
import { takeAlbum } from './take-album.ts';
import { takeFew } from './take-few.ts';
import { useFonts } from './use-fonts.ts';

const ROOT = join(import.meta.dirname, '../..');
const FEW = join(ROOT, 'docs/pictures');
/** Ignored by git, as all data is. */
const ALBUM = join(ROOT, '.everline/pictures');

const { values, positionals } = parseArgs({ options: { all: { type: 'boolean' } }, allowPositionals: true });
if (positionals.length > (values.all ? 1 : 0)) throw new Error('usage: everline pictures [--all [folder]]');
if (chineseSkipReason !== undefined) throw new Error(`no pictures can be taken here: ${chineseSkipReason}`);
const endings: (() => Promise<void> | void)[] = [];
try {
  const { named, stop } = await startJourneyHouse();
  endings.push(stop);
  useFonts(named.home);
  const browser = await openBrowser({ after: (end) => endings.push(end) });
  await (values.all ? takeAlbum(browser, named, positionals[0] ?? ALBUM) : takeFew(browser, named, FEW));
} finally {
  for (const end of endings.reverse()) await end();
}
