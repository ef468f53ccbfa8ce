/** Which processes belong to an installation: those that name its home in their words or environment, and their children. */
import { readdirSync, readFileSync } from 'node:fs';

type Process = { readonly pid: number; readonly parent: number; readonly words: string; readonly named: boolean };

/** Only Linux tells: elsewhere nothing is found. */
export function processesOf(home: string): string[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => read(Number(name), home));
  const found = new Map(all.filter(({ named }) => named).map((one) => [one.pid, one]));
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const one of all) if (found.has(one.parent)) found.set(one.pid, one);
  }
  return [...found.values()].map(({ pid, words }) => `${pid} ${words}`);
}

function read(pid: number, home: string): Process[] {
  try {
    const text = (name: string): string => readFileSync(`/proc/${pid}/${name}`, 'utf8');
    const words = text('cmdline').replaceAll('\0', ' ').trim();
    const stat = text('stat');
    // The second field is the program's name, in brackets; what follows is the state, then the parent.
    const [state = '', parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return [];
    return [{ pid, parent: Number(parent), words, named: words.includes(home) || environmentOf(pid).includes(`=${home}\0`) }];
  } catch {
    return [];
  }
}

/** Of another user's process it cannot be read. */
function environmentOf(pid: number): string {
  try {
    return `${readFileSync(`/proc/${pid}/environ`, 'utf8')}\0`;
  } catch {
    return '';
  }
}
