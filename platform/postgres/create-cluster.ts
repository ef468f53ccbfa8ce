/**
 * Makes a new data folder, 0.5 s. Built beside its place and renamed into it: a start that is killed half-way, or two
 * starts at once, never leave half a database that the next start would take for a whole one.
 */
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Place } from './choose-place.ts';
import { SUPERUSER } from './connection-to.ts';
import { execute } from './execute.ts';
import { explain } from './explain-failure.ts';
import { majorVersion } from './find-binaries.ts';
import { startedAt } from './processes.ts';
import type { Mode } from './settings.ts';

/** Throws PostgresTrouble. Does nothing where there is a data folder already. */
export async function createCluster(place: Place, bin: string, mode: Mode): Promise<void> {
  if (existsSync(place.data)) return;
  removeHalfMade(place.data);
  const building = `${place.data}.new-${process.pid}`;
  mkdirSync(building, { mode: 0o700 });
  if (place.runner !== undefined) chownSync(building, place.runner.uid, place.runner.gid);
  const { exitCode, output } = await execute(join(bin, 'initdb'), await initdbParameters(building, bin, mode), place.runner);
  if (exitCode !== 0) {
    rmSync(building, { recursive: true, force: true });
    throw explain(output, place.base);
  }
  try {
    renameSync(building, place.data);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    // Another start at the same moment was first: its data is as good as ours.
    if (!existsSync(join(place.data, 'PG_VERSION'))) throw error;
  }
}

async function initdbParameters(data: string, bin: string, mode: Mode): Promise<string[]> {
  // Since 17 PostgreSQL brings C.UTF-8 itself; the machine's own may be missing (macOS), or sort otherwise after an upgrade.
  const provider = (await majorVersion(bin)) >= 17 ? ['--locale-provider=builtin'] : [];
  return [
    ...['-D', data, '-U', SUPERUSER, '--auth=trust', '--encoding=UTF8', '--data-checksums', ...provider, '--locale=C.UTF-8'],
    ...(mode === 'test' ? ['--no-sync'] : []),
  ];
}

function removeHalfMade(data: string): void {
  for (const name of readdirSync(dirname(data))) {
    if (!name.startsWith(`${basename(data)}.new-`)) continue;
    const maker = Number(name.split('-').at(-1));
    if (maker === process.pid || startedAt(maker) === undefined) rmSync(join(dirname(data), name), { recursive: true, force: true });
  }
}
