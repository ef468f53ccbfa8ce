// npm links the commands of other packages, never the project's own; `npx everline` looks in node_modules/.bin.
import { chmodSync, lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const TARGET = join('..', '..', 'apps', 'everline.mjs');

export function linkCommand(root) {
  const link = join(root, 'node_modules', '.bin', 'everline');
  if (readsAs(link) === TARGET) return;
  const fresh = `${link}.${process.pid}`;
  try {
    mkdirSync(dirname(link), { recursive: true });
    rmSync(fresh, { force: true });
    symlinkSync(TARGET, fresh);
    renameSync(fresh, link);
    chmodSync(join(root, 'apps', 'everline.mjs'), 0o755);
  } catch (error) {
    // A read-only installation still runs; only the short name is missing there.
    if (!['EROFS', 'EACCES', 'EPERM'].includes(error.code)) throw error;
  }
}

function readsAs(link) {
  try {
    return lstatSync(link).isSymbolicLink() ? readlinkSync(link) : '';
  } catch {
    return undefined;
  }
}
