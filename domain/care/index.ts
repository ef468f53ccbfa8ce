export { gatherOwnData } from './gather-own-data.ts';
export type { Cell, OwnData, Row } from './own-data.ts';
export { writeCsvFiles } from './write-csv.ts';
