/** The crash windows (tests/faults), run beside the torture so that the report has the counts of the same tree. */
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WINDOWS_FILE, type WindowsTried } from '#tests/faults';

export type WindowFigures = { readonly passed: boolean; readonly tried: readonly WindowsTried[] };

const FAULTS = join(import.meta.dirname, '../faults');

export async function tryAllWindows(): Promise<WindowFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'everline-windows-'));
  const file = join(folder, 'tried.jsonl');
  const files = globSync('*.test.ts', { cwd: FAULTS }).map((name) => join(FAULTS, name));
  const child = spawn(process.execPath, ['--test', '--test-concurrency=2', ...files], {
    env: { ...process.env, [WINDOWS_FILE]: file },
    stdio: 'ignore',
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return { passed: code === 0, tried: lines.filter((line) => line !== '').map((line) => JSON.parse(line) as WindowsTried) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
