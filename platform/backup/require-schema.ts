/** Both directions work on the schema of this very program: a backup of another is restored by the program that made it. */
import type pg from 'pg';
import { compareSchema, readMigrations } from '#platform/migrate';
import type { BackupHeader } from './header.ts';
import { BackupTrouble } from './trouble.ts';

/** Throws BackupTrouble `database_not_migrated`. */
export async function requireSchema(client: pg.Client): Promise<void> {
  const { standing, value } = await compareSchema(client);
  if (standing === 'same') return;
  const step = standing === 'empty' || standing === 'older' ? 'Run everline migrate first.' : 'Use the Everline that migrated it.';
  throw new BackupTrouble(
    'database_not_migrated',
    `The schema of this database is not the one this Everline knows (${standing}: ${value}).`,
    step,
  );
}

/** Throws BackupTrouble `backup_differs`. */
export function requireSameMigrations({ migrations, takenAt }: BackupHeader): void {
  const ours = readMigrations();
  const differs = ours.findIndex(({ name, hash }, index) => migrations[index]?.name !== name || migrations[index]?.hash !== hash);
  if (differs < 0 && migrations.length === ours.length) return;
  const newest = migrations.at(-1)?.name ?? 'nothing';
  const step =
    differs === migrations.length
      ? `Restore it with the Everline that made it, then run everline migrate with this one.`
      : 'Restore it with the Everline that made it.';
  throw new BackupTrouble(
    'backup_differs',
    `The backup of ${takenAt} has another schema (up to ${newest}; this Everline: ${ours.at(-1)?.name}).`,
    step,
  );
}
