/** Starts the client that is none of ours. It is installed once for each machine, in a folder beside other temporary ones. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const FOLDER = join(tmpdir(), `everline-python-diameter-0.9.0-${process.getuid?.() ?? 0}`);
const INSTALL_MS_MAX = 90_000;

/** The Python that has it; or why there is none, for a test to skip with. */
export function findForeignClient(): { readonly python: string } | { readonly absent: string } {
  const python = join(FOLDER, 'bin/python');
  if (existsSync(python)) return { python };
  // Made aside and moved, so that two tests at once never see half of it.
  const aside = `${FOLDER}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    const run = (program: string, words: readonly string[]) =>
      spawnSync(program, words, { timeout: INSTALL_MS_MAX, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const made = run('python3', ['-m', 'venv', aside]);
    if (made.status !== 0) return { absent: `no Python that makes virtual environments (${made.error?.message ?? made.stderr.trim()})` };
    const requirements = join(import.meta.dirname, 'python-diameter.txt');
    const words = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--no-deps', '--require-hashes', '-r', requirements];
    const installed = run(join(aside, 'bin/python'), words);
    if (installed.status !== 0) return { absent: `python-diameter cannot be installed: ${installed.stderr.trim().split('\n').at(-1)}` };
    if (!existsSync(FOLDER)) renameSync(aside, FOLDER);
    return { python };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

export type Told = Readonly<Record<string, unknown>>;
export type ForeignClient = {
  /** Asks and gives the answer, AVPs by name. */
  ask(request: Told): Promise<Told>;
  /** What the other side asked it next. */
  heard(): Promise<Told>;
  stop(): Promise<void>;
};

export type ClientOptions = {
  readonly python: string;
  readonly port: number;
  readonly peer: { readonly originHost: string; readonly realm: string };
  readonly originHost: string;
  readonly realm: string;
};

export async function startForeignClient({ python, port, peer, originHost, realm }: ClientOptions): Promise<ForeignClient> {
  const words = ['127.0.0.1', `${port}`, peer.originHost, peer.realm, originHost, realm];
  const child = spawn(python, [join(import.meta.dirname, 'foreign_client.py'), ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stderr.on('data', (octets: Buffer) => errors.push(`${octets}`));
  const [answers, requests] = [createInbox(), createInbox()];
  child.once('exit', () => {
    for (const inbox of [answers, requests]) inbox.fail(new Error(`the foreign client ended: ${errors.join('')}`));
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as Told;
    (told['heard'] === undefined ? answers : requests).put(told);
  });
  await answers.next();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answers.next();
    },
    heard: () => requests.next(),
    stop: () => stop(child),
  };
}

function createInbox() {
  const came: Told[] = [];
  const waiting: { resolve(told: Told): void; reject(error: Error): void }[] = [];
  return {
    put(told: Told) {
      const first = waiting.shift();
      if (first === undefined) came.push(told);
      else first.resolve(told);
    },
    fail(error: Error) {
      for (const one of waiting.splice(0)) one.reject(error);
    },
    next(): Promise<Told> {
      const first = came.shift();
      return first === undefined ? new Promise((resolve, reject) => waiting.push({ resolve, reject })) : Promise.resolve(first);
    },
  };
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
