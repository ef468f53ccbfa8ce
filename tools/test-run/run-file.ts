/**
 * One test file in a process of its own, which is ended when it hangs: node:test's own runner waits for ever for a file
 * that keeps something open. What its tests say comes by a pipe of its own (report-lines.mjs).
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const REPORTER = join(import.meta.dirname, 'report-lines.mjs');
/** Of what a file printed, this much is told when it fails. */
const PRINTED_MAX = 20_000;
const GRACE_MS = 5_000;

export type Failure = { readonly name: string; readonly line?: number; readonly reason: string };
export type Skip = { readonly name: string; readonly reason: string };

export type FileReport = {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly skipped: readonly Skip[];
  readonly printed: string;
  readonly seconds: number;
};

export type RunFileOptions = { readonly root: string; readonly msMax: number; readonly signal?: AbortSignal | undefined };

type Line =
  | { readonly kind: 'pass'; readonly name: string; readonly isSuite: boolean; readonly skip?: string | boolean }
  | ({ readonly kind: 'fail' } & Failure)
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'inner' | 'end' };

/** `file` is relative to `options.root`. */
export async function runFile(file: string, options: RunFileOptions): Promise<FileReport> {
  const startedAt = performance.now();
  const lines: Line[] = [];
  let printed = '';
  const child = spawn(process.execPath, ['--test-reporter', REPORTER, join(options.root, file)], {
    cwd: options.root,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that what it started can be ended with it.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-PRINTED_MAX);
    });
  }
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => lines.push(JSON.parse(line) as Line));
  const ended = new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const how = await endedInTime(ended, child.pid ?? 0, options);
  const { passed, failures, skipped } = count(lines);
  const wrong = wrongEnd(how, lines, failures.length);
  return {
    file,
    passed,
    failures: wrong === undefined ? failures : [...failures, { name: 'the file as a whole', reason: wrong }],
    skipped,
    printed: [...lines.flatMap((line) => (line.kind === 'note' ? [line.text] : [])), printed.trimEnd()].join('\n').trim(),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

async function endedInTime(ended: Promise<string>, pid: number, { msMax, signal }: RunFileOptions): Promise<string> {
  const kill = (how: NodeJS.Signals): void => {
    try {
      process.kill(-pid, how);
    } catch {
      // It is gone.
    }
  };
  let reason: string | undefined;
  let hard: NodeJS.Timeout | undefined;
  const end = (why: string): void => {
    reason ??= why;
    kill('SIGTERM');
    hard ??= setTimeout(() => kill('SIGKILL'), GRACE_MS);
  };
  const late = setTimeout(() => end(`it was ended after ${msMax / 1000} s`), msMax);
  const abort = (): void => end('it was stopped');
  signal?.addEventListener('abort', abort);
  const how = await ended;
  clearTimeout(late);
  clearTimeout(hard);
  signal?.removeEventListener('abort', abort);
  return reason ?? how;
}

function count(lines: readonly Line[]): Pick<FileReport, 'passed' | 'failures' | 'skipped'> {
  const isSkipped = (line: Line): boolean => line.kind === 'pass' && line.skip !== undefined && line.skip !== false;
  return {
    passed: lines.filter((line) => line.kind === 'pass' && !line.isSuite && !isSkipped(line)).length,
    failures: lines.filter((line) => line.kind === 'fail'),
    skipped: lines.flatMap((line) =>
      line.kind === 'pass' && isSkipped(line)
        ? [{ name: line.name, reason: typeof line.skip === 'string' ? line.skip : 'no reason given' }]
        : [],
    ),
  };
}

/** What is wrong with how a file ended, where its tests do not say it themselves. */
function wrongEnd(how: string, lines: readonly Line[], failures: number): string | undefined {
  const isWhole = lines.some(({ kind }) => kind === 'end') && lines.some(({ kind }) => kind === 'pass' || kind === 'fail');
  if (how === 'exit code 0' && !isWhole) return 'it holds no test, or ended before them';
  if (how === 'exit code 0' || (how === 'exit code 1' && failures > 0)) return undefined;
  return how.startsWith('it was') ? how : `it ended with ${how}`;
}
