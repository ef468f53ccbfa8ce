/**
 * Starts the embedded PostgreSQL of a home folder: find the programs, choose user and place, make the data if there is
 * none, end an orphan, spawn, wait until it is ready. Each trap on the way has a file of its own beside this one.
 */
import { existsSync } from 'node:fs';
import type pg from 'pg';
import { checkDataVersion } from './check-data-version.ts';
import { choosePlace, writeWhere } from './choose-place.ts';
import { connectionTo } from './connection-to.ts';
import { createCluster } from './create-cluster.ts';
import { endOrphan } from './end-orphan.ts';
import { ensureDatabase } from './ensure-database.ts';
import { explain } from './explain-failure.ts';
import { findBinaries } from './find-binaries.ts';
import type { Mode } from './settings.ts';
import { shareBinaries } from './share-binaries.ts';
import { prepareSocketFolder } from './short-socket.ts';
import { type Ended, spawnServer } from './spawn-server.ts';

export type PostgresOptions = {
  /** EVERLINE_HOME: the folder that holds everything of this installation; made when absent. */
  readonly home: string;
  /** `test` gives up durability for speed. */
  readonly mode: Mode;
  /** Told, in plain words, of whatever takes time or was put right. */
  readonly log: (line: string) => void;
  /** A folder with initdb and postgres, instead of the npm package's. */
  readonly bin?: string | undefined;
  /** Where data goes that the server's user cannot reach in `home`; tests only. */
  readonly readablePlace?: string | undefined;
};

export type RunningPostgres = {
  /** Superuser on the unix socket, database `everline`; a program adds `options: '-c role=everline_app'`. */
  readonly connection: pg.ClientConfig;
  /** The data folder. */
  readonly where: string;
  readonly pid: number;
  /** True in test mode: what is confirmed may be lost in a power cut. */
  readonly unsafe: boolean;
  /** Resolves when the server is gone, by `stop` or by itself. */
  readonly ended: Promise<Ended>;
  /** Fast shutdown; resolves when the process is gone. May be called again. */
  stop(): Promise<void>;
};

/** Throws PostgresTrouble, whose message is for the reader of a terminal. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  try {
    return await start(options);
  } catch (error) {
    // What the system says of a folder (ENOSPC, EACCES, EROFS) is put into the same words as when PostgreSQL meets it.
    if (error instanceof Error && 'syscall' in error) throw explain(error.message, options.home);
    throw error;
  }
}

async function start(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = findBinaries(options.bin);
  const place = choosePlace(options.home, options.readablePlace);
  const bin = shareBinaries(binaries, place.runner, place.shelter);
  writeWhere(place, bin);
  // Whoever removes the home to begin anew must know that its data is not in it.
  if (place.base !== place.home) options.log(`The database of ${place.home} is kept in ${place.base}, where its server can reach it.`);
  if (existsSync(place.data)) {
    await endOrphan(place.data, options.log);
    await checkDataVersion(place.data, bin);
  } else {
    options.log('Creating the database.');
    await createCluster(place, bin, options.mode);
  }
  prepareSocketFolder(place.socketFolder, place.runner);
  const server = await spawnServer(place, bin, options.mode, options.log);
  const connection = connectionTo(place.socketFolder);
  try {
    await ensureDatabase(connection);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { connection, where: place.data, pid: server.pid, unsafe: options.mode === 'test', ended: server.ended, stop: server.stop };
}
