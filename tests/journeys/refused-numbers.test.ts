import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest } from './guest.ts';

test('a number that cannot be read, or is not served here, is refused in words beside its field, and kept as it was typed [ID-6]', {
  skip: skipReason,
}, async (t) => {
  const somebody = await guest(t);
  const { page } = somebody;
  await page.goto('/');
  const number = page.locator('#number');
  const said: string[] = [];
  for (const typed of ['12', 'my phone', '+1 206 555 0199']) {
    await number.fill(typed);
    await page.locator('button.main').click();
    await page.getByRole('alert').waitFor();
    assert.equal(await number.inputValue(), typed);
    assert.equal(await number.getAttribute('aria-invalid'), 'true');
    said.push(await page.getByRole('alert').innerText());
  }
  for (const text of said) assert.match(text, /number/i);
  assert.notEqual(said[0], said[2], 'a number that is wrong and one that is not ours are told apart');
  await somebody.look();
});

test('an address that was made up or has grown old says so, and where to begin anew', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const { page } = somebody;
  for (const address of ['/l/made-up', '/review/made-up', '/o/made-up', '/o/made-up/receipt', '/nowhere']) {
    const answer = await page.goto(address);
    assert.ok([404, 410].includes(answer?.status() ?? 0), `${address} answers ${answer?.status()}`);
    assert.ok((await page.locator('main p').first().innerText()).length > 10);
    await page.locator('a.main').waitFor();
    await somebody.look();
  }
});
