/**
 * The yardstick beside every figure of ours: pgbench, tpcb-like, on the same server in the same run. From PATH or
 * Debian's folders, else, as root, unpacked from Debian's packages; else the ratio is null and said.
 */
import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const DATABASE = 'everline_pgbench';

type Pgbench = { readonly program: string; readonly libraries: string | undefined };
type PgbenchSearch = Pgbench | { readonly missing: string };

function findPgbench(cacheFolder: string): PgbenchSearch {
  const debian = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').map((version) => join('/usr/lib/postgresql', version, 'bin'))
    : [];
  const folders = [...debian.toSorted().reverse(), ...(process.env['PATH'] ?? '').split(delimiter)];
  const program = folders.map((folder) => join(folder, 'pgbench')).find(isProgram);
  if (program !== undefined) return { program, libraries: undefined };
  return unpackPgbench(cacheFolder);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unpackPgbench(folder: string): PgbenchSearch {
  const program = join(folder, 'usr/lib/postgresql/15/bin/pgbench');
  const libraries = join(folder, 'usr/lib', process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu');
  if (existsSync(program)) return { program, libraries };
  if (process.getuid?.() !== 0)
    return { missing: 'pgbench is not installed, and only root can fetch it (apt-get install postgresql-contrib)' };
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('apt-get', ['download', 'postgresql-15', 'libpq5'], { cwd: folder, stdio: 'ignore', timeout: 60_000 });
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb')))
      execFileSync('dpkg', ['-x', file, folder], { cwd: folder, stdio: 'ignore' });
    return existsSync(program) ? { program, libraries } : { missing: 'the postgresql-15 package holds no pgbench' };
  } catch (error) {
    return { missing: `pgbench could not be fetched: ${(error as Error).message.split('\n')[0]}` };
  }
}

type PgbenchRun = { readonly tps: number; readonly command: string };

/** `mode`: `tpcb-like` or `simple-update`. Makes its tables first (scale 50) in a database of its own, and drops it at the end. */
async function runPgbench(
  found: Pgbench,
  server: pg.ClientConfig,
  options: { mode: 'tpcb-like' | 'simple-update'; seconds: number; checkpointInside?: boolean },
): Promise<PgbenchRun> {
  const admin = new pg.Client(server);
  await admin.connect();
  try {
    await admin.query(`drop database if exists ${DATABASE}`);
    await admin.query(`create database ${DATABASE}`);
    const env = {
      ...process.env,
      PGHOST: String(server.host),
      PGPORT: String(server.port),
      PGUSER: String(server.user),
      PGDATABASE: DATABASE,
      ...(found.libraries === undefined ? {} : { LD_LIBRARY_PATH: found.libraries }),
    };
    const most = { env, maxBuffer: 64 * 1024 * 1024 };
    await run(found.program, ['-i', '-s', '50', '-q'], most);
    await admin.query('checkpoint');
    const words = ['-b', options.mode, '-M', 'prepared', '-c', '16', '-j', '2', '-T', `${options.seconds}`];
    const inside = options.checkpointInside ? setTimeout(() => void admin.query('checkpoint'), options.seconds * 500) : undefined;
    const { stdout } = await run(found.program, words, most);
    clearTimeout(inside);
    const tps = Number(/tps = ([\d.]+) \(without initial connection/.exec(stdout)?.[1] ?? /tps = ([\d.]+)/.exec(stdout)?.[1]);
    return { tps, command: `pgbench ${words.join(' ')} (after -i -s 50)` };
  } finally {
    await admin.query(`drop database if exists ${DATABASE}`).catch(() => {});
    await admin.end();
  }
}

const YARDSTICK_SECONDS = 20;

/** `tps` is null where there is no pgbench; `command` says what ran, or why nothing did. */
export type Yardstick = { readonly tps: number | null; readonly command: string };

/** Beside our figure, on the same server; null, and why, where there is no pgbench. */
export async function measureYardstick(
  server: pg.ClientConfig,
  { home, print, ...how }: { home: string; print: (line: string) => void; mode: 'tpcb-like' | 'simple-update'; checkpointInside?: boolean },
): Promise<Yardstick> {
  const found = findPgbench(join(home, 'pgbench'));
  if ('missing' in found) return { tps: null, command: found.missing };
  print(`Running pgbench for ${YARDSTICK_SECONDS} s.`);
  return runPgbench(found, server, { ...how, seconds: YARDSTICK_SECONDS });
}
