/** `everline backup` and `everline restore`. See README.md. */
export { type BackupReport, backUp } from './back-up.ts';
export { type RestoreReport, restore } from './restore.ts';
export { BackupTrouble, type BackupTroubleCode } from './trouble.ts';
