/** The file being read, line by line or table by table, in constant memory. */
import { createReadStream, type ReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { BackupTrouble } from './trouble.ts';

const NEWLINE = 0x0a;
/** A line that cannot be a row: COPY writes a backslash in a value as two. */
const END_OF_TABLE = Buffer.from('\n\\.\n');

export class BackupReader {
  private readonly file: string;
  private readonly input: ReadStream;
  private readonly chunks: AsyncIterator<Buffer>;
  /** Not yet given out. Always begins with the newline before what comes next, so that a mark is found in one way. */
  private rest: Buffer = Buffer.from('\n');

  constructor(file: string) {
    this.file = file;
    const gunzip = createGunzip();
    this.input = createReadStream(file);
    this.input.on('error', (error) => gunzip.destroy(error));
    this.chunks = this.input.pipe(gunzip)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line, without its end. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.rest.indexOf(NEWLINE, 1);
      if (end > 0) {
        const line = this.rest.toString('utf8', 1, end);
        this.rest = this.rest.subarray(end);
        return line;
      }
      await this.more();
    }
  }

  /** The rows of the next table, in pieces that end with a row. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const mark = this.rest.indexOf(END_OF_TABLE);
      const lastRowEnd = mark >= 0 ? mark : this.rest.lastIndexOf(NEWLINE);
      const rows = this.rest.subarray(1, lastRowEnd + 1);
      this.rest = this.rest.subarray(mark >= 0 ? mark + END_OF_TABLE.length - 1 : lastRowEnd);
      if (rows.length > 0) yield rows;
      if (mark >= 0) return;
      await this.more();
    }
  }

  /** Reads to the end, where gzip keeps its check sum. */
  async end(): Promise<void> {
    if (this.rest.length > 1 || (await this.next()) !== undefined) throw this.damaged();
  }

  /** Closes the file, also in the middle. */
  async close(): Promise<void> {
    this.input.destroy();
    await this.chunks.return?.();
  }

  private async more(): Promise<void> {
    const chunk = await this.next();
    if (chunk === undefined) throw this.damaged();
    this.rest = Buffer.concat([this.rest, chunk]);
  }

  private async next(): Promise<Buffer | undefined> {
    const { value, done } = await this.chunks.next().catch((error: unknown) => {
      throw this.unreadable(error);
    });
    return done === true ? undefined : value;
  }

  private unreadable(error: unknown): BackupTrouble {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'Z_DATA_ERROR' && this.rest.length === 1) {
      return new BackupTrouble(
        'not_a_backup',
        `${this.file} is not a backup made by Everline.`,
        'Name the file that everline backup wrote.',
        error,
      );
    }
    if (code.startsWith('Z_')) return this.damaged(error);
    return new BackupTrouble('not_a_backup', `${this.file} cannot be read (${code}).`, 'Name the file that everline backup wrote.', error);
  }

  private damaged(cause?: unknown): BackupTrouble {
    return new BackupTrouble(
      'backup_damaged',
      `${this.file} is damaged or was cut short.`,
      'Use another backup; nothing of this one was restored.',
      cause,
    );
  }
}
