import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { chooseGroups } from './choose-groups.ts';
import type { FilesReport } from './run-files.ts';

type Ending = { after(work: () => void): void };

function sample(t: Ending, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'everline-test-run-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `import { test } from 'node:test';\n${content}`);
  }
  return root;
}

/** In a process that is no test itself: Node refuses to run tests from within a test. */
function report(root: string, files: readonly string[], fileMsMax = 60_000): FilesReport & { readonly printed: string } {
  const module = JSON.stringify(join(import.meta.dirname, 'run-files.ts'));
  const options = `{ root: ${JSON.stringify(root)}, fileMsMax: ${fileMsMax}, print: (line) => console.error(line) }`;
  const script = `import { runFiles } from ${module};\nconsole.log(JSON.stringify(await runFiles(${JSON.stringify(files)}, ${options})));`;
  writeFileSync(join(root, 'run.mjs'), script);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'run.mjs')], { encoding: 'utf8', env });
  return { ...(JSON.parse(stdout) as FilesReport), printed: stderr };
}

test('good and bad tests are counted, and a bad one is told with its place and reason', (t) => {
  const root = sample(t, {
    'a.test.ts': "test('good', () => {});\ntest('bad', () => { throw new Error('it broke'); });",
    'b.test.ts': "test('outer', async (t) => { await t.test('inner bad', () => { throw new Error('deep'); }); });",
  });
  const { passed, failed, printed } = report(root, ['a.test.ts', 'b.test.ts']);
  assert.deepEqual({ passed, failed }, { passed: 1, failed: 2 });
  assert.match(printed, /✖ a\.test\.ts {2}1 good, 1 bad .+\n {8}✖ bad \(line 3\)\n {12}Error: it broke/);
  assert.match(printed, /inner bad/);
});

test('a skipped test is told with its reason, and is neither good nor bad', (t) => {
  const root = sample(t, { 'a.test.ts': "test('needs a browser', { skip: 'no Chromium here' }, () => {});" });
  const { passed, failed, skipped } = report(root, ['a.test.ts']);
  assert.deepEqual({ passed, failed }, { passed: 0, failed: 0 });
  assert.deepEqual(skipped, [{ name: 'needs a browser', reason: 'no Chromium here', file: 'a.test.ts' }]);
});

const WRONG_ENDS: Readonly<Record<string, readonly [source: string, says: RegExp]>> = {
  'ends the process with an error': ["console.log('last words'); process.exit(3);", /exit code 3[\s\S]*\| last words/],
  'ends the process as if all were well': ["test('x', () => process.exit(0));", /it holds no test, or ended before them/],
  'cannot be read': ['const = 1;', /exit code 1[\s\S]*SyntaxError/],
  'holds no test': ['', /it holds no test, or ended before them/],
  'throws after its tests': ["test('fine', () => { setTimeout(() => { throw new Error('after the end'); }, 50); });", /after the end/],
  'is killed': ["test('x', () => process.kill(process.pid, 'SIGKILL'));", /it ended with SIGKILL/],
};

for (const [what, [source, says]] of Object.entries(WRONG_ENDS)) {
  test(`a file that ${what} is a failure`, (t) => {
    const { failed, printed } = report(sample(t, { 'a.test.ts': source }), ['a.test.ts']);
    assert.equal(failed, 1, printed);
    assert.match(printed, says);
  });
}

test('a file that hangs is ended, with what it started', (t) => {
  const hangs = "import { spawn } from 'node:child_process';\nspawn('sleep', ['600'], { stdio: 'inherit' });\ntest('x', () => {});";
  const root = sample(t, { 'hangs.test.ts': hangs });
  // Returns only when nobody holds the file's output any more.
  const { passed, failed, printed } = report(root, ['hangs.test.ts'], 1500);
  assert.deepEqual({ passed, failed }, { passed: 1, failed: 1 });
  assert.match(printed, /it was ended after 1\.5 s/);
});

test('every folder of tests is a group, the slow ones last', (t) => {
  const files = [
    'domain/x/a.test.ts',
    'platform/y/b.test.ts',
    'tests/journeys/c.test.ts',
    'tests/accounts/d.test.ts',
    'node_modules/z/e.test.ts',
    'channels/web/build/f.test.ts',
  ];
  const root = sample(t, Object.fromEntries(files.map((file) => [file, ''])));
  const names = (only: string[], paths: string[]): string[] => chooseGroups(root, { only, paths }).map(({ name }) => name);
  assert.deepEqual(names([], []), ['platform', 'domain', 'accounts', 'journeys']);
  assert.deepEqual(names(['journeys'], []), ['journeys']);
  assert.deepEqual(names([], ['domain/x']), ['domain']);
  assert.deepEqual(names([], ['nowhere']), []);
});
