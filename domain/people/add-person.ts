import { type Queries, statement } from '#platform/database';
import { SLOT_COUNT, slotOf } from '#platform/ids';
import { systemRandom } from '#platform/random';
import type { Tools } from '#platform/tools';
import type { Membership, Person, Role } from './people.ts';

const insertPerson = statement<Person & { slot: number; at: Date }>(import.meta.dirname, 'insert-person');
const readPersonRow = statement<{ slot: number; personId: bigint }, Person>(import.meta.dirname, 'read-person');
const addMemberRow = statement<{ slot: number; accountId: bigint; personId: bigint; role: Role; at: Date }>(
  import.meta.dirname,
  'add-member',
);
const membershipsRows = statement<{ personId: bigint }, Membership>(import.meta.dirname, 'memberships-of');
const memberRole = statement<{ slot: number; accountId: bigint; personId: bigint }, { role: Role }>(import.meta.dirname, 'member-role');
const ownerRow = statement<{ slot: number; accountId: bigint }, { personId: bigint }>(import.meta.dirname, 'owner-of');

/** Records a person; gives their id. */
export async function addPerson(tools: Tools, queries: Queries, person: Omit<Person, 'personId'>): Promise<bigint> {
  const personId = tools.mintId(systemRandom.below(Number(SLOT_COUNT)));
  await queries.query(insertPerson, { ...person, personId, slot: slotOf(personId), at: tools.clock.business() });
  return personId;
}

export function readPerson(queries: Queries, personId: bigint): Promise<Person | undefined> {
  return queries.maybe(readPersonRow, { slot: slotOf(personId), personId });
}

/** Links a person to an account in a role; a second link changes the role. */
export async function addMember(
  queries: Queries,
  member: { slot: number; accountId: bigint; personId: bigint; role: Role; at: Date },
): Promise<void> {
  await queries.query(addMemberRow, member);
}

/** The accounts a person has to do with. */
export function membershipsOf(queries: Queries, personId: bigint): Promise<Membership[]> {
  return queries.query(membershipsRows, { personId });
}

/** What a person is to one account; undefined when nothing. */
export async function roleOf(queries: Queries, key: { slot: number; accountId: bigint; personId: bigint }): Promise<Role | undefined> {
  return (await queries.maybe(memberRole, key))?.role;
}

/** The account's first owner, who gets its notices; undefined for a line nobody has claimed yet. */
export async function ownerOf(queries: Queries, key: { slot: number; accountId: bigint }): Promise<bigint | undefined> {
  return (await queries.maybe(ownerRow, { slot: key.slot, accountId: key.accountId }))?.personId;
}
