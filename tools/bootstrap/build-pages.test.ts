import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BareCheckout, bareCheckout } from './bare-checkout.ts';

const BUILDING = /building the pages/;
const built = (checkout: BareCheckout): string => readFileSync(join(checkout.root, 'channels/web/build/index.js'), 'utf8');

async function installed(t: { after(work: () => void): void }): Promise<BareCheckout> {
  const checkout = bareCheckout(t);
  checkout.write('tests/run.ts', '');
  await checkout.run(['exit', '0']);
  return checkout;
}

test('the pages are built once for each content of their sources', async (t) => {
  const checkout = await installed(t);
  checkout.addPages('one');
  assert.match((await checkout.run(['start'])).stderr, BUILDING);
  assert.equal(built(checkout), 'one');
  assert.equal((await checkout.run(['test'])).stderr, '');
  checkout.addPages('two');
  assert.match((await checkout.run(['test'])).stderr, BUILDING);
  assert.equal(built(checkout), 'two');
});

test('a change of the messages builds the pages anew; one of a test or a README does not', async (t) => {
  const checkout = await installed(t);
  checkout.addPages('one');
  await checkout.run(['start']);
  checkout.write('channels/web/home.test.ts', 'changed');
  checkout.write('platform/messages/README.md', 'changed');
  assert.equal((await checkout.run(['start'])).stderr, '');
  checkout.write('platform/messages/en.ts', 'changed');
  assert.match((await checkout.run(['start'])).stderr, BUILDING);
});

test('a command that shows no pages builds none', async (t) => {
  const checkout = await installed(t);
  checkout.addPages('one');
  await checkout.run(['exit', '0']);
  assert.equal(existsSync(join(checkout.root, 'channels/web/build')), false);
});

test('a failed build says why and leaves the last good one standing', async (t) => {
  const checkout = await installed(t);
  checkout.addPages('good');
  await checkout.run(['start']);
  checkout.addPages('broken');
  const { code, stderr } = await checkout.run(['start']);
  assert.equal(code, 1);
  assert.match(stderr, /page\.txt:1 is broken/);
  assert.match(stderr, /the pages could not be built/);
  assert.equal(built(checkout), 'good');
  assert.equal(existsSync(join(checkout.root, 'channels/build')), false);
});
