/**
 * Who is behind a process id. Ids are used again, so an id in a file means nothing until the process's own command line,
 * or the moment it started, has been looked at.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

const PROC = existsSync('/proc/self/stat');

/** The command line, blank-separated; undefined when there is no such process, or only its remains. */
export function commandLine(pid: number): string | undefined {
  try {
    const line = PROC ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') : ps(pid, 'command');
    return line.trim() === '' ? undefined : line;
  } catch {
    return undefined;
  }
}

/** The folder a process works in, which for a PostgreSQL server is its data folder; undefined when we may not know. */
export function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** A text that two processes of the same id never share; undefined when there is no such process. */
export function startedAt(pid: number): string | undefined {
  try {
    if (!PROC) return ps(pid, 'lstart').trim().replaceAll(/\W+/g, '-');
    // proc(5): the name in parentheses may hold blanks; after it come state and, 20th from there, the start in ticks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** macOS has no /proc. */
function ps(pid: number, field: string): string {
  return execFileSync('ps', ['-ww', '-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' });
}

/** `pid@start`: says who we are to whoever looks later. */
export function ourIdentity(): string {
  return `${process.pid}@${startedAt(process.pid)}`;
}

export function isAlive(identity: string): boolean {
  const [pid, start] = identity.split('@');
  return start !== undefined && startedAt(Number(pid)) === start;
}
