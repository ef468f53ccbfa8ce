/** Tables as CSV (RFC 4180), for spreadsheets. */
import type { Cell, OwnData, Row } from './own-data.ts';

/** One file for each table that has rows: "orders.csv". UTF-8 with the mark by which spreadsheets know it. */
export function writeCsvFiles(data: OwnData): { readonly name: string; readonly text: string }[] {
  const tables = Object.entries(data).filter(([, rows]) => rows.length > 0);
  return tables.map(([table, rows]) => ({ name: `${table}.csv`, text: writeCsv(rows) }));
}

/** One table, with its columns' names above it. */
export function writeCsv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
  return `\uFEFF${lines.map((cells) => cells.map(writeCell).join(',')).join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would run as a formula is led by an apostrophe; a signed number is a number. */
function writeCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
