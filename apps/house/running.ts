/** What a running `everline start` tells the commands beside it: its address and the demonstration's simulator. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Running = {
  readonly pid: number;
  readonly publicUrl: string;
  readonly simulator?: { readonly url: string; readonly key: string; readonly webhookSecret: string } | undefined;
};

function fileIn(home: string): string {
  return join(home, 'running.json');
}

/** Undefined when nothing runs, also when what ran was killed and left its file. */
export function readRunning(home: string): Running | undefined {
  if (!existsSync(fileIn(home))) return undefined;
  const running = JSON.parse(readFileSync(fileIn(home), 'utf8')) as Running;
  try {
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
}

/** Readable by its owner only: it holds the simulator's key. */
export function writeRunning(home: string, running: Running): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(fileIn(home), JSON.stringify(running), { mode: 0o600 });
}

export function forgetRunning(home: string): void {
  rmSync(fileIn(home), { force: true });
}
