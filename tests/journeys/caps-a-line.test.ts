import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chineseSkipReason, skipReason } from '#tests/browser';
import { guestIn } from './guest.ts';
import { type Owner, owner } from './owner.ts';
import { linkLine, signUp } from './person.ts';

/** Slowed down, with an owner who keeps a card; and a line that joins its account. */
const CHILD = '+12065550143';
const OTHER = '+12065550103';
/** Of the demonstration's family on one account. */
const PARENT = '+12065550153';

const textOf = ({ page }: Pick<Owner, 'page'>): Promise<string> => page.locator('main').innerText();

/** Types a size on the page of the line's share. */
async function type({ page, id }: Owner, size: string): Promise<void> {
  await page.goto(`/line/${id}/share`);
  await page.locator('#share').fill(size);
  await page.locator('form:has(#share) button').click();
}

test('the owner of an account caps the child’s line, which is told of its share, sees when that is used up, and cannot raise it [SIM-4]', {
  skip: skipReason,
}, async (t) => {
  const parent = await owner(t, CHILD, { javaScript: false });
  const { page, id, house } = parent;
  const child = { ...(await guestIn(house, parent.browser)), id };
  await signUp(child, 'child@example.org');
  await linkLine(child, CHILD, '+1 206 555 0143');
  assert.match(await child.page.getByRole('status').innerText(), /It has an owner/);
  assert.equal((await house.everline('join', OTHER, '--to', CHILD)).exitCode, 0);
  await page.goto(`/line/${id}`);
  await page.locator('button[name=item][value="pack:pack-family-20gb"]').click();
  await page.locator('form:has(input[type=radio]) button.main').click();
  await page.waitForURL('**/o/*');

  await page.goto('/lines');
  await page.locator(`a[href="/line/${id}/share"]`).click();
  assert.match(await textOf(parent), /No limit of its own[\s\S]*Family pack 20 GB[\s\S]*20\sGB of 20\sGB left for all/);
  assert.match(await textOf(parent), /The other lines[\s\S]*\+1 206 555 0103[\s\S]*No limit of its own/);
  await type(parent, '2,5');
  await page.waitForURL('**/share?done=share_set');
  assert.match(await textOf(parent), /At most 2\.5\sGB of each package[\s\S]*2\.5\sGB of its 2\.5\sGB left/);

  await child.page.goto(`/line/${id}`);
  assert.match(await textOf(child), /your share: 2\.5\sGB of 2\.5\sGB/);
  assert.doesNotMatch(await textOf(child), /share (of the .*)?is used up/);
  await child.page.locator(`a[href="/line/${id}/share"]`).click();
  assert.match(await textOf(child), /2\.5\sGB of its 2\.5\sGB left[\s\S]*The owner of the account sets the limit/);
  assert.equal(await child.page.locator('main form').count(), 0, 'a user sets nothing');
  await child.look();
  const { status, text } = await post(child, { choice: 'none' });
  assert.deepEqual([status, /This is for the owner of the line/.test(text)], [403, true]);

  await type(parent, '0');
  await page.waitForURL('**/share?done=share_set');
  assert.match(await textOf(parent), /You can raise it[\s\S]*20\sGB of 20\sGB left for all/);
  await child.page.goto(`/line/${id}`);
  assert.equal(await child.page.locator('h1').innerText(), 'Your share of the data is used up');
  assert.match(await textOf(child), /the other lines go on\. The owner of the account can raise it/);
  await child.look();

  await page.goto(`/line/${id}`);
  await page.getByRole('link', { name: 'Raise the share' }).click();
  await page.locator('button[name=choice][value="10000000000"]').click();
  await page.waitForURL('**/share?done=share_set');
  await child.page.reload();
  assert.match(await textOf(child), /your share: 10\sGB of 10\sGB/);
  await page.locator('button[name=choice][value=none]').click();
  await page.waitForURL('**/share?done=share_removed');
  assert.match(await textOf(parent), /No limit of its own: all that is left/);
});

/** A form that the page does not offer. */
async function post({ page, id }: Pick<Owner, 'page' | 'id'>, form: Record<string, string>): Promise<{ status: number; text: string }> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(`/line/${id}/share`, { form, headers: { origin } });
  return { status: answer.status(), text: await answer.text() };
}

test('a size that is none is refused in the reader’s language with what to do next, and stays as it was typed [SIM-4, CH-1]', {
  skip: chineseSkipReason,
}, async (t) => {
  for (const [locale, typed, says] of [
    ['en-US', 'half of it', /“half of it” is not a size of data\. Write it in GB/],
    ['en-US', '1,000', /“1,000” is not a size of data/],
    ['es-ES', '5000', /Elige un tamaño de 0 a 1\sTB, o quita el límite/],
    ['zh-CN', '一半', /“一半”不是流量大小。请以 GB 填写/],
    ['zh-TW', '-1', /「-1」不是流量大小。請以 GB 填寫/],
  ] as const) {
    const parent = await owner(t, PARENT, { locale, javaScript: locale === 'en-US' });
    await type(parent, typed);
    assert.match(await parent.page.getByRole('alert').innerText(), says);
    assert.equal(await parent.page.locator('#share').inputValue(), typed);
    if (locale === 'en-US') await parent.look();
  }
});
