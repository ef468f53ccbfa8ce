/** Which processes belong to a home: by what they were started with, where they work, and what they were told. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Found = { readonly pid: number; readonly words: string };

export const NO_PROC = existsSync('/proc/self/environ') ? false : 'processes are found by /proc, which this system has not';

/** Programs, database servers and their workers, simulators: everything that runs for the installation in `home`. */
export function processesOf(home: string): Found[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({ pid: Number(name), words: read(`/proc/${name}/cmdline`), ...about(name) }))
    .filter(({ words, folder, environment }) => words.includes(home) || folder.startsWith(home) || environment.includes(`=${home}\0`))
    .map(({ pid, words }) => ({ pid, words: words.trim() }));
}

function about(name: string): { readonly folder: string; readonly environment: string } {
  return { folder: folderOf(name), environment: `${read(`/proc/${name}/environ`, '\0')}\0` };
}

/** A process that ends while we look has nothing to say. */
function read(file: string, blank = ' '): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', blank);
  } catch {
    return '';
  }
}

function folderOf(name: string): string {
  try {
    return readlinkSync(`/proc/${name}/cwd`);
  } catch {
    return '';
  }
}

const LONGEST_MS = 20_000;

/** What is still there when it should be gone; waits for those that are just going. */
export async function untilNone(home: string): Promise<Found[]> {
  const endBy = Date.now() + LONGEST_MS;
  for (let found = processesOf(home); ; found = processesOf(home)) {
    if (found.length === 0 || Date.now() > endBy) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
