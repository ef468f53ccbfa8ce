import { type Queries, statement } from '#platform/database';
import type { AccountKey, Service } from './allowance.ts';

export type DayOfUse = {
  /** The local calendar day, as text: 2026-11-21. */
  readonly day: string;
  readonly service: Service;
  /** Octets, seconds or messages; covered and uncovered together. */
  readonly quantity: bigint;
  readonly throttled: bigint;
  readonly uncovered: bigint;
};

type Asked = AccountKey & { lineId: bigint; from: Date; until: Date; timeZone: string };
const useByDayRows = statement<Asked, DayOfUse>(import.meta.dirname, 'use-by-day');

/** A line's use by day of its market's clock (IANA zone) and service, from ≤ instant < until, oldest first; days without use are left out. */
export function useByDay(queries: Queries, asked: Asked): Promise<DayOfUse[]> {
  return queries.query(useByDayRows, asked);
}
