import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bareCheckout } from './bare-checkout.ts';

const INSTALLING = /installing packages/;

test('packages are installed when absent, told in one line, and not again', async (t) => {
  const checkout = bareCheckout(t);
  const first = await checkout.run(['exit', '0']);
  assert.equal(first.code, 0);
  assert.match(first.stderr, INSTALLING);
  assert.equal(first.stderr.trim().split('\n').length, 1, first.stderr);
  const second = await checkout.run(['exit', '0']);
  assert.equal(second.stderr, '');
});

test('packages are installed again when package-lock.json changed', async (t) => {
  const checkout = bareCheckout(t);
  await checkout.run(['exit', '0']);
  checkout.lock('1.0.1');
  // Of a lock without packages, npm's own record is all there is to compare; without it the stamp decides.
  rmSync(join(checkout.root, 'node_modules/.package-lock.json'), { force: true });
  assert.match((await checkout.run(['exit', '0'])).stderr, /no longer match package-lock\.json/);
  assert.equal((await checkout.run(['exit', '0'])).stderr, '');
});

test('an installation cut short is done again', async (t) => {
  const checkout = bareCheckout(t);
  checkout.write('node_modules/half/package.json', '{}');
  assert.match((await checkout.run(['exit', '0'])).stderr, INSTALLING);
  assert.equal(existsSync(join(checkout.root, 'node_modules/half')), false);
});

test('what npm installed by hand is taken as it is, when it is what the lock says', async (t) => {
  const checkout = bareCheckout(t);
  const entry = { version: '1.2.3', integrity: 'sha512-x' };
  const foreign = { version: '1.0.0', optional: true, os: ['plan9'] };
  const lock = { lockfileVersion: 3, packages: { '': {}, 'node_modules/one': entry, 'node_modules/other-machine': foreign } };
  checkout.write('package-lock.json', JSON.stringify(lock));
  checkout.write('node_modules/one/package.json', '{}');
  checkout.write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/one': entry } }));
  const { code, stderr } = await checkout.run(['exit', '0']);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
});

test('what npm installed by hand in another version is replaced', async (t) => {
  const checkout = bareCheckout(t);
  const lock = {
    name: 'bare',
    lockfileVersion: 3,
    packages: { '': { name: 'bare' }, 'node_modules/one': { version: '1.2.3', optional: true } },
  };
  checkout.write('package-lock.json', JSON.stringify(lock));
  checkout.write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/one': { version: '1.2.2' } } }));
  assert.match((await checkout.run(['exit', '0'])).stderr, INSTALLING);
});

test('when npm fails, its words are shown and the exit code is 1', async (t) => {
  const checkout = bareCheckout(t);
  checkout.write('package.json', JSON.stringify({ name: 'bare', version: '1.0.0', dependencies: { pg: '8.23.1' } }));
  const { code, stderr } = await checkout.run(['exit', '0']);
  assert.equal(code, 1);
  assert.match(stderr, /npm error/);
  assert.match(stderr, /npm could not install the packages/);
});

test('of two commands started at once one installs and the other waits for it', async (t) => {
  const checkout = bareCheckout(t);
  const both = await Promise.all([checkout.run(['exit', '4']), checkout.run(['exit', '4'])]);
  assert.deepEqual(
    both.map((ended) => ended.code),
    [4, 4],
  );
  const said = both.map((ended) => ended.stderr).join('');
  assert.equal(said.match(new RegExp(INSTALLING, 'g'))?.length, 1, said);
});

test('a lock left by a command that died is not waited for', async (t) => {
  const checkout = bareCheckout(t);
  // No process has number 1 and this start; one that holds the number now is another.
  checkout.write('.everline/bootstrap.lock', '1 1');
  const { code, stderr } = await checkout.run(['exit', '0']);
  assert.equal(code, 0);
  assert.doesNotMatch(stderr, /waiting/);
});
