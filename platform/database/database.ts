/**
 * What use cases see of PostgreSQL. READ COMMITTED with explicit locks: lock in a statement of its own; read, decide
 * and write in later statements of the same transaction (docs/decisions/0003-locks.md).
 */
import { assert, present } from '#platform/assert';
import { slotOf } from '#platform/ids';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Connection, ConnectionSource } from './connection.ts';
import { joinWrites, mayJoin, type Write } from './join-writes.ts';
import type { PreparedStatement, Statement } from './statement.ts';

export interface Queries {
  /** All rows. Calls made without waiting for each other travel in one round trip and run in order. */
  query<P extends object, R extends object>(statement: Statement<P, R>, parameters: P): Promise<R[]>;
  /** The one row there must be. */
  one<P extends object, R extends object>(statement: Statement<P, R>, parameters: P): Promise<R>;
  /** The row there may be. */
  maybe<P extends object, R extends object>(statement: Statement<P, R>, parameters: P): Promise<R | undefined>;
}

/** Inside one transaction. No outside call (provider, mail, network) may be awaited while it is open. */
export interface Transaction extends Queries {
  /**
   * Writes without an answer: with others that do not touch the same tables it leaves as one statement, before the next
   * query or with the COMMIT. It happens in the order in which it is asked for. When it fails nothing is committed, and the
   * transaction throws what it threw.
   */
  write<P extends object>(statement: Statement<P, object>, parameters: P): void;
  /** A question whose answer the work does not need, a lock for example: it travels with the COMMIT. When it fails, as above. */
  withCommit(asked: Promise<unknown>): void;
}

export interface Database extends Queries {
  /**
   * Runs `work` and commits, or rolls everything back when it throws or returns a Refusal. Retried (5 times at most,
   * jittered) when PostgreSQL says serialization failure, deadlock or lost connection: `work` must be repeatable, so
   * every writing use case carries an idempotency key.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

const ATTEMPTS_MAX = 5;

export function createDatabase(source: ConnectionSource, wait: (ms: number) => Promise<void> = waitReal): Database {
  return {
    ...queriesOver(queriesAlone(source)),
    async transaction(work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce(source, work);
        } catch (error) {
          if (attempt >= ATTEMPTS_MAX || !isRetryable(error)) throw error;
          await wait(Math.random() * 20 * 2 ** attempt);
        }
      }
    },
  };
}

type Waiting = {
  readonly statement: PreparedStatement;
  readonly parameters: object;
  readonly resolve: (rows: object[]) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Statements outside a transaction, each its own. Those asked for in one turn of the event loop travel together on one
 * connection: a page that reads four things waits for one round trip and takes one connection, not four.
 */
function queriesAlone(source: ConnectionSource): Run {
  let turn: Waiting[] | undefined;
  const send = async (together: readonly Waiting[]) => {
    let connection: Connection;
    try {
      connection = await source.acquire();
    } catch (error) {
      for (const one of together) one.reject(error);
      return;
    }
    let broken = false;
    await Promise.all(
      together.map(({ statement, parameters, resolve, reject }) =>
        connection.query(statement, parameters).then(resolve, (error: unknown) => {
          broken ||= isConnectionLost(error);
          reject(error);
        }),
      ),
    );
    connection.release(broken);
  };
  return (statement, parameters) =>
    new Promise((resolve, reject) => {
      if (turn === undefined) {
        const opened: Waiting[] = [];
        turn = opened;
        queueMicrotask(() => {
          turn = undefined;
          void send(opened);
        });
      }
      turn.push({ statement, parameters, resolve, reject });
    });
}

async function runOnce<T>(source: ConnectionSource, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const connection = await source.acquire();
  const lastWrites: Promise<unknown>[] = [];
  let finished = false;
  try {
    const begun = connection.begin();
    begun.catch(() => {});
    const writes = writesOver(connection, lastWrites);
    const result: T | Refusal = await work(transactionOver(connection, lastWrites, writes));
    if (isRefusal(result)) {
      await begun;
      await connection.rollback();
    } else {
      writes.send();
      // Of several that fail the first is what happened; the COMMIT after it is answered ROLLBACK, and says so too.
      await firstFailure([begun, ...lastWrites, connection.commit()]);
    }
    finished = true;
    return result;
  } catch (error) {
    finished = !isConnectionLost(error) && (await rolledBack(connection));
    // A statement after a last write that failed is only told that the transaction is aborted: the write says why.
    if (sqlState(error) === ABORTED) await firstFailure(lastWrites);
    throw error;
  } finally {
    connection.release(!finished);
  }
}

async function rolledBack(connection: Connection): Promise<boolean> {
  try {
    await connection.rollback();
    return true;
  } catch {
    return false;
  }
}

type Writes = { add(write: Write): void; send(): void };

/** What waits to be written; `send` before anything that may look at it. */
function writesOver(connection: Connection, lastWrites: Promise<unknown>[]): Writes {
  let waiting: Write[] = [];
  const send = () => {
    if (waiting.length === 0) return;
    const { statement, parameters } = joinWrites(waiting);
    waiting = [];
    const sent = connection.query(statement, parameters);
    sent.catch(() => {});
    lastWrites.push(sent);
  };
  return {
    add(write) {
      assertSlot(write.parameters);
      if (!mayJoin(waiting, write)) send();
      waiting.push(write);
    },
    send,
  };
}

function transactionOver(connection: Connection, lastWrites: Promise<unknown>[], writes: Writes): Transaction {
  return {
    ...queriesOver((statement, parameters) => {
      writes.send();
      return connection.query(statement, parameters);
    }),
    write: (statement, parameters) => writes.add({ statement, parameters }),
    withCommit(asked) {
      asked.catch(() => {});
      lastWrites.push(asked);
    },
  };
}

/** `in_failed_sql_transaction`. */
const ABORTED = '25P02';

/** Waits for all, in order, and throws what the first that failed threw. */
async function firstFailure(all: readonly Promise<unknown>[]): Promise<void> {
  for (const settled of await Promise.allSettled(all)) if (settled.status === 'rejected') throw settled.reason;
}

type Run = (statement: PreparedStatement, parameters: object) => Promise<object[]>;

/** A row looked for or written in another slot than its account's is lost: what takes both is asserted, reads too. */
function assertSlot({ slot, accountId }: { slot?: unknown; accountId?: unknown }): void {
  if (typeof slot === 'number' && typeof accountId === 'bigint')
    assert(slotOf(accountId) === slot, 'a row lives in the slot of its account');
}

function queriesOver(send: Run): Queries {
  const run: Run = (statement, parameters) => {
    assertSlot(parameters);
    return send(statement, parameters);
  };
  return {
    query: (statement, parameters) => run(statement, parameters) as Promise<never[]>,
    async one(statement, parameters) {
      const rows = await run(statement, parameters);
      assert(rows.length === 1, `${statement.name} gives exactly one row, not ${rows.length}`);
      return present(rows[0], statement.name) as never;
    },
    async maybe(statement, parameters) {
      const rows = await run(statement, parameters);
      assert(rows.length <= 1, `${statement.name} gives at most one row, not ${rows.length}`);
      return rows[0] as never;
    },
  };
}

function sqlState(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** 08*: connection; 57P0*: the server is going down or coming up; the rest are the socket's own words. */
export function isConnectionLost(error: unknown): boolean {
  const code = sqlState(error);
  if (code.startsWith('08') || code.startsWith('57P0')) return true;
  if (['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ENOENT'].includes(code)) return true;
  return error instanceof Error && /connection terminated|connection ended|not queryable/i.test(error.message);
}

/** 40001 serialization failure, 40P01 deadlock, or the connection went away. */
export function isRetryable(error: unknown): boolean {
  return sqlState(error) === '40001' || sqlState(error) === '40P01' || isConnectionLost(error);
}

/** 23505, optionally of one constraint. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (sqlState(error) !== '23505') return false;
  return constraint === undefined || (error as { constraint?: string }).constraint === constraint;
}

function waitReal(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
