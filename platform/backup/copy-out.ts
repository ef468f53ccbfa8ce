/**
 * `COPY … TO STDOUT` on a connection of `pg`, which leaves the copy messages to whoever submits a query of its own. The
 * server sends as fast as it can: what it sends is gathered in batches, and the socket is paused while the taker is
 * behind, so that a table of any size passes through a few hundred kilobytes.
 */
import type pg from 'pg';

const BATCH_OCTETS = 64 * 1024;
const WAITING_BATCHES_MAX = 4;

/** Hands the rows to `take`, one batch after another, whole rows or not; resolves when the last was taken. */
export function copyOut(client: pg.Client, sql: string, take: (batch: Buffer) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut(sql, take, resolve, reject));
  });
}

/** pg's side of it: what a Client calls on the query it is running (pg/lib/client.js, Submittable). */
class CopyOut {
  /** Nobody's: a client asks for it. */
  readonly callback = (): void => {};
  private readonly sql: string;
  private readonly take: (batch: Buffer) => Promise<void>;
  private readonly resolve: () => void;
  private readonly reject: (error: unknown) => void;
  private readonly waiting: Buffer[] = [];
  private batch = Buffer.allocUnsafe(BATCH_OCTETS);
  private filled = 0;
  private taking: Promise<void> | undefined;

  constructor(sql: string, take: (batch: Buffer) => Promise<void>, resolve: () => void, reject: (error: unknown) => void) {
    this.sql = sql;
    this.take = take;
    this.resolve = resolve;
    this.reject = reject;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.sql);
  }

  /** The chunk lies in the parser's buffer, which is used again for the next message: it is copied at once. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }, connection: pg.Connection): void {
    for (let offset = 0; offset < chunk.length; ) {
      const octets = chunk.copy(this.batch, this.filled, offset);
      offset += octets;
      this.filled += octets;
      if (this.filled === BATCH_OCTETS) this.handOver(connection);
    }
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(connection: pg.Connection): void {
    this.handOver(connection);
    (this.taking ?? Promise.resolve()).then(this.resolve, this.reject);
  }

  handleError(error: unknown): void {
    this.reject(error);
  }

  private handOver(connection: pg.Connection): void {
    if (this.filled === 0) return;
    this.waiting.push(this.batch.subarray(0, this.filled));
    this.batch = Buffer.allocUnsafe(BATCH_OCTETS);
    this.filled = 0;
    if (this.waiting.length >= WAITING_BATCHES_MAX) connection.stream.pause();
    this.taking ??= this.takeAll(connection);
    this.taking.catch(this.reject);
  }

  private async takeAll(connection: pg.Connection): Promise<void> {
    for (let batch = this.waiting.shift(); batch !== undefined; batch = this.waiting.shift()) {
      await this.take(batch);
      if (this.waiting.length === 0) connection.stream.resume();
    }
    this.taking = undefined;
  }
}
