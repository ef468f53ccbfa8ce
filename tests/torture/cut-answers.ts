/**
 * Connections to PostgreSQL that are sometimes cut just after a statement was sent: whether it was done, nobody was told. The
 * socket is handed to the driver in the program's connection settings; the house itself has no hook for it.
 */
import { Socket } from 'node:net';
import type pg from 'pg';

/** platform/database sends COMMIT as it is, in a Query message: Q, its length, the text, a zero. */
export const COMMIT = [Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1')];
/** Jobs are taken and ended by statements that graphile-worker prepares under these names; a Bind has them between zeros. */
export const TAKE_JOB = [Buffer.from('\0get_job/graphile_worker\0')];
export const TAKE_OR_END_JOB = [...TAKE_JOB, Buffer.from('\0complete_job/graphile_worker\0')];

export type AnswerCutter = {
  readonly connection: pg.ClientConfig;
  /** From now on one in so many is cut; 0: none. */
  cutOneIn(statements: number): void;
};

type CutOptions = {
  /** What marks them in what is written. */
  readonly statements: readonly Buffer[];
  /** Gives 0 ≤ n < 1. */
  readonly chance: () => number;
  readonly onCut: () => void;
};

type Written = (error?: Error | null) => void;
type Piece = { readonly chunk: Buffer; readonly encoding: BufferEncoding };

export function cutAnswers(connection: pg.ClientConfig, { statements, chance, onCut }: CutOptions): AnswerCutter {
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
      if (oneIn === 0 || !chunks.some((chunk) => statements.some((mark) => chunk.includes(mark))) || chance() >= 1 / oneIn) return;
      onCut();
      // After this turn, in which the whole request is written.
      setImmediate(() => this.destroy());
    }
  }
  return {
    connection: { ...connection, stream: () => new CutSocket() },
    cutOneIn(wanted) {
      oneIn = wanted;
    },
  };
}
