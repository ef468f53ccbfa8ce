/**
 * Whether the network knows of a change (FX-2): the first quota that a line was granted after it, and whether anything is open
 * that will ask. Asked for once a second by whoever watches an order, so it reads some rows by an index and no more.
 */
import { DAY_MS } from '#platform/clock';
import { type Queries, statement } from '#platform/database';
import type { RecordedItem } from './charging.ts';
import { utcDay } from './days.ts';
import { SESSION_DAYS_MAX } from './move-money.ts';
import { openSessionsOfLine } from './read-sessions.ts';
import { decodeItems } from './record-text.ts';

export type NetworkAnswer = {
  /** Transport time of the first grant; null: none yet, or none in time. */
  readonly grantedAt: Date | null;
  /** The line has a session open, which will ask again. */
  readonly isOpen: boolean;
};

type LineKey = { readonly slot: number; readonly accountId: bigint; readonly lineId: bigint };
type Range = { readonly effectiveAt: Date; readonly since: Date; readonly beganFrom: string; readonly beganUntil: string };
const chargesSince = statement<LineKey & Range & { limitRows: number }, { at: Date; items: unknown }>(import.meta.dirname, 'charges-since');

/** Requests looked through: what a line asks for in the time that counts. */
const REQUESTS_MAX = 50;

/**
 * Of a change that took effect at `effectiveAt` (business time), committed at `since` (transport time). A grant counts until `until`;
 * later ones are the next connection's. What is free in every state (self-care) was granted before the change as well, and proves nothing.
 */
export async function confirmByNetwork(
  queries: Queries,
  { slot, accountId, lineId, effectiveAt, since, until }: LineKey & { effectiveAt: Date; since: Date; until: Date },
): Promise<NetworkAnswer> {
  const key = { slot, accountId, lineId };
  const days = { beganFrom: utcDay(new Date(since.getTime() - (SESSION_DAYS_MAX + 1) * DAY_MS)), beganUntil: utcDay(until) };
  const [rows, sessions] = await Promise.all([
    queries.query(chargesSince, { ...key, effectiveAt, since, ...days, limitRows: REQUESTS_MAX }),
    openSessionsOfLine(queries, key),
  ]);
  const first = rows.find(({ at, items }) => at < until && decodeItems(items).some(isPaidFor));
  return { grantedAt: first?.at ?? null, isOpen: sessions.length > 0 };
}

function isPaidFor({ granted, why }: RecordedItem): boolean {
  return granted !== null && granted > 0n && why !== 'free';
}
