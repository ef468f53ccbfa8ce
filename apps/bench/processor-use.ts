/**
 * Processor time of this process and of the database server's, from the kernel's own accounts: on two cores it says what
 * a figure is made of, where a rate alone says only how long it took.
 */
import { readdirSync, readFileSync } from 'node:fs';

export type ProcessorUse = { readonly nodeMs: number; readonly postgresMs: number | null };

/** Kernel clock ticks in /proc are 1/100 s on every Linux that Node supports. */
const TICK_MS = 10;

/** Since each began. `postgresMs` is null where there is no /proc. */
export function processorUse(postmasterPid: number): ProcessorUse {
  const { user, system } = process.cpuUsage();
  return { nodeMs: (user + system) / 1000, postgresMs: serverMs(postmasterPid) };
}

export function useBetween(before: ProcessorUse, after: ProcessorUse): ProcessorUse {
  const known = before.postgresMs !== null && after.postgresMs !== null;
  return { nodeMs: after.nodeMs - before.nodeMs, postgresMs: known ? Number(after.postgresMs) - Number(before.postgresMs) : null };
}

/** The postmaster, what its ended children left it, and its living children. */
function serverMs(postmasterPid: number): number | null {
  let processes: string[];
  try {
    processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return null;
  }
  let ticks = 0;
  for (const pid of processes) {
    const stat = statOf(pid);
    if (stat === undefined) continue;
    if (Number(pid) === postmasterPid) ticks += stat.own + stat.ofEndedChildren;
    else if (stat.parent === postmasterPid) ticks += stat.own;
  }
  return ticks * TICK_MS;
}

/** proc_pid_stat(5): after the name in brackets come state, parent (4) …, utime, stime, cutime, cstime (14 to 17). */
function statOf(pid: string): { parent: number; own: number; ofEndedChildren: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (number: number) => Number(fields[number - 3]);
    return { parent: at(4), own: at(14) + at(15), ofEndedChildren: at(16) + at(17) };
  } catch {
    // It ended while we looked.
    return undefined;
  }
}
