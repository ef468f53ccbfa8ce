/**
 * Trap: npm packages carry no symbolic links; the package makes its `.so` links in a postinstall script, which
 * `npm ci --ignore-scripts` (and a careful administrator's .npmrc) never runs. Without them postgres does not load.
 */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

type Link = { readonly source: string; readonly target: string };

/** Both paths begin with `native/`; source and target lie in the same folder. */
function readLinks(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : [];
}

const inside = (native: string, path: string) => join(native, '..', path.replace(/^native/, basename(native)));

export function missingLinks(native: string): Link[] {
  return readLinks(native).filter(({ target }) => !existsSync(inside(native, target)));
}

/** Throws the system's error where the folder may not be written; two starts at once may both repair. */
export function repairLinks(native: string): void {
  for (const { source, target } of missingLinks(native)) {
    try {
      symlinkSync(basename(source), inside(native, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
