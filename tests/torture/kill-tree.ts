/** SIGKILL to a process and its children, as /proc knows them. */
import { readdirSync, readFileSync } from 'node:fs';

/** The parent first: a postmaster that sees a child die would stop the others in order. */
export function killTree(pid: number): void {
  const children = childrenOf(pid);
  for (const one of [pid, ...children, ...childrenOf(pid)]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** proc(5): after the name in parentheses come the state and the parent's id. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}
