/** What a backup or a restore can refuse, told to whoever typed `everline backup` or `everline restore`. */
export type BackupTroubleCode =
  | 'backup_damaged'
  | 'backup_differs'
  | 'backup_exists'
  | 'backup_unwritable'
  | 'database_not_empty'
  | 'database_not_migrated'
  | 'not_a_backup';

export class BackupTrouble extends Error {
  override name = 'BackupTrouble';
  readonly code: BackupTroubleCode;
  /** The next step, one sentence. */
  readonly whatToDo: string;
  constructor(code: BackupTroubleCode, matter: string, whatToDo: string, cause?: unknown) {
    super(`${matter} ${whatToDo}`, { cause });
    this.code = code;
    this.whatToDo = whatToDo;
  }
}
