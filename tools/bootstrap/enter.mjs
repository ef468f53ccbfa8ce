// From a bare checkout to the running program: install, link, build, re-enter. Each step does nothing when its result
// is already there, so that a later start pays some milliseconds for all of them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPages, pagesAreStale } from './build-pages.mjs';
import { findNode } from './find-node.mjs';
import { withLock } from './hold-lock.mjs';
import { installPackages, packagesAreStale } from './install-packages.mjs';
import { linkCommand } from './link-command.mjs';
import { runChild } from './run-child.mjs';
import { Trouble } from './trouble.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Commands for those who work on the project; every other word is the program's own to understand. */
const PROGRAMS = {
  test: 'tests/run.ts',
  check: 'tools/check.ts',
  generate: 'tools/generate.ts',
  pictures: 'tools/pictures/make-pictures.ts',
};
const NEED_PAGES = ['start', 'test', 'pictures', 'bench'];
const FOLLOW_PARENT = new URL('./follow-parent.mjs', import.meta.url).href;

/** Runs the command given and ends this process with its exit code. */
export async function enter(words) {
  try {
    process.exitCode = await enterOrThrow(words);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.message) console.error(`everline: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}

async function enterOrThrow(words) {
  const command = words[0];
  const isOurs = Object.hasOwn(PROGRAMS, command ?? '');
  const program = isOurs ? PROGRAMS[command] : 'apps/everline.ts';
  const needPages = NEED_PAGES.includes(command ?? '');
  if (packagesAreStale(ROOT) || (needPages && pagesAreStale(ROOT))) {
    await withLock(join(ROOT, '.everline', 'bootstrap.lock'), async () => {
      // Asked again under the lock: another start may have done it while this one waited.
      if (packagesAreStale(ROOT)) await installPackages(ROOT);
      if (needPages && pagesAreStale(ROOT)) await buildPages(ROOT, findNode(ROOT));
    });
  }
  linkCommand(ROOT);
  const path = join(ROOT, program);
  if (!existsSync(path)) throw new Trouble(`${program} is missing from this checkout.`);
  // Charging keeps a request's objects until its batch is committed: in the usual 16 MB most of them are taken for old (docs/charging-speed.md).
  return runChild(findNode(ROOT), ['--max-semi-space-size=32', '--import', FOLLOW_PARENT, path, ...(isOurs ? words.slice(1) : words)], {
    env: { ...process.env, EVERLINE_BOOTSTRAP: String(process.pid) },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}
