/**
 * Runs one of PostgreSQL's programs as its user. `cwd` is always `/` (trap: the other user may not enter ours, and initdb
 * and postgres both fail on a working directory they cannot read), and none of our PG* variables reach it.
 */
import { spawn } from 'node:child_process';
import type { Runner } from './choose-runner.ts';

export type Executed = { readonly exitCode: number; readonly output: string };

export const CLEAN_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export function asRunner(runner: Runner | undefined) {
  return { cwd: '/', env: CLEAN_ENVIRONMENT, ...(runner === undefined ? {} : { uid: runner.uid, gid: runner.gid }) };
}

/** Never rejects: a program that cannot be started answers with exit code -1 and the system's words. */
export function execute(program: string, parameters: readonly string[], runner: Runner | undefined): Promise<Executed> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { ...asRunner(runner), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ exitCode: -1, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ exitCode: code ?? -1, output }));
  });
}
