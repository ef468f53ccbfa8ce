import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { type Queries, statement } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import type { Line, LineEventRow, LineKey, LineWithQueue, QueuedPlan } from './line.ts';
import { refuse } from './refusals.ts';

export type NumberClaim = LineKey & { readonly claimCount: bigint };
export type LineInList = LineKey & Pick<Line, 'number' | 'market' | 'state' | 'planCode' | 'paidUntil'>;

const findNumberRow = statement<{ number: string }, NumberClaim>(import.meta.dirname, 'find-number');
const readLineRow = statement<LineKey, Line & { waits: boolean; claimCount: bigint | null }>(import.meta.dirname, 'read-line');
const readQueueRows = statement<LineKey, QueuedPlan>(import.meta.dirname, 'read-queue');
const readHappeningRows = statement<LineKey, LineEventRow>(import.meta.dirname, 'read-happenings');
const listLineRows = statement<{ limitRows: number }, LineInList>(import.meta.dirname, 'list-lines');
const linesOfAccountRows = statement<{ slot: number; accountId: bigint }, { lineId: bigint; number: string }>(
  import.meta.dirname,
  'lines-of-account',
);

/** E.164 from what a person types, in the national form of `country` or international. Refuses `lines.number_invalid`. */
export function readNumber(text: string, country: string): string | Refusal<'lines.number_invalid'> {
  const typed = text.normalize('NFKC').trim().slice(0, 40);
  const parsed = parsePhoneNumberFromString(typed, country as CountryCode);
  // "possible" (length), not "valid" (assigned range): private and test networks use ranges no register knows.
  return parsed?.isPossible() ? parsed.number : refuse('lines.number_invalid', { text: typed });
}

/** The line that has this E.164 number, with the count that tells a moved number from the same one. */
export async function findNumber(queries: Queries, number: string): Promise<NumberClaim | Refusal<'lines.not_found'>> {
  return (await queries.maybe(findNumberRow, { number })) ?? refuse('lines.not_found', { number });
}

/** The line and the plans waiting behind it. Under the account's lock, or for showing. */
export async function readLine(queries: Queries, key: LineKey): Promise<LineWithQueue> {
  const { line, queue } = await readLineAndClaim(queries, key);
  return { line, queue };
}

/** The same, with which claim of its number the line holds; null when it holds none. */
export async function readLineAndClaim(
  queries: Queries,
  { slot, accountId, lineId }: LineKey,
): Promise<LineWithQueue & { readonly claimCount: bigint | null }> {
  const key = { slot, accountId, lineId };
  const { waits, claimCount, ...line } = await queries.one(readLineRow, key);
  return { line, queue: waits ? await queries.query(readQueueRows, key) : [], claimCount };
}

/** What happened to the line, oldest first. */
export function readHappenings(queries: Queries, { slot, accountId, lineId }: LineKey): Promise<LineEventRow[]> {
  return queries.query(readHappeningRows, { slot, accountId, lineId });
}

/** All lines by number, for the operator's list. */
export function listLines(queries: Queries, limitRows: number): Promise<LineInList[]> {
  return queries.query(listLineRows, { limitRows });
}

export function linesOfAccount(
  queries: Queries,
  { slot, accountId }: { slot: number; accountId: bigint },
): Promise<{ lineId: bigint; number: string }[]> {
  return queries.query(linesOfAccountRows, { slot, accountId });
}
