/** A simulator as the process of its own that it is: ready when it says so in one line of JSON, ended with us. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type Program = {
  /** Where its own page is. */
  readonly url: string;
  stop(): Promise<void>;
};

const READY_MS_MAX = 20_000;

/** `what` is how a failure names it. */
export async function startProgram(what: string, file: string, words: readonly string[]): Promise<Program> {
  // Detached from our terminal's signals: we end it ourselves, after the last request to it.
  const child = spawn(process.execPath, [file, ...words], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const { url } = await readReady(what, child);
  return { url, stop: () => stop(child) };
}

function readReady(what: string, child: ChildProcess): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the ${what} simulator is not ready in time`)), READY_MS_MAX);
    child.once('exit', (code) => reject(new Error(`the ${what} simulator ended (${code}) before it was ready`)));
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.once('line', (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line) as { url: string });
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
