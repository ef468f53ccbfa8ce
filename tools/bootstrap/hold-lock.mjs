// Two commands started at once on a bare checkout must not install over each other. The lock is a file that names its
// holder; a holder that died leaves it behind, which the next one notices.
import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 150;
/** What takes microseconds (writing one's name, removing a dead holder's) was cut short when it is this old. */
const MOMENT_MS_MAX = 10_000;

/** Runs `work` while nobody else holds `path`; waits for whoever does, saying so once. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!take(path)) {
    const holder = read(path);
    if (holder !== undefined && !isHeld(path, holder)) breakLock(path, holder);
    else {
      if (!told) console.error('everline: another command is preparing this checkout; waiting for it.');
      told = true;
      await wait(POLL_MS);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path) {
  try {
    writeFileSync(path, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

function isHeld(path, holder) {
  // Taken a moment ago, its name not written yet.
  if (holder === '') return ageMs(path) < MOMENT_MS_MAX;
  const [pid, start] = holder.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  return startOf(pid) === start;
}

/** One breaker at a time, who reads again: the one before may have let a living holder in. */
function breakLock(path, holder) {
  const breaking = `${path}.breaking`;
  try {
    mkdirSync(breaking);
  } catch {
    if (ageMs(breaking) > MOMENT_MS_MAX) rmSync(breaking, { recursive: true, force: true });
    return;
  }
  if (read(path) === holder) rmSync(path, { force: true });
  rmdirSync(breaking);
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** When a process started, in the kernel's ticks: a number used again belongs to another process. Empty where /proc is not. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
