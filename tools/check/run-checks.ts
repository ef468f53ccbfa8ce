/** Runs the checks two at a time and tells each as it ends: a line with its time, and, when it fails, all it said. */
import { spawn } from 'node:child_process';
import { CHECKS, type Check, ROOT } from './checks.ts';

const AT_ONCE = 2;

type Outcome = { readonly code: number | null; readonly output: string; readonly seconds: string };

export type ChecksReport = { readonly passed: number; readonly failed: number };

export type ChecksOptions = {
  /** Some of them; all when absent. */
  readonly names?: readonly string[];
  readonly print?: (line: string) => void;
  /** Ends the checks under way and starts no other. */
  readonly signal?: AbortSignal;
};

/** Throws when a name is not that of a check. */
export async function runChecks({ names = [], print = console.log, signal }: ChecksOptions = {}): Promise<ChecksReport> {
  const unknown = names.filter((name) => !CHECKS.some((check) => check.name === name));
  if (unknown.length > 0)
    throw new Error(`no check is called ${unknown.join(', ')}; there are ${CHECKS.map((check) => check.name).join(', ')}`);
  const waiting = CHECKS.filter((check) => names.length === 0 || names.includes(check.name));
  const ended: boolean[] = [];
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined && !signal?.aborted; check = waiting.shift()) {
      const absent = check.absent?.();
      if (absent === undefined) ended.push(tell(check, await run(check, signal), print));
      else print(`  - ${check.name.padEnd(10)}        ${absent}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { passed: ended.filter((good) => good).length, failed: ended.filter((good) => !good).length };
}

function tell(check: Check, outcome: Outcome, print: (line: string) => void): boolean {
  const good = outcome.code === 0;
  print(
    `  ${good ? '✔' : '✖'} ${check.name.padEnd(10)} ${outcome.seconds.padStart(5)} s  ${good ? check.proves : `does not hold: ${check.proves}`}`,
  );
  // A program may have something to say (a file grown long) without failing.
  if (outcome.output.trim() !== '' && (!good || check.name === 'tidy')) print(outcome.output.trimEnd().replace(/^/gm, '      '));
  return good;
}

async function run(check: Check, signal: AbortSignal | undefined): Promise<Outcome> {
  const startedAt = performance.now();
  let last = { code: 0 as number | null, output: '' };
  for (const words of check.steps) {
    last = await runStep(words, signal);
    if (last.code !== 0) break;
  }
  return { ...last, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) };
}

function runStep(words: readonly string[], signal: AbortSignal | undefined): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, {
      cwd: ROOT,
      // Colours would be told to a pipe; a CI variable changes how some of them talk.
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        output += text;
      });
    }
    // Also when it is stopped; then it closes without a code.
    child.on('error', (error) => {
      output += `${error.message}\n`;
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}
