import { type Queries, statement } from '#platform/database';
import { slotOf } from '#platform/ids';
import type { Tools } from '#platform/tools';
import type { HashedPassword } from './hash-password.ts';

type PersonKey = { slot: number; personId: bigint };
const readRow = statement<PersonKey, HashedPassword & { readonly changedAt: Date }>(import.meta.dirname, 'read-password');
const writeRow = statement<PersonKey & HashedPassword & { at: Date }>(import.meta.dirname, 'write-password');

/** The hash kept for a person; undefined when they have no password, or there is no such person. */
export async function readPassword(
  queries: Queries,
  personId: bigint,
): Promise<(HashedPassword & { readonly changedAt: Date }) | undefined> {
  return queries.maybe(readRow, { slot: slotOf(personId), personId });
}

export async function writePassword(tools: Tools, tx: Queries, personId: bigint, hashed: HashedPassword): Promise<void> {
  await tx.query(writeRow, { slot: slotOf(personId), personId, ...hashed, at: tools.clock.transport() });
}
