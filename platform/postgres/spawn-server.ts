/**
 * The server's process. Detached (a process group of its own): Ctrl-C in a terminal goes to the whole foreground group,
 * and would stop the database under a program that is still finishing its work; we stop it ourselves, last.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './choose-place.ts';
import { refuseSecondStart } from './end-orphan.ts';
import { asRunner } from './execute.ts';
import { explain } from './explain-failure.ts';
import { findServer, readPidFile } from './pid-file.ts';
import { ourIdentity } from './processes.ts';
import { type Mode, serverParameters } from './settings.ts';
import { removeShortSocketFolder } from './short-socket.ts';
import type { PostgresTrouble } from './trouble.ts';

export type Ended = {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why, when nobody stopped it. */
  readonly trouble: PostgresTrouble | undefined;
};
export type SpawnedServer = { readonly pid: number; readonly ended: Promise<Ended>; stop(): Promise<void> };

const LOG_OCTETS_MAX = 10 * 1024 * 1024;
const FAST_STOP_MS = 60_000;
const STILL_STARTING_MS = 5_000;
/** Backends of a server that was killed with -9 notice within moments; until then its shared memory is in use. */
const SHARED_MEMORY_TRIES = 50;

/** Throws PostgresTrouble. */
export async function spawnServer(place: Place, bin: string, mode: Mode, log: (line: string) => void): Promise<SpawnedServer> {
  if ((statSync(place.log, { throwIfNoEntry: false })?.size ?? 0) > LOG_OCTETS_MAX) renameSync(place.log, `${place.log}.1`);
  for (let attempt = 1; ; attempt += 1) {
    const server = launch(place, bin, mode);
    if (await becomesReady(server, place.data, log)) return server;
    const said = server.said();
    if (attempt < SHARED_MEMORY_TRIES && /pre-existing shared memory block/.test(said)) {
      await wait(100);
      continue;
    }
    const other = /lock file ".*" already exists/.test(said) ? findServer(place.data) : undefined;
    if (other !== undefined) refuseSecondStart(other);
    throw explain(said, place.base);
  }
}

/** `said` is what this server has written into the log so far. */
function launch(place: Place, bin: string, mode: Mode): SpawnedServer & { said(): string } {
  const logFrom = statSync(place.log, { throwIfNoEntry: false })?.size ?? 0;
  const said = () => readFileSync(place.log).subarray(logFrom).toString();
  let stopping = false;
  const output = openSync(place.log, 'a', 0o600);
  const child = spawn(join(bin, 'postgres'), ['-D', place.data, ...serverParameters(mode, place.socketFolder, ourIdentity())], {
    ...asRunner(place.runner),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  // It must not keep a program alive that has nothing else to do; whoever started it calls stop().
  child.unref();
  const ended = new Promise<Ended>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, trouble: stopping ? undefined : explain(said(), place.base) }));
    child.once('error', (error) => {
      appendFileSync(place.log, `${error.message}\n`);
      resolve({ exitCode: -1, signal: null, trouble: explain(error.message, place.base) });
    });
  });
  return {
    pid: child.pid ?? 0,
    ended,
    said,
    async stop() {
      stopping = true;
      await stop(child, ended);
      removeShortSocketFolder(place.socketFolder);
    },
  };
}

async function stop(child: ReturnType<typeof spawn>, ended: Promise<Ended>): Promise<void> {
  child.ref();
  // SIGINT is "fast": open transactions roll back and everything confirmed is written out. Where that takes too long,
  // SIGQUIT ends it at once, and the next start recovers from the log: slower, nothing lost.
  child.kill('SIGINT');
  const impatient = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS);
  await ended;
  clearTimeout(impatient);
}

async function becomesReady(server: SpawnedServer, data: string, log: (line: string) => void): Promise<boolean> {
  let gone = false;
  void server.ended.then(() => (gone = true));
  let tellAt = Date.now() + STILL_STARTING_MS;
  for (;;) {
    const file = readPidFile(data);
    if (file?.pid === server.pid && file.status === 'ready') return true;
    await wait(3);
    if (gone) return false;
    // Recovery after a crash takes as long as it takes: the process lives, so we wait, and say so.
    if (Date.now() > tellAt) {
      log('The database is recovering after it was not stopped in order; please wait.');
      tellAt += STILL_STARTING_MS;
    }
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
