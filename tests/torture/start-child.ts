/** A program of ours as a child with a channel to it; it ends when we do, however we end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { encodeJson } from '#platform/json';

export type Child<From> = {
  readonly process: ChildProcess;
  /** The first message for which `wanted` gives something; rejects when the child ends before. */
  next<T>(wanted: (message: From) => T | undefined): Promise<T>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
};

/** `errors`: the file its standard error goes to. */
export function startChild<From>(program: string, settings: object, errors: string): Child<From> {
  const log = openSync(errors, 'a');
  const child = spawn(process.execPath, [join(import.meta.dirname, program), encodeJson(settings)], { stdio: ['ignore', log, log, 'ipc'] });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  return {
    process: child,
    ended,
    next: <T>(wanted: (message: From) => T | undefined) =>
      new Promise<T>((resolve, reject) => {
        const hear = (message: From): void => {
          const found = wanted(message);
          if (found === undefined) return;
          child.off('message', hear);
          resolve(found);
        };
        child.on('message', hear);
        void ended.then(({ code, signal }) => reject(new Error(`${program} ended (${signal ?? code}) before it answered`)));
      }),
  };
}
