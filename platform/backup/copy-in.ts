/** `COPY … FROM STDIN` on a connection of `pg`: the other direction of copy-out.ts, with the socket's own back-pressure. */
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** What pg's Connection can do and its types do not say (pg/lib/connection.js). */
type CopyConnection = pg.Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};

/** Sends all of `chunks`; gives the number of rows the server took. When `chunks` fails, the server takes none. */
export function copyIn(client: pg.Client, sql: string, chunks: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(sql, chunks, resolve, reject));
  });
}

class CopyIn {
  readonly callback = (): void => {};
  private readonly sql: string;
  private readonly chunks: AsyncIterable<Buffer>;
  private readonly resolve: (rows: number) => void;
  private readonly reject: (error: unknown) => void;
  private rows = 0;
  /** Set when the server gave up: the rest need not be sent. */
  private failed = false;

  constructor(sql: string, chunks: AsyncIterable<Buffer>, resolve: (rows: number) => void, reject: (error: unknown) => void) {
    this.sql = sql;
    this.chunks = chunks;
    this.resolve = resolve;
    this.reject = reject;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.sql);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.send(connection).catch((error: unknown) => {
      this.reject(error);
      connection.sendCopyFail('the source of the rows failed');
    });
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.rows = Number(text.split(' ')[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.resolve(this.rows);
  }

  handleError(error: unknown): void {
    this.failed = true;
    this.reject(error);
  }

  private async send(connection: CopyConnection): Promise<void> {
    for await (const chunk of this.chunks) {
      if (this.failed) return;
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await drained(connection.stream);
    }
    connection.endCopyFrom();
  }
}

/** A socket that breaks never drains: then the query's own error ends it. */
async function drained(stream: Duplex): Promise<void> {
  const listening = new AbortController();
  const first = Promise.race([once(stream, 'drain', listening), once(stream, 'close', listening)]);
  await first.finally(() => listening.abort());
}
