/** What a migration can refuse, told to whoever typed `everline migrate`. */
export type MigrationTroubleCode = 'migration_changed' | 'migration_failed' | 'migration_misnamed' | 'not_permitted' | 'schema_newer';

export class MigrationTrouble extends Error {
  override name = 'MigrationTrouble';
  readonly code: MigrationTroubleCode;
  /** The next step, one sentence. */
  readonly whatToDo: string;
  constructor(code: MigrationTroubleCode, matter: string, whatToDo: string, cause?: unknown) {
    super(`${matter} ${whatToDo}`, { cause });
    this.code = code;
    this.whatToDo = whatToDo;
  }
}
