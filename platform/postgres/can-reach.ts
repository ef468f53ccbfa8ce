/**
 * Trap: a folder below a 0700 parent (/root, what `mktemp -d` makes) cannot be reached by another user, whatever its own
 * mode is. PostgreSQL then says "could not access directory", naming a folder whose mode looks right.
 */
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Runner } from './choose-runner.ts';

const EXECUTE = 1;
const READ = 4;

/** May `runner` enter every folder on the way to `path`? Where `path` is absent yet, to its nearest ancestor. */
export function canReach(path: string, runner: Runner): boolean {
  let folder = path;
  while (statSync(folder, { throwIfNoEntry: false }) === undefined) folder = dirname(folder);
  for (folder = realpathSync(folder); ; folder = dirname(folder)) {
    if (statSync(folder).isDirectory() && !allows(folder, runner, EXECUTE)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** May `runner` read (and, for a program, run) the file itself? npm under umask 077 installs files as 0700. */
export function canRead(file: string, runner: Runner, run: boolean): boolean {
  return canReach(dirname(file), runner) && allows(file, runner, run ? READ | EXECUTE : READ);
}

function allows(path: string, runner: Runner, bits: number): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === runner.uid ? 6 : gid === runner.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}
