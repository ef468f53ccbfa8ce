// The pages are built once for each content of what they are made from. A copy of channels/web is built beside it, at
// the same depth so that every import means the same, and moved into place whole: nobody serves half a build, and a
// failed one leaves the last good one standing.
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hashFiles } from './hash-files.mjs';
import { runChild } from './run-child.mjs';
import { Trouble } from './trouble.mjs';

const WEB = join('channels', 'web');
/** Ignored by git and by every tool, as each folder of this name is. */
const WORKPLACE = join('channels', 'build');
const SOURCES = [WEB, join('platform', 'messages'), join('platform', 'refusals'), 'package-lock.json'];
const NOT_SOURCES = ['build', '.svelte-kit', 'node_modules'].map((name) => join(WEB, name));

const stampPath = (root) => join(root, WEB, 'build', '.everline-stamp');
const stampOf = (root) => hashFiles(root, SOURCES, (path) => NOT_SOURCES.includes(path) || /\.test\.ts$|\.md$/.test(path));

export function pagesAreStale(root) {
  if (!existsSync(join(root, WEB))) return false;
  try {
    return readFileSync(stampPath(root), 'utf8') !== stampOf(root);
  } catch {
    return true;
  }
}

export async function buildPages(root, node) {
  console.error('everline: building the pages (their sources changed, or the first time here).');
  const stamp = stampOf(root);
  const workplace = join(root, WORKPLACE);
  rmSync(workplace, { recursive: true, force: true });
  try {
    cpSync(join(root, WEB), workplace, { recursive: true, filter: (path) => !NOT_SOURCES.includes(relative(root, path)) });
    const output = [];
    // From the project's root, whose package.json tells the adapter what is installed and need not be bundled.
    const words = [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', join(workplace, 'vite.config.ts')];
    const code = await runChild(node, words, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      onOutput: (data) => output.push(data),
    });
    if (code > 128) throw new Trouble('', code);
    if (code !== 0) {
      process.stderr.write(Buffer.concat(output));
      throw new Trouble('the pages could not be built; the words above say why. What was built before, if anything, still stands.');
    }
    moveIntoPlace(join(workplace, 'build'), join(root, WEB, 'build'), join(workplace, 'replaced'), stamp);
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

function moveIntoPlace(fresh, place, aside, stamp) {
  writeFileSync(join(fresh, '.everline-stamp'), stamp);
  if (existsSync(place)) renameSync(place, aside);
  renameSync(fresh, place);
}
