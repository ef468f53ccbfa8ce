export { gatherOwnData } from './gather-own-data.ts';
export type { Cell, OwnData, Row } from './own-data.ts';
export { type Movement, type PaidOrder, readStatement, type Statement } from './read-statement.ts';
export { writeCsv, writeCsvFiles } from './write-csv.ts';
