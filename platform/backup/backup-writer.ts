/** The file being written: readable by its owner only, under another name until it is whole and on the disk. */
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { BackupTrouble } from './trouble.ts';

/** Half of what the default finds, at three times its speed. */
const GZIP_LEVEL = 2;

export type BackupWriter = {
  write(chunk: Buffer | string): Promise<void>;
  /** Makes the file appear under its name; gives its size. */
  finish(): Promise<{ octets: number }>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
};

/** Throws BackupTrouble `backup_exists`; later failures of the disk are `backup_unwritable`. */
export function openBackupWriter(file: string): BackupWriter {
  if (existsSync(file))
    throw new BackupTrouble('backup_exists', `${file} is there already.`, 'Name a new file: a backup never replaces another.');
  const part = `${file}.part`;
  const gzip = createGzip({ level: GZIP_LEVEL });
  const output = createWriteStream(part, { mode: 0o600, flush: true });
  const piped = pipeline(gzip, output);
  piped.catch(() => {});
  const orUnwritable = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw unwritable(file, error);
    }
  };
  return {
    async write(chunk) {
      if (gzip.write(chunk)) return;
      // The stream that fails never drains: whichever comes first.
      await orUnwritable(Promise.race([once(gzip, 'drain'), piped]));
    },
    async finish() {
      gzip.end();
      await orUnwritable(piped);
      if (existsSync(file)) throw new BackupTrouble('backup_exists', `${file} has appeared meanwhile.`, 'Name a new file.');
      await orUnwritable(rename(part, file).then(() => syncFolderOf(file)));
      return { octets: (await stat(file)).size };
    },
    async abandon() {
      gzip.destroy();
      output.destroy();
      await piped.catch(() => {});
      await rm(part, { force: true });
    },
  };
}

/** Without it the name of a new file may be gone after a power cut, though its content was written. */
async function syncFolderOf(file: string): Promise<void> {
  const folder = await open(new URL('.', `file://${encodeURI(file)}`), 'r');
  await folder.sync().finally(() => folder.close());
}

function unwritable(file: string, error: unknown): BackupTrouble {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  const matter = code === 'ENOSPC' ? `The disk that holds ${file} is full.` : `${file} cannot be written (${code || message}).`;
  return new BackupTrouble('backup_unwritable', matter, 'Name a file on a disk with room, in a folder you may write.', error);
}
