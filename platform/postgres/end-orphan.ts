/**
 * Trap: the server is spawned detached and outlives a parent that was killed with -9. The next start finds it by
 * postmaster.pid and stops it in order (it then starts with settings and a parent of its own: an orphan that was adopted
 * would keep the old settings, and could be a test server without fsync).
 */
import { findServer, type Server, setAsideStalePidFile } from './pid-file.ts';
import { isAlive, startedAt } from './processes.ts';
import { PostgresTrouble } from './trouble.ts';

const ORPHAN_STOP_MS = 60_000;

/** Throws PostgresTrouble `already_running` when its parent is alive, or when somebody else started it. */
export async function endOrphan(data: string, log: (line: string) => void): Promise<void> {
  const server = findServer(data);
  if (server === undefined) {
    const stale = setAsideStalePidFile(data);
    if (stale !== undefined) log(`The database was not stopped in order the last time (process ${stale} is gone); it recovers by itself.`);
    return;
  }
  refuseSecondStart(server);
  log(`Stopping the database server (process ${server.pid}) that a killed Everline left behind.`);
  await stopProcess(server.pid);
}

export function refuseSecondStart(server: Server): void {
  if (server.parent === undefined) {
    throw new PostgresTrouble(
      'already_running',
      `A PostgreSQL that Everline did not start already serves this database (process ${server.pid}).`,
      `Stop it (kill -INT ${server.pid}), then start again.`,
    );
  }
  if (!isAlive(server.parent)) return;
  const [pid] = server.parent.split('@');
  throw new PostgresTrouble(
    'already_running',
    `Everline already runs with this database (process ${pid}).`,
    `Use it, or stop it first (Ctrl-C where it runs, or kill ${pid}); or set EVERLINE_HOME to another folder.`,
  );
}

async function stopProcess(pid: number): Promise<void> {
  const started = startedAt(pid);
  const endBy = Date.now() + ORPHAN_STOP_MS;
  // SIGINT is PostgreSQL's "fast" shutdown: open transactions roll back, everything confirmed is written out.
  signal(pid, 'SIGINT');
  // Until the process itself is gone: it removes its pid file while it still has the data folder open.
  while (started !== undefined && startedAt(pid) === started) {
    if (Date.now() > endBy) {
      throw new PostgresTrouble(
        'orphan_stays',
        `An old database server (process ${pid}) does not stop.`,
        `End it with kill -QUIT ${pid}, then start again.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Stops whatever serves `data` when its parent is gone; for test servers, whose folder then goes too. */
export async function stopLeftBehind(data: string): Promise<void> {
  const server = findServer(data);
  if (server === undefined) return;
  refuseSecondStart(server);
  await stopProcess(server.pid);
}
