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

type Written = (error?: Error | null) => void;
type Piece = { readonly chunk: Buffer; readonly encoding: BufferEncoding };

/** `chance` gives 0 ≤ n < 1; `onCut` is told of each. */
export function cutCommits(connection: pg.ClientConfig, chance: () => number, onCut: () => void): CommitCutter {
  let oneIn = 0;
  // Not `write`: connecting puts node's own in its place.
  class CutSocket extends Socket {
    override _write(chunk: Buffer, encoding: BufferEncoding, done: Written): void {
      this.cutAfter([chunk]);
      super._write(chunk, encoding, done);
    }
    override _writev(pieces: Piece[], done: Written): void {
      this.cutAfter(pieces.map(({ chunk }) => chunk));
      super._writev?.(pieces, done);
    }
    private cutAfter(chunks: readonly Buffer[]): void {
      if (oneIn === 0 || !chunks.some((chunk) => chunk.includes(BIND_COMMIT)) || chance() >= 1 / oneIn) return;
      onCut();
      // After this turn, in which the whole request is written.
      setImmediate(() => this.destroy());
    }
  }
  return {
    connection: { ...connection, stream: () => new CutSocket() },
    cutOneIn(commits) {
      oneIn = commits;
    },
  };
}
