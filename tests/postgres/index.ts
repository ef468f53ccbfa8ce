/** What the launcher's tests share: folders as awkward as they come, and an Everline in a process of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { type PostgresOptions, type RunningPostgres, startPostgres, stopLeftBehind } from '#platform/postgres';

export const IS_ROOT = process.getuid?.() === 0;
export const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
export const NO_DEBIAN_15 = existsSync(join(DEBIAN_15, 'postgres')) ? false : `Debian's PostgreSQL 15 is not in ${DEBIAN_15}`;

type Ending = { after(end: () => Promise<void>): void };

const endings = new WeakMap<Ending, (() => unknown)[]>();

/** Like t.after, last come first served: the server stops before its folder goes (node runs hooks in order of coming). */
export function atEnd(t: Ending, end: () => unknown): void {
  const known = endings.get(t);
  if (known !== undefined) return void known.push(end);
  const list = [end];
  endings.set(t, list);
  t.after(async () => {
    for (const one of list.reverse()) await one();
  });
}

/** A folder that is removed afterwards, together with a server that a test left running in it. */
export function temporaryFolder(t: Ending, mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'everline-launcher-'));
  chmodSync(folder, mode);
  atEnd(t, () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** startPostgres, stopped afterwards; what it logged is in `lines`. */
export async function started(
  t: Ending,
  options: Pick<PostgresOptions, 'home'> & Partial<PostgresOptions>,
): Promise<RunningPostgres & { lines: string[] }> {
  const lines: string[] = [];
  const server = await startPostgres({ mode: 'test', log: (line) => lines.push(line), ...options });
  atEnd(t, () => server.stop());
  return { ...server, lines };
}

export async function query<Row extends pg.QueryResultRow>(connection: pg.ClientConfig, text: string): Promise<Row[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

export type OtherEverline = {
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly pid: number;
  readonly serverPid: number;
  readonly connection: pg.ClientConfig;
};

/** An Everline of its own, which may be killed; rejects with what it told when it did not start. */
export async function otherEverline(t: Ending, home: string, user?: { uid: number; gid: number }): Promise<OtherEverline> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start-and-wait.ts'), home], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    ...user,
  });
  const ended = once(child, 'exit');
  atEnd(t, async () => {
    child.kill('SIGKILL');
    await ended;
    await stopLeftBehind(join(home, 'postgres')).catch(() => {});
  });
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string | number];
  const told = JSON.parse(String(line)) as { pid: number; connection: pg.ClientConfig; trouble?: { code: string; message: string } };
  if (told.trouble !== undefined) throw Object.assign(new Error(told.trouble.message), { code: told.trouble.code });
  return { process: child, ended, pid: child.pid ?? 0, serverPid: told.pid, connection: told.connection };
}

/** A server that somebody starts by hand on the data of a home whose Everline has stopped; its socket lies in the data. */
export async function foreignServer(t: Ending, home: string): Promise<number> {
  const where = readFileSync(join(home, 'where'), 'utf8');
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(where)?.[1] ?? '';
  const data = field('data');
  const { uid, gid } = statSync(data);
  // A standby refuses to start with room for fewer locks than its primary had.
  const settings = ['-c', 'max_locks_per_transaction=512', '-c', 'listen_addresses=', '-c', `unix_socket_directories="${data}"`];
  const child = spawn(join(field('programs'), 'postgres'), ['-D', data, ...settings], { cwd: '/', stdio: 'ignore', uid, gid });
  const ended = once(child, 'exit');
  atEnd(t, async () => {
    child.kill('SIGINT');
    await ended;
  });
  const pidFile = join(data, 'postmaster.pid');
  while (!existsSync(pidFile) || !readFileSync(pidFile, 'utf8').includes('ready')) {
    if (child.exitCode !== null) throw new Error(`it did not start: exit code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return child.pid ?? 0;
}

export function folderIn(parent: string, ...names: string[]): string {
  const folder = join(parent, ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A disk of its own, or undefined where none can be mounted. */
export function smallDisk(t: Ending, megabytes: number): string | undefined {
  const folder = temporaryFolder(t);
  if (!IS_ROOT || process.platform !== 'linux') return undefined;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  atEnd(t, () => execFileSync('umount', ['--lazy', folder]));
  return folder;
}
