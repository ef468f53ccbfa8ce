export type { Entry } from './records.ts';
export { readEntries, writeEntry } from './write-entry.ts';
