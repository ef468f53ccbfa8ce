import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { chineseSkipReason, openBrowser, skipReason } from './index.ts';
import { unpackedChromium } from './unpack-chromium.ts';

test('a browser opens and shows a page', { skip: skipReason }, async (t) => {
  const browser = await openBrowser(t);
  const page = await browser.newPage();
  await page.setContent('<p>here</p>');
  assert.equal(await page.textContent('p'), 'here');
});

test('Chinese is drawn in its own glyphs, not in the boxes that stand for what no font has', { skip: chineseSkipReason }, async (t) => {
  const browser = await openBrowser(t);
  const page = await browser.newPage({ viewport: { width: 200, height: 100 } });
  const picture = async (text: string): Promise<string> => {
    await page.setContent(`<p style="font-size: 40px">${text}</p>`);
    return (await page.screenshot()).toString('base64');
  };
  assert.notEqual(await picture('中'), await picture('文'));
});

test('the browser from npm, for machines without one, is unpacked once and runs', async () => {
  const { path, libraries, fonts } = await unpackedChromium();
  assert.equal((await unpackedChromium()).path, path);
  const { stdout } = await promisify(execFile)(path, ['--version'], { env: { ...process.env, ...fonts, LD_LIBRARY_PATH: libraries } });
  assert.match(stdout, /^Chromium \d+/);
});
