/**
 * A real PostgreSQL, durable as in production (fsync on), that somebody kills again and again and we start again: the
 * embedded launcher does what it does after a crash, the server recovers from its log.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { type RunningPostgres, startPostgres } from '#platform/postgres';
import { killTree } from './kill-tree.ts';

export type SupervisedPostgres = {
  readonly connection: pg.ClientConfig;
  /** SIGKILL to the postmaster and all its children; started again after so many ms, or after that. Resolves when it is ready again. */
  kill(down: number | Promise<void>): Promise<void>;
  readonly kills: () => number;
  /** What the server said of itself that no server should: panics, and pages that do not hold what they should. */
  complaints(): string[];
  stop(): Promise<void>;
};

const COMPLAINT = /PANIC|invalid page|checksum|could not read block|corrupt/i;

export async function supervisePostgres(home: string, print: (line: string) => void): Promise<SupervisedPostgres> {
  let running: RunningPostgres = await startPostgres({ home, mode: 'safe', log: () => {} });
  let kills = 0;
  const { connection } = running;
  return {
    connection,
    kills: () => kills,
    async kill(down) {
      kills += 1;
      killTree(running.pid);
      await running.ended;
      await (typeof down === 'number' ? new Promise((resolve) => setTimeout(resolve, down)) : down);
      running = await startPostgres({ home, mode: 'safe', log: print });
    },
    complaints() {
      const file = join(running.where, '../postgres.log');
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      return lines.filter((line) => COMPLAINT.test(line));
    },
    stop: () => running.stop(),
  };
}
