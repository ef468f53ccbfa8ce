/**
 * Connections to PostgreSQL that are sometimes cut just after COMMIT was sent: whether it was done, nobody was told. The
 * socket is handed to the driver in the program's connection settings; the house itself has no hook for it.
 */
import { Socket } from 'node:net';
import type pg from 'pg';

/** The Bind message of the statement that platform/database prepares as "commit", and nothing else, holds this. */
const BIND_COMMIT = Buffer.from('\0commit\0');

export type CommitCutter = {
  readonly connection: pg.ClientConfig;
  /** From now on one commit in so many is cut; 0: none. */
  cutOneIn(commits: number): void;
};

/** `chance` gives 0 ≤ n < 1; `onCut` is told of each. */
export function cutCommits(connection: pg.ClientConfig, chance: () => number, onCut: () => void): CommitCutter {
  let oneIn = 0;
  class CutSocket extends Socket {
    override write(chunk: string | Uint8Array, ...rest: never[]): boolean {
      const written = super.write(chunk, ...rest);
      const isCommit = oneIn > 0 && typeof chunk !== 'string' && Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).includes(BIND_COMMIT);
      if (isCommit && chance() < 1 / oneIn) {
        onCut();
        // After this turn, in which the rest of the request is written too.
        setImmediate(() => this.destroy());
      }
      return written;
    }
  }
  return {
    connection: { ...connection, stream: () => new CutSocket() },
    cutOneIn(commits) {
      oneIn = commits;
    },
  };
}
