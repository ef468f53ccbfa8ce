/** What a person takes away: plain tables, the same whether they are written as JSON or as CSV. */

/** Amounts and large quantities are decimal text, instants ISO 8601 in UTC, money has its currency beside it. */
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

export const TABLES = [
  'person',
  'sign_in_names',
  'terms_accepted',
  'sign_ins',
  'passkeys',
  'saved_methods',
  'lines',
  'line_events',
  'use_by_day',
  'packages',
  'orders',
  'receipts',
  'changes',
] as const;
export type OwnData = { readonly [Table in (typeof TABLES)[number]]: readonly Row[] };
