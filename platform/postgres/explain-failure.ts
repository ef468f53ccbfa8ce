/** Turns what initdb or a failed postgres wrote into one sentence of matter and one of what to do. */
import { statfsSync } from 'node:fs';
import { PostgresTrouble, type TroubleCode } from './trouble.ts';

type Explanation = { readonly pattern: RegExp; readonly code: TroubleCode; readonly matter: string; readonly whatToDo: string };

const DISK_FULL: Explanation = {
  pattern: /No space left on device|Disk quota exceeded/i,
  code: 'disk_full',
  matter: 'The disk that holds the database (<folder>) is full.',
  whatToDo: 'Free some space (500 MB at least) and start again; nothing that was confirmed is lost.',
};

/** First match wins. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /could not resize shared memory segment.*No space left on device/,
    code: 'disk_full',
    matter: 'The shared memory of this machine (/dev/shm) is full.',
    whatToDo: 'Give it more room; for a container, start it with --shm-size=256m.',
  },
  DISK_FULL,
  {
    pattern: /error while loading shared libraries|cannot execute|spawn .* ENOENT|Exec format error|version `GLIBC/,
    code: 'binaries_unusable',
    matter: 'The embedded PostgreSQL does not run on this machine.',
    whatToDo: 'Set DATABASE_URL to a PostgreSQL 15 or later of your own.',
  },
  {
    pattern: /read-only file system/i,
    code: 'not_permitted',
    matter: 'The disk that holds the database (<folder>) can only be read.',
    whatToDo: 'Set EVERLINE_HOME to a folder on a disk that can be written.',
  },
  {
    pattern: /Permission denied|EACCES|Operation not permitted|has wrong ownership/,
    code: 'not_permitted',
    matter: 'You may not write the database folder (<folder>): it belongs to another user of this machine.',
    whatToDo: 'Start as that user, as you did before, or set EVERLINE_HOME to a folder of your own.',
  },
  {
    pattern: /Cannot allocate memory|could not map anonymous shared memory/,
    code: 'start_failed',
    matter: 'There is not enough free memory for the database.',
    whatToDo: 'Close something large and start again.',
  },
];

/** A full disk often has no room left for the line that would say so. */
const FREE_OCTETS_MIN = 1024 * 1024;

export function explain(output: string, folder: string): PostgresTrouble {
  const found = EXPLANATIONS.find(({ pattern }) => pattern.test(output)) ?? (isFull(folder) ? DISK_FULL : undefined);
  if (found !== undefined) return new PostgresTrouble(found.code, found.matter.replace('<folder>', folder), found.whatToDo, output);
  const said = output.split('\n').filter((line) => /FATAL|PANIC|error/i.test(line));
  const why = said.at(-1)?.replace(/^.*(FATAL|PANIC|error):\s*/i, '');
  return new PostgresTrouble(
    'start_failed',
    `PostgreSQL does not run${why === undefined ? '' : `: ${why}`}.`,
    `Look into postgres.log in ${folder}, then start again.`,
    output,
  );
}

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < FREE_OCTETS_MIN;
  } catch {
    return false;
  }
}
