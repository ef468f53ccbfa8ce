import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chineseSkipReason, skipReason } from '#tests/browser';
import { guestIn } from './guest.ts';
import { type Owner, owner } from './owner.ts';
import { linkLine, signUp } from './person.ts';

/** Of the demonstration's family: the second has 5 GB of the 20 GB that both share, has nothing else left, and used 0.4 GB of it. */
const PARENT = '+12065550153';
const CHILD = '+12065550154';

const textOf = ({ page }: Pick<Owner, 'page'>): Promise<string> => page.locator('main').innerText();

/** Types a size on the page of the line's share. */
async function type({ page, id }: Owner, size: string): Promise<void> {
  await page.goto(`/line/${id}/share`);
  await page.locator('#share').fill(size);
  await page.locator('form:has(#share) button').click();
}

test('the owner of a family caps the child’s line, which is told of its share, sees when that is used up, and cannot raise it [SIM-4]', {
  skip: skipReason,
}, async (t) => {
  const parent = await owner(t, CHILD, { javaScript: false });
  const { page, id } = parent;
  await page.goto('/lines');
  await page.locator(`a[href="/line/${id}/share"]`).click();
  assert.match(await textOf(parent), /At most 5\sGB of each package[\s\S]*Family pack 20 GB[\s\S]*4\.6\sGB of its 5\sGB left/);
  assert.match(await textOf(parent), /The other lines[\s\S]*\+1 206 555 0153[\s\S]*No limit of its own/);
  await parent.look();

  const child = { ...(await guestIn(parent.house, parent.browser)), id };
  await signUp(child, 'child@example.org');
  await linkLine(child, CHILD, '+1 206 555 0154');
  await child.page.goto(`/line/${id}`);
  assert.doesNotMatch(await textOf(child), /share (of the .*)?is used up/);
  await child.page.locator(`a[href="/line/${id}/share"]`).click();
  assert.match(await textOf(child), /4\.6\sGB of its 5\sGB left[\s\S]*The owner of the account sets the limit/);
  assert.equal(await child.page.locator('main form').count(), 0, 'a user sets nothing');
  await child.look();
  const { status, text } = await post(child, { choice: 'none' });
  assert.deepEqual([status, /This is for the owner of the line/.test(text)], [403, true]);

  await type(parent, '0.3 GB');
  await page.waitForURL('**/share?done=share_set');
  assert.match(await textOf(parent), /At most 300\sMB of each package[\s\S]*You can raise it[\s\S]*nothing left of its 300\sMB/);
  await child.page.goto(`/line/${id}`);
  assert.equal(await child.page.locator('h1').innerText(), 'Your share of the data is used up');
  assert.match(await textOf(child), /the other lines go on\. The owner of the account can raise it/);
  assert.doesNotMatch(await textOf(child), /[Dd]ata used up/);
  await child.look();

  await page.goto(`/line/${id}`);
  await page.getByRole('link', { name: 'Raise the share' }).click();
  await page.locator('button[name=choice][value="10000000000"]').click();
  await page.waitForURL('**/share?done=share_set');
  await child.page.reload();
  assert.match(await textOf(child), /your share: 9\.6\sGB of 10\sGB/);
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
    await parent.look();
  }
});
