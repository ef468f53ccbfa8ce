/**
 * Installs packages where that is ours to do: on a Debian of which we are root. One process at a time, quietly, and
 * within a time limit; a "no" is remembered for a while, so that a machine without its mirror is not asked by every file.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALL_MS_MAX = 8 * 60_000;
const REMEMBER_MS = 30 * 60_000;
const LOCK = join(tmpdir(), 'everline-apt.lock');

/** Undefined when they are installed; else why not, in a few words. */
export async function installFromDebian(...packages: readonly string[]): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'only root installs packages';
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/flock')) return 'this is not a Debian';
  const refusal = join(tmpdir(), `everline-apt-refused-${packages.join('-')}`);
  if (existsSync(refusal) && Date.now() - statSync(refusal).mtimeMs < REMEMBER_MS) return readFileSync(refusal, 'utf8');
  const fault = await install(packages);
  if (fault !== undefined) writeFileSync(refusal, fault);
  return fault;
}

// dpkg is asked again under the lock: another test process may have installed them while this one waited.
const SCRIPT = `
  dpkg -s "$@" >/dev/null 2>&1 && exit 0
  apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=30 update &&
  apt-get -qq -y -o Acquire::Retries=1 -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=120 install --no-install-recommends "$@"
`;

function install(packages: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('flock', [LOCK, 'sh', '-c', SCRIPT, 'sh', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: INSTALL_MS_MAX,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(undefined);
      else resolve(signal === null ? (said.trim().split('\n').at(-1) ?? `apt-get ended with ${code}`) : 'apt-get took too long');
    });
  });
}
