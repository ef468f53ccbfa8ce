// Adds to package-lock.json what npm left out of it: the packages for other kinds of machines that it could not reach
// when the lock was made (npm/cli#4828). The version is the one that the package naming them asks for; which machine
// each is for stands in its name, as the authors of such packages write it. Run after a change of dependencies.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockEntry, missingOptional } from './tidy/require-whole-lock.ts';

const SYSTEMS = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openharmony'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'arm'];

const path = join(import.meta.dirname, '../package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockEntry> };
const missing = missingOptional(lock.packages);
for (const { name, version, of } of missing) {
  const kind = name.split('/').at(-1) ?? '';
  const os = SYSTEMS.find((each) => kind.includes(each));
  const cpu = PROCESSORS.find((each) => kind.includes(each));
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`${name}@${version} (named by ${of}) does not say which machine it is for; add it to the lock by hand`);
  }
  const dev = lock.packages[of]?.dev ? { dev: true } : {};
  const libc = kind.includes('musl') ? { libc: ['musl'] } : {};
  Object.assign(lock.packages, { [`node_modules/${name}`]: { version, cpu: [cpu], ...dev, ...libc, optional: true, os: [os] } });
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)));
if (missing.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${missing.length} packages added to package-lock.json`);
