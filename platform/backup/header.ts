/**
 * A backup is one gzip file of text, which `zcat` shows and any program can read: a line of JSON (this header); for each
 * table its rows in PostgreSQL's COPY text format and a line `\.`; and a line of JSON that says it is whole.
 */
import type { Partition } from './list-tables.ts';
import { BackupTrouble } from './trouble.ts';

export const FORMAT = 'everline-backup';
/** Raised when the layout changes, not when tables do. */
export const FORMAT_VERSION = 1;

export type BackedUpTable = { readonly table: string; readonly columns: readonly string[]; readonly rows: number };
export type BackedUpSequence = { readonly sequence: string; readonly lastValue: string; readonly isCalled: boolean };

export type BackupHeader = {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly takenAt: string;
  /** PostgreSQL's version, for people: any later one restores it too. */
  readonly server: string;
  /** What the schema was made by, in order; restored only into the same. */
  readonly migrations: readonly { readonly name: string; readonly hash: string }[];
  readonly tables: readonly BackedUpTable[];
  readonly sequences: readonly BackedUpSequence[];
  readonly partitions: readonly Partition[];
};

export type BackupTrailer = { readonly whole: true; readonly rows: number };

/** Throws BackupTrouble `not_a_backup` or `backup_differs`. */
export function parseHeader(line: string, file: string): BackupHeader {
  const header = parseObject(line) as Partial<BackupHeader>;
  if (header.format !== FORMAT)
    throw new BackupTrouble('not_a_backup', `${file} is not a backup made by Everline.`, 'Name the file that everline backup wrote.');
  if (header.version !== FORMAT_VERSION) {
    throw new BackupTrouble(
      'backup_differs',
      `${file} has a layout that this Everline does not know (${header.version}).`,
      'Restore it with the Everline that made it.',
    );
  }
  return header as BackupHeader;
}

export function parseObject(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
