import { type Queries, statement } from '#platform/database';
import { SLOT_COUNT, slotOf } from '#platform/ids';
import type { Language } from '#platform/messages';
import { systemRandom } from '#platform/random';
import type { Tools } from '#platform/tools';
import type { Member, Membership, Person, Role } from './people.ts';

const insertPerson = statement<Person & { slot: number; at: Date }>(import.meta.dirname, 'insert-person');
const readPersonRow = statement<{ slot: number; personId: bigint }, Person>(import.meta.dirname, 'read-person');
const addMemberRow = statement<{ slot: number; accountId: bigint; personId: bigint; role: Role; at: Date }>(
  import.meta.dirname,
  'add-member',
);
const membershipsRows = statement<{ personId: bigint }, Membership>(import.meta.dirname, 'memberships-of');
const memberRole = statement<{ slot: number; accountId: bigint; personId: bigint }, { role: Role }>(import.meta.dirname, 'member-role');
const lockRow = statement<{ slot: number; personId: bigint }>(import.meta.dirname, 'lock-person');
const writeProfileRow = statement<{ slot: number; personId: bigint; name: string | null; language: Language }>(
  import.meta.dirname,
  'write-profile',
);
const membersRows = statement<{ slot: number; accountId: bigint }, Member>(import.meta.dirname, 'members-of');
const dropMemberRow = statement<{ slot: number; accountId: bigint; personId: bigint }, { role: Role }>(import.meta.dirname, 'drop-member');
const ownerRow = statement<{ slot: number; accountId: bigint }, { personId: bigint }>(import.meta.dirname, 'owner-of');

/** Records a person; gives their id. */
export async function addPerson(
  tools: Tools,
  queries: Queries,
  { name, language, email, number }: Omit<Person, 'personId'>,
): Promise<bigint> {
  const personId = tools.mintId(systemRandom.below(Number(SLOT_COUNT)));
  await queries.query(insertPerson, { name, language, email, number, personId, slot: slotOf(personId), at: tools.clock.business() });
  return personId;
}

export function readPerson(queries: Queries, personId: bigint): Promise<Person | undefined> {
  return queries.maybe(readPersonRow, { slot: slotOf(personId), personId });
}

/** Locks the person until the transaction ends, in a statement of its own: their names and password change one after the other. */
export async function lockPerson(tx: Queries, personId: bigint): Promise<void> {
  await tx.query(lockRow, { slot: slotOf(personId), personId });
}

/** What a person is called and reads; a setting, not what they are known by. */
export async function writeProfile(
  queries: Queries,
  personId: bigint,
  profile: { name: string | null; language: Language },
): Promise<void> {
  await queries.query(writeProfileRow, { slot: slotOf(personId), personId, ...profile });
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

/** Everybody who has to do with an account, in order of coming. Under the account's lock, or for showing. */
export function membersOf(queries: Queries, { slot, accountId }: { slot: number; accountId: bigint }): Promise<Member[]> {
  return queries.query(membersRows, { slot, accountId });
}

/** Ends what a person is to an account; gives what that was. */
export async function dropMember(queries: Queries, key: { slot: number; accountId: bigint; personId: bigint }): Promise<Role | undefined> {
  const { slot, accountId, personId } = key;
  return (await queries.maybe(dropMemberRow, { slot, accountId, personId }))?.role;
}
