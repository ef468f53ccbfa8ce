/**
 * Trap: a data folder belongs to one major version of PostgreSQL. A newer one (an older Everline started on it) must be
 * left alone; an older one needs a dump with the old program, which is what `everline backup` is for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { majorVersion } from './find-binaries.ts';
import { PostgresTrouble } from './trouble.ts';

/** Throws PostgresTrouble `data_newer`, `data_older` or `data_unusable`. */
export async function checkDataVersion(data: string, bin: string): Promise<void> {
  const written = readVersion(data);
  const ours = await majorVersion(bin);
  if (written > ours) {
    throw new PostgresTrouble(
      'data_newer',
      `The database in ${data} was made by PostgreSQL ${written}; this Everline brings PostgreSQL ${ours}.`,
      'Start it with the newer Everline that made it, or set EVERLINE_HOME to another folder.',
    );
  }
  if (written < ours) {
    throw new PostgresTrouble(
      'data_older',
      `The database in ${data} was made by PostgreSQL ${written}; this Everline brings PostgreSQL ${ours}, which cannot read it.`,
      'Back it up with the older Everline (everline backup), then restore into a new EVERLINE_HOME with this one.',
    );
  }
}

function readVersion(data: string): number {
  try {
    return Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') {
      throw new PostgresTrouble(
        'not_permitted',
        `The database folder (${data}) belongs to another user of this machine.`,
        'Start as that user, as you did before, or set EVERLINE_HOME to a folder of your own.',
      );
    }
    throw new PostgresTrouble(
      'data_unusable',
      `${data} is there but is not a PostgreSQL data folder (${code ?? error}).`,
      'Move it away and start again, then restore your last backup.',
    );
  }
}
