import assert from 'node:assert/strict';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { bareCheckout } from './bare-checkout.ts';

test('words, standard input and output pass through as they are', async (t) => {
  const checkout = bareCheckout(t);
  const { code, stdout } = await checkout.run(['echo', '--json', 'a b', ''], { input: 'hello' });
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), { words: ['--json', 'a b', ''], input: 'hello', pinned: null });
});

test('the exit code is that of the program', async (t) => {
  const checkout = bareCheckout(t);
  assert.equal((await checkout.run(['exit', '3'])).code, 3);
  assert.equal((await checkout.run(['exit', '0'])).code, 0);
});

test('the program runs on the Node that package-lock.json pins, where there is one', async (t) => {
  const checkout = bareCheckout(t);
  await checkout.run(['exit', '0']);
  const pinned = `node_modules/node-${process.platform}-${process.arch}/bin/node`;
  checkout.write(pinned, `#!/bin/sh\nPINNED=yes exec ${process.execPath} "$@"\n`, 0o755);
  assert.equal(JSON.parse((await checkout.run(['echo'])).stdout).pinned, 'yes');
});

test('the command line is linked where npx looks, and runs from there', async (t) => {
  const checkout = bareCheckout(t);
  await checkout.run(['exit', '0']);
  const link = join(checkout.root, 'node_modules/.bin/everline');
  assert.equal(readlinkSync(link), '../../apps/everline.mjs');
  assert.equal((await checkout.run(['exit', '5'], { file: link })).code, 5);
});

test('a program that this checkout lacks is named', async (t) => {
  const checkout = bareCheckout(t);
  const { code, stderr } = await checkout.run(['check']);
  assert.equal(code, 1);
  assert.match(stderr, /tools\/check\.ts is missing from this checkout/);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} reaches the program once, however often it is sent at once, and its exit code comes back`, async (t) => {
    const checkout = bareCheckout(t);
    const running = checkout.start(['wait']);
    await running.says('ready');
    running.child.kill(signal);
    await wait(5);
    running.child.kill(signal);
    const { code, stdout } = await running.ended;
    assert.equal(code, 7);
    assert.match(stdout, new RegExp(`told ${signal}\\n`));
  });
}

test('a bootstrap that is killed outright leaves no program behind', async (t) => {
  const checkout = bareCheckout(t);
  const running = checkout.start(['wait']);
  await running.says('ready');
  running.child.kill('SIGKILL');
  // The pipes close only when the program, too, is gone.
  const { signal, stdout } = await running.ended;
  assert.equal(signal, 'SIGKILL');
  assert.match(stdout, /told SIGTERM/);
});

test('npm sends a signal to its shell alone: the program ends when that shell is gone', async (t) => {
  const checkout = bareCheckout(t);
  const running = checkout.start(['wait'], { shell: true });
  await running.says('ready');
  running.child.kill('SIGTERM');
  const { signal, stdout } = await running.ended;
  assert.equal(signal, 'SIGTERM');
  assert.match(stdout, /told SIGTERM/);
});
