/** What whoever watches the network's side wants to know, of the whole installation. */
import { type Queries, statement } from '#platform/database';
import type { ServiceKind } from './charging.ts';

export type Losses = { readonly kind: ServiceKind; readonly currency: string; readonly units: bigint; readonly minor: bigint };
export type OpenCount = { readonly peer: string; readonly kind: ServiceKind; readonly count: bigint };

const lossRows = statement<{ since: Date; until: Date }, Losses>(import.meta.dirname, 'read-losses');
const openRows = statement<object, OpenCount>(import.meta.dirname, 'count-open-sessions');

/** Use that nobody paid for (G6), recorded after `since` and not after `until`, by transport time. */
export function readLosses(queries: Queries, between: { readonly since: Date; readonly until: Date }): Promise<Losses[]> {
  return queries.query(lossRows, between);
}

export function countOpenSessions(queries: Queries): Promise<OpenCount[]> {
  return queries.query(openRows, {});
}
