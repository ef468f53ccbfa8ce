/**
 * The PostgreSQL that tests run on: the embedded one without fsync, in a temporary folder that goes with it; or, where
 * EVERLINE_TEST_POSTGRES_BIN names a folder with initdb and postgres, that version (PostgreSQL 15 must do).
 */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { startPostgres, stopLeftBehind } from '#platform/postgres';
import { ensureTemplate } from './template.ts';

const PREFIX = 'everline-test-';

export type TestServer = {
  /** A superuser on database `postgres`. */
  readonly admin: pg.ClientConfig;
  readonly template: string;
  stop(): Promise<void>;
  /** For the last moment of a process, when nothing can be awaited any more. */
  kill(): void;
};

/** Starts one; `bin` overrides the programs. */
export async function startTestServer(bin = process.env['EVERLINE_TEST_POSTGRES_BIN']): Promise<TestServer> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // mkdtemp makes it 0700; the server may run as another user (platform/postgres/can-reach.ts).
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'process'), String(process.pid));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const server = await startPostgres({ home: folder, mode: 'test', log: () => {}, bin }).catch((error: unknown) => {
    remove();
    throw error;
  });
  const kill = () => {
    killNow(server.pid, server.where);
    remove();
  };
  const admin = { ...server.connection, database: 'postgres' };
  try {
    return { admin, template: await ensureTemplate(admin), kill, stop: () => server.stop().finally(remove) };
  } catch (error) {
    await server.stop();
    remove();
    throw error;
  }
}

/** SIGQUIT is PostgreSQL's "immediate" shutdown; its files are removed only when it no longer writes any. */
function killNow(pid: number, data: string): void {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    return;
  }
  const asleep = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 500 && existsSync(join(data, 'postmaster.pid')); tries += 1) Atomics.wait(asleep, 0, 0, 10);
}

/** Servers of test processes that were killed: nobody else will end them. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    try {
      if (!isLeftBehind(folder)) continue;
      await stopLeftBehind(join(folder, 'postgres'));
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's folder, or one that another sweep is removing: not ours to end.
    }
  }
}

function isLeftBehind(folder: string): boolean {
  const owner = join(folder, 'process');
  if (existsSync(owner)) return !isAlive(Number(readFileSync(owner, 'utf8')));
  // Half removed, or its maker is between two lines of startTestServer.
  return Date.now() - statSync(folder).mtimeMs > 60_000;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * For the runner: one server for all test files of a run. `environment` goes to the test processes, whose testDatabase()
 * then clones from it. `bin` is a folder with another PostgreSQL's programs, else EVERLINE_TEST_POSTGRES_BIN, else ours.
 */
export async function testServer(bin?: string): Promise<{ readonly environment: Readonly<Record<string, string>>; stop(): Promise<void> }> {
  const server = await startTestServer(bin);
  return {
    environment: { EVERLINE_TEST_POSTGRES: JSON.stringify(server.admin), EVERLINE_TEST_TEMPLATE: server.template },
    stop: server.stop,
  };
}
