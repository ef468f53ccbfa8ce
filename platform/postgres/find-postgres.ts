/** For commands run beside `npm start` (`everline clock`, `backup`, `line show`): the server that is running already. */
import { existsSync } from 'node:fs';
import type pg from 'pg';
import { choosePlace } from './choose-place.ts';
import { connectionTo } from './connection-to.ts';
import { findServer } from './pid-file.ts';
import { isAlive } from './processes.ts';

export type FoundPostgres = {
  readonly connection: pg.ClientConfig;
  readonly pid: number;
  /** The Everline that started it and will stop it; undefined when that one is gone, and the next start ends it. */
  readonly parentPid: number | undefined;
};

/** The running server of a home folder, or undefined. Throws PostgresTrouble `not_permitted` when only another user can know. */
export function findPostgres(home: string, readablePlace?: string): FoundPostgres | undefined {
  if (!existsSync(home)) return undefined;
  const server = findServer(choosePlace(home, readablePlace).data);
  if (server === undefined || !server.ready) return undefined;
  const parentPid = server.parent !== undefined && isAlive(server.parent) ? Number.parseInt(server.parent, 10) : undefined;
  return { connection: connectionTo(server.socketFolder), pid: server.pid, parentPid };
}
