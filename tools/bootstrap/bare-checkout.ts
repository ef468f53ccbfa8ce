// A checkout as small as one can be: the real bootstrap, no packages, and programs that say what they were given.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PROJECT = join(import.meta.dirname, '../..');

const PROGRAM = `
import { writeSync } from 'node:fs';
const [command, ...words] = process.argv.slice(2);
if (command === 'echo') {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  console.log(JSON.stringify({ words, input, pinned: process.env['PINNED'] ?? null }));
} else if (command === 'exit') process.exit(Number(words[0]));
else if (command === 'wait') {
  const told: string[] = [];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => told.push(signal));
  const timer = setInterval(() => {
    if (told.length === 0) return;
    clearInterval(timer);
    setTimeout(() => { writeSync(1, 'told ' + told.join(' ') + '\\n'); process.exit(7); }, 300);
  }, 20);
  writeSync(1, 'ready ' + process.pid + '\\n');
}
`;

const VITE = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
const here = dirname(process.argv[process.argv.indexOf('--config') + 1]);
const page = readFileSync(here + '/page.txt', 'utf8');
if (page === 'broken') { console.error('page.txt:1 is broken'); process.exit(1); }
mkdirSync(here + '/build', { recursive: true });
writeFileSync(here + '/build/index.js', page);
`;

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

type RunOptions = { readonly input?: string; readonly file?: string; readonly shell?: boolean };

export type Running = {
  readonly child: ChildProcess;
  /** Resolves once the text was printed. */
  says(text: string): Promise<void>;
  /** What it printed so far. */
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<Ended>;
};

export class BareCheckout {
  readonly root = mkdtempSync(join(tmpdir(), 'everline-checkout-'));

  constructor() {
    cpSync(join(PROJECT, 'tools/bootstrap'), join(this.root, 'tools/bootstrap'), { recursive: true });
    cpSync(join(PROJECT, 'apps/everline.mjs'), join(this.root, 'apps/everline.mjs'));
    this.write('apps/everline.ts', PROGRAM);
    this.write('package.json', JSON.stringify({ name: 'bare', version: '1.0.0', type: 'module' }));
    this.lock('1.0.0');
  }

  write(path: string, content: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content, { mode });
  }

  /** Writes a package-lock.json without packages; another version makes other content. */
  lock(version: string): void {
    const packages = { '': { name: 'bare', version } };
    this.write('package-lock.json', JSON.stringify({ name: 'bare', version, lockfileVersion: 3, requires: true, packages }));
  }

  /** Pages to build, and a builder to do it in vite's place. */
  addPages(content: string): void {
    this.write('channels/web/page.txt', content);
    this.write('node_modules/vite/bin/vite.js', VITE);
    this.write('node_modules/vite/package.json', '{"type":"module"}');
  }

  /** With `shell` as npm starts a script: through a shell that stays, and says which script it is. */
  start(words: string[], options: RunOptions = {}): Running {
    const command = [process.execPath, options.file ?? join(this.root, 'apps/everline.mjs'), ...words];
    const [file = '', ...rest] = options.shell ? ['sh', '-c', `${command.join(' ')}; exit $?`] : command;
    const child = spawn(file, rest, {
      cwd: this.root,
      env: { ...process.env, npm_lifecycle_event: options.shell ? 'start' : undefined },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => {
      output.stdout += data;
    });
    child.stderr.on('data', (data) => {
      output.stderr += data;
    });
    child.stdin.end(options.input ?? '');
    const ended = new Promise<Ended>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, ...output })));
    const says = async (text: string): Promise<void> => {
      while (!(output.stdout + output.stderr).includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended without saying ${text}: ${output.stdout}${output.stderr}`);
        await wait(20);
      }
    };
    return { child, output, says, ended };
  }

  run(words: string[], options: RunOptions = {}): Promise<Ended> {
    return this.start(words, options).ended;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A checkout that goes away with the test. */
export function bareCheckout(t: { after(work: () => void): void }): BareCheckout {
  const checkout = new BareCheckout();
  t.after(() => checkout.remove());
  return checkout;
}
