/** The three pages that matter most, as a screen reader reads them from top to bottom: headings, links, buttons and fields, by role and name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, skipReason } from '#tests/browser';
import { openGallery } from './open-gallery.ts';
import { openShown, show } from './show-page.ts';

const SAID = /^\s*- '?(heading|link|button|radio|textbox|checkbox|group|img)(?: "((?:[^"\\]|\\.)*)")?/;

async function readAloud(page: Page): Promise<string[]> {
  const lines = (await page.locator('main').ariaSnapshot()).split('\n');
  return lines.flatMap((line) => {
    const [, role = '', name = ''] = SAID.exec(line) ?? [];
    return role === '' ? [] : [`${role} ${name}`.trim()];
  });
}

/** What stands higher on the screen than what is told before it: nothing is moved by style alone. */
const OUT_OF_ORDER = `[...document.querySelectorAll('main :is(h1,h2,a,button,input:not([type=hidden]))')]
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 80)]).filter(([box]) => box.height > 0)
  .filter(([box], place, all) => place > 0 && box.bottom <= all[place - 1][0].top).map(([, html]) => html)`;

/** What must be heard, in this order; more may stand between. */
const LINE = [
  'img 4.9 GB left of 7 GB',
  'heading Enough until the plan ends',
  /^button Renew Monthly 5 GB \$17\.51 incl\. tax \$2\.51 · new end .+ · Visa ending in 4242$/,
  'button 1 GB pack $6.47 30 days',
  'button 5 GB pack $14.19 30 days',
  'link Change plan',
  'heading On this line',
  'heading Add data',
  'heading Top up money',
  'button $10.00 pay $11.99',
  'textbox Another amount (USD)',
  'button Review',
  'heading Orders',
  'link Orders and receipts',
  'link Statements',
  'heading What happened',
  'link Help with this line',
];
const REVIEW = [
  'heading Review and pay',
  'heading What will change',
  'button Pay $15.00 from the balance $30.00 stays on the balance.',
  'group Pay with',
  'radio Visa ending in 4242',
  'radio Card',
  'radio PayPal',
  'checkbox Keep this method for next time',
  'textbox E-mail for the receipt (optional)',
  'button Pay $17.51',
  'link By paying you accept the terms of sale (2025-01).',
  'link Choose something else',
];
const ORDER = [/^heading Done: /, /^link Receipt US-\d+-\d+$/, 'link Back to the line'];

test('line, review and order are read from top to bottom as they stand, each thing by its name [SEE-1, PAY-3, FX-2, CH-1]', {
  skip: skipReason,
}, async (t) => {
  const gallery = await openGallery(t);
  const page = await openShown(await openBrowser(t));
  const visitor = gallery.signedIn();
  const line = `/line/${gallery.lines.active}`;
  const review = (await visitor.post(line, { item: 'renew' })).location;
  for (const [path, expected] of [
    [line, LINE],
    [review, REVIEW],
    [`/o/${gallery.orders.delivered}`, ORDER],
  ] as const) {
    await show(page, await visitor.get(path));
    const told = await readAloud(page);
    assert.deepEqual(
      told.filter((one) => !one.includes(' ')),
      [],
      `${path}: each has a name`,
    );
    let from = 0;
    for (const one of expected) {
      const place = told.findIndex((each, index) => index >= from && (typeof one === 'string' ? each === one : one.test(each)));
      assert.ok(place >= 0, `${path}: after ${told[from - 1]} comes ${one}, in ${told.join('\n')}`);
      from = place + 1;
    }
    assert.deepEqual(await page.evaluate(OUT_OF_ORDER), [], path);
  }
});
