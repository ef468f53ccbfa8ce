import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One hash over names and contents of everything below `paths` (files or folders, relative to `root`). */
export function hashFiles(root, paths, isLeftOut = () => false) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(root, path, isLeftOut))) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

function filesBelow(root, path, isLeftOut) {
  const full = join(root, path);
  if (!existsSync(full) || isLeftOut(path)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(root, join(path, name), isLeftOut));
}
