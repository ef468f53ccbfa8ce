import assert from 'node:assert/strict';
import { chmodSync, cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chooseRunner } from '../../platform/postgres/choose-runner.ts';
import { execute } from '../../platform/postgres/execute.ts';
import { findBinaries } from '../../platform/postgres/find-binaries.ts';
import { missingLinks } from '../../platform/postgres/repair-links.ts';
import { shareBinaries } from '../../platform/postgres/share-binaries.ts';
import { IS_ROOT, temporaryFolder } from './index.ts';

/** The package as npm leaves it when it runs no install scripts: without a single symbolic link. */
function freshPackage(folder: string): string {
  const native = findBinaries(undefined).native ?? '';
  const copy = join(folder, 'package/native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  cpSync(join(native, '../package.json'), join(folder, 'package/package.json'));
  for (const { target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[])
    rmSync(join(folder, 'package', target));
  return copy;
}

test('missing .so links are made again (trap: npm ran no postinstall)', async (t) => {
  const folder = temporaryFolder(t);
  const native = freshPackage(folder);
  assert.ok(missingLinks(native).length > 0);
  const broken = await execute(join(native, 'bin/postgres'), ['--version'], undefined);
  assert.match(broken.output, /error while loading shared libraries/);
  const bin = shareBinaries({ bin: join(native, 'bin'), native }, undefined, join(folder, 'shelter'));
  assert.equal(bin, join(native, 'bin'));
  assert.equal((await execute(join(bin, 'postgres'), ['--version'], undefined)).exitCode, 0);
});

test('programs that the server cannot reach, or read, are copied to where it can (trap: node_modules below /root, umask 077)', {
  skip: !IS_ROOT && 'not root',
}, async (t) => {
  const folder = temporaryFolder(t);
  const native = freshPackage(folder);
  const runner = chooseRunner(folder);
  const shelter = join(folder, 'shelter');
  for (const hide of [
    () => chmodSync(join(folder, 'package'), 0o700),
    () => chmodSync(join(native, 'share/postgresql/postgres.bki'), 0o600),
  ]) {
    hide();
    const bin = shareBinaries({ bin: join(native, 'bin'), native }, runner, shelter);
    assert.ok(bin.startsWith(shelter));
    const { exitCode, output } = await execute(join(bin, 'initdb'), ['--version'], runner);
    assert.equal(exitCode, 0, output);
    chmodSync(join(folder, 'package'), 0o755);
  }
});

test('a machine without the package, or a folder without PostgreSQL, is told what to do', () => {
  assert.throws(() => findBinaries('/nowhere'), { code: 'binaries_missing', message: /There is no PostgreSQL in \/nowhere/ });
});
