// node_modules as package-lock.json says. A stamp inside holds the lock's hash and the kind of machine; `npm ci` empties
// the folder first, so that one cut short leaves no stamp. Someone who ran npm by hand is not made to wait again: npm's
// own record of what it installed is compared with the lock.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { hashFiles } from './hash-files.mjs';
import { runChild } from './run-child.mjs';
import { Trouble } from './trouble.mjs';

const LOCK = 'package-lock.json';
// Scripts of packages are never run: none is needed (what postgres's would do, our launcher does), and few things are
// worth less trust. Production machines set NODE_ENV, which must not leave out what builds the pages.
const WORDS = [
  'ci',
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--loglevel=error',
];

const stampPath = (root) => join(root, 'node_modules', '.everline-stamp');
const stampOf = (root) => `${hashFiles(root, [LOCK])} ${process.platform}-${process.arch}`;

export function packagesAreStale(root) {
  if (read(stampPath(root)) === stampOf(root)) return false;
  if (!isInstalled(root)) return true;
  try {
    writeFileSync(stampPath(root), stampOf(root));
  } catch {
    // Read-only: compared again next time.
  }
  return false;
}

/** Whether npm's record names every package of the lock that belongs on this machine, in the same version and content. */
function isInstalled(root) {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const wanted = packagesOf(join(root, LOCK));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const present = installed[path];
    if (!present) return entry.optional === true && !belongsHere(entry);
    return present.version === entry.version && present.integrity === entry.integrity && existsSync(join(root, path));
  });
}

function belongsHere(entry) {
  const fits = (list, mine) => !list || list.includes(mine);
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && !entry.libc?.every((libc) => libc === 'musl');
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

export async function installPackages(root) {
  if (!existsSync(join(root, LOCK))) throw new Trouble(`${LOCK} is missing from this checkout; it says which packages to install.`);
  const why = existsSync(join(root, 'node_modules')) ? `they no longer match ${LOCK}` : 'the first time here';
  console.error(`everline: installing packages from the npm registry (${why}); this takes up to a minute.`);
  const output = [];
  const npm = findNpm(root);
  const code = await runChild(npm.file, [...npm.words, ...WORDS], {
    cwd: root,
    env: npm.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    onOutput: (data) => output.push(data),
  });
  if (code > 128) throw new Trouble('', code);
  if (code !== 0) {
    process.stderr.write(Buffer.concat(output));
    throw new Trouble('npm could not install the packages; its words are above. With the registry in reach, run the same command again.');
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampPath(root), stampOf(root));
}

/**
 * The npm that started us, else the one on PATH. Both without node_modules/.bin: inside a script npm puts that first,
 * and the Node found there would be deleted while npm runs on it.
 */
function findNpm(root) {
  const below = join(root, 'node_modules') + sep;
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !`${folder}${sep}`.startsWith(below));
  const env = { ...process.env, PATH: path.join(delimiter) };
  for (const key of Object.keys(env)) {
    // What npm tells its scripts about the script; a second npm would take it for its own.
    if (/^npm_(lifecycle|package)_|^npm_command$|^npm_config_(local_prefix|omit|include|ignore_scripts)$/.test(key)) delete env[key];
  }
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script && node && /np[mx]-cli\.js$/.test(script) && !node.startsWith(below)) {
    const cli = join(dirname(script), 'npm-cli.js');
    if (existsSync(cli) && existsSync(node)) return { file: node, words: [cli], env };
  }
  return { file: 'npm', words: [], env };
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
