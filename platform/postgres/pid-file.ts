/**
 * `postmaster.pid`: PostgreSQL's own lock on a data folder. What it says is checked against the process it names,
 * because after a power cut or in a new container that id may be nobody's or somebody else's.
 */
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, workingFolder } from './processes.ts';
import { PostgresTrouble } from './trouble.ts';

export type PidFile = { readonly pid: number; readonly socketFolder: string; readonly status: string };

export function readPidFile(data: string): PidFile | undefined {
  const file = join(data, 'postmaster.pid');
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(lines[0]), socketFolder: lines[4] ?? '', status: (lines[7] ?? '').trim() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code !== 'EACCES') throw error;
    throw new PostgresTrouble(
      'not_permitted',
      `You may not read the database folder ${data}.`,
      'Run this as root, or as the user who started Everline.',
    );
  }
}

export type Server = {
  readonly pid: number;
  readonly socketFolder: string;
  readonly ready: boolean;
  /** `pid@start` of the Everline that started it; undefined when somebody else did. */
  readonly parent: string | undefined;
};

/** The server that runs on `data`, or undefined: nothing runs, whatever the pid file says. */
export function findServer(data: string): Server | undefined {
  const file = readPidFile(data);
  if (file === undefined) return undefined;
  const command = commandLine(file.pid);
  if (command === undefined || !mayServe(file.pid, command, data)) return undefined;
  const parent = /everline\.parent=(\d+@\S+)/.exec(command)?.[1];
  return { pid: file.pid, socketFolder: file.socketFolder, ready: file.status === 'ready', parent };
}

/** In doubt yes: taking a running server for a dead one would put two of them on the same files. */
function mayServe(pid: number, command: string, data: string): boolean {
  if (!/postgres|postmaster/.test(command)) return false;
  if (`${command} `.includes(` -D ${data} `)) return true;
  const folder = workingFolder(pid);
  return folder === undefined ? !command.includes(' -D ') : realpath(folder) === realpath(data);
}

function realpath(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/**
 * Trap: PostgreSQL believes a pid file whose id is alive, and refuses to start because of an unrelated program. Called
 * only when `findServer` found none. The file of a process that is simply gone stays: PostgreSQL deals with it, and
 * finds in it the shared memory that backends of a killed server may still be using.
 */
export function setAsideStalePidFile(data: string): number | undefined {
  const stale = readPidFile(data);
  if (stale !== undefined && commandLine(stale.pid) !== undefined) rmSync(join(data, 'postmaster.pid'), { force: true });
  return stale?.pid;
}
