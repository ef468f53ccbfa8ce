export type { Entry, HouseEntry } from './records.ts';
export { readEntries, writeEntry } from './write-entry.ts';
export { readHouseEntries, writeHouseEntry } from './write-house-entry.ts';
