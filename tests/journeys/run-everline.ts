/** The program as people run it: a process with an environment of its own, never this process's installation. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** What `npx everline` enters once packages and pages are there. */
const PROGRAM = join(ROOT, 'apps/everline.ts');
/** What of our own environment would lead to somebody's installation. */
const FOREIGN =
  /^(EVERLINE_.*|DATABASE_URL|PUBLIC_URL|PORT|TRUSTED_PROXIES|SMTP_URL|MAIL_FROM|STRIPE_.*|PG.*|NODE_TEST_CONTEXT|LANG|LC_.*|npm_.*)$/;
const READY_MS_MAX = 180_000;
const END_MS_MAX = 60_000;

export type Environment = Readonly<Record<string, string>>;
export type Ended = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export type StartedEverline = {
  readonly pid: number;
  /** All that was printed until it was ready. */
  readonly printed: string;
  /** By the words of the table it prints: 'self-care', 'payment simulator', … */
  readonly addresses: Readonly<Record<string, string>>;
  /** Ends it as Ctrl-C does; gives its exit code (128 + n by signal n). */
  stop(signal?: NodeJS.Signals): Promise<number>;
};

/** A home for one installation, which the database's own user can reach. */
export function newHome(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'everline-journey-'));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

function environmentOf(environment: Environment): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  // Figures stand still in a test unless it wants them to move.
  return { ...Object.fromEntries(own), LC_ALL: 'en_US.UTF-8', EVERLINE_TRAFFIC: 'off', ...environment };
}

/** Runs one command to its end. `onOutput` hears all that was printed so far, whenever something is. */
export async function runEverline(
  words: readonly string[],
  environment: Environment,
  onOutput: (stdout: string) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    cwd: ROOT,
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, exitCode] = await Promise.all([textOf(child.stdout, onOutput), textOf(child.stderr), endOf(child)]);
  return { exitCode, stdout, stderr };
}

/** Starts the house and waits until it says that it is ready; throws with what it said when it ends before. */
export async function startEverline(
  environment: Environment,
  words: readonly string[] = [],
  program: string = PROGRAM,
  onOutput: (printed: string, kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<StartedEverline> {
  const child = spawn(process.execPath, [program, 'start', ...words], {
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = endOf(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      onOutput(printed, (signal) => child.kill(signal));
    });
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', () => printed.includes('Ctrl-C ends it.') && resolve());
  });
  const how = await Promise.race([ready, ended, after(READY_MS_MAX)]);
  if (how !== undefined || child.pid === undefined) {
    child.kill('SIGKILL');
    throw new Error(`everline start ${how === 'late' ? 'is not ready in time' : `ended with ${how}`}:\n${printed}`);
  }
  return { pid: child.pid, printed, addresses: addressesIn(printed), stop: (signal = 'SIGINT') => stop(child, ended, signal) };
}

async function stop(child: ChildProcess, ended: Promise<number>, signal: NodeJS.Signals): Promise<number> {
  child.kill(signal);
  const how = await Promise.race([ended, after(END_MS_MAX)]);
  if (how !== 'late') return how;
  child.kill('SIGKILL');
  throw new Error(`everline does not end after ${signal}`);
}

function addressesIn(printed: string): Readonly<Record<string, string>> {
  const rows = [...printed.matchAll(/^ {2}([A-Za-z].*?) {2,}(https?:\/\/\S+)$/gm)];
  return Object.fromEntries(rows.map(([, what = '', where = '']) => [what, where]));
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 143)));
  });
}

async function textOf(stream: NodeJS.ReadableStream, onText: (text: string) => void = () => {}): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += String(chunk);
    onText(text);
  }
  return text;
}

function after(ms: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), ms).unref());
}
