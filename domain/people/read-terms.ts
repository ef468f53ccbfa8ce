import { type Queries, statement } from '#platform/database';
import { slotOf } from '#platform/ids';

/** Which terms were accepted when, by business time. */
export type Acceptance = { readonly market: string; readonly version: string; readonly acceptedAt: Date };
const acceptanceRows = statement<{ slot: number; personId: bigint }, Acceptance>(import.meta.dirname, 'acceptances-of-person');

export function readAcceptances(queries: Queries, personId: bigint): Promise<Acceptance[]> {
  return queries.query(acceptanceRows, { slot: slotOf(personId), personId });
}
