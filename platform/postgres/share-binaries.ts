/**
 * Trap: the programs lie in node_modules, which the other user may not be able to reach (a project below /root), or may
 * not read (npm under umask 077), or which we may not write to put the missing links in (node_modules installed by
 * root, started by a user). Then a copy is kept where it works, made once per version: 60 MB, 0.2 s.
 */
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canRead } from './can-reach.ts';
import type { Runner } from './choose-runner.ts';
import type { Binaries } from './find-binaries.ts';
import { missingLinks, repairLinks } from './repair-links.ts';

/** The programs as `runner` can run them; `shelter` is a folder that runner can reach. */
export function shareBinaries(binaries: Binaries, runner: Runner | undefined, shelter: string): string {
  const { native, bin } = binaries;
  if (native === undefined) return bin;
  if (runner === undefined || reachable(native, runner)) {
    try {
      repairLinks(native);
      return bin;
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return join(copyOnce(native, shelter), 'bin');
}

function reachable(native: string, runner: Runner): boolean {
  const program = canRead(join(native, 'bin/postgres'), runner, true);
  return program && canRead(join(native, 'share/postgresql/postgres.bki'), runner, false);
}

function copyOnce(native: string, shelter: string): string {
  const packaged = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string };
  const copy = join(shelter, `postgres-${packaged.version}`);
  if (existsSync(join(copy, 'bin/postgres')) && missingLinks(copy).length === 0) return copy;
  // Built beside and renamed: a copy that was cut short never passes for a whole one.
  const building = `${copy}.${process.pid}`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(shelter, { recursive: true, mode: 0o755 });
  cpSync(native, building, { recursive: true, verbatimSymlinks: true });
  repairLinks(building);
  letOthersRead(building);
  try {
    renameSync(building, copy);
  } catch (error) {
    if (!existsSync(join(copy, 'bin/postgres'))) throw error;
    rmSync(building, { recursive: true, force: true });
  }
  return copy;
}

function letOthersRead(path: string): void {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return;
  chmodSync(path, status.mode & 0o100 ? 0o755 : 0o644);
  if (!status.isDirectory()) return;
  for (const name of readdirSync(path)) letOthersRead(join(path, name));
}
