/**
 * Trap: the path of a unix socket has room for 107 bytes (103 on macOS), and a home folder deep in somebody's projects
 * is longer. The socket then lives in a short folder named by the hash of the long one.
 */
import { chmodSync, chownSync, lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from './choose-runner.ts';
import { PostgresTrouble } from './trouble.ts';

export const SOCKET_PORT = 5432;
const SHORT = '/tmp/everline-';
const SOCKET_BYTES_MAX = process.platform === 'linux' ? 107 : 103;

export function chooseSocketFolder(base: string, hash: string): string {
  const folder = join(base, 'socket');
  return fits(folder) ? folder : `${SHORT}${hash}`;
}

export function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_BYTES_MAX;
}

/** Only the server's user (and root) may enter: that is what stands for a password on this socket. */
export function prepareSocketFolder(folder: string, runner: Runner | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const status = lstatSync(folder);
  const ours = process.getuid?.();
  const owners = [ours, runner?.uid];
  // /tmp is everybody's: a link or a folder somebody else put there first must not receive our socket.
  if (!status.isDirectory() || !owners.includes(status.uid)) {
    throw new PostgresTrouble('not_permitted', `${folder} belongs to somebody else.`, 'Remove it, or set EVERLINE_HOME to a shorter path.');
  }
  chmodSync(folder, 0o700);
  if (runner !== undefined) chownSync(folder, runner.uid, runner.gid);
}

/** A stopped server leaves it empty; in /tmp nobody else would ever remove it. */
export function removeShortSocketFolder(folder: string): void {
  try {
    if (folder.startsWith(SHORT)) rmdirSync(folder);
  } catch {
    // Not empty: another server was started there in the meantime.
  }
}
