/** Who has to do with a line: listed, given another role, removed by the owner; and left by oneself (ID-4). */
import { lockAccount } from '#domain/ledger';
import { type LineKey, linesOfAccount } from '#domain/lines';
import { addMember, dropMember, membershipsOf, membersOf, type Role, readPerson, requireProof, type SignIn } from '#domain/people';
import type { Queries } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { requireAccess } from './decide-access.ts';
import { recordMember, tellMember } from './record-member.ts';
import { refuse } from './refusals.ts';

type AccountKey = { readonly slot: number; readonly accountId: bigint };
type NotAllowed = Refusal<'access.not_allowed'>;
type ProofNeeded = Refusal<'people.proof_needed'>;
const personOf = ({ personId, source }: SignIn) => ({ kind: 'person', personId, source }) as const;

export type LineOfPerson = LineKey & { readonly number: string; readonly role: Role };

/** Every line a person has to do with, and as what. */
export async function linesOfPerson(queries: Queries, personId: bigint): Promise<LineOfPerson[]> {
  const memberships = await membershipsOf(queries, personId);
  const lines = await Promise.all(memberships.map((account) => linesOfAccount(queries, account)));
  return memberships.flatMap(({ slot, accountId, role }, index) =>
    (lines[index] ?? []).map((line) => ({ slot, accountId, role, ...line })),
  );
}

export type ListedMember = { readonly personId: bigint; readonly name: string | null; readonly role: Role; readonly since: Date };

/** Refuses `access.not_allowed` to all but the owner. */
export async function listMembers(tools: Tools, signIn: SignIn, account: AccountKey): Promise<ListedMember[] | NotAllowed> {
  const refused = await requireAccess(tools.database, personOf(signIn), ['manage_people'], account);
  if (refused !== undefined) return refused;
  const members = await membersOf(tools.database, account);
  const people = await Promise.all(members.map(({ personId }) => readPerson(tools.database, personId)));
  return members.map(({ personId, role, since }, index) => ({ personId, role, since, name: people[index]?.name ?? null }));
}

/** Ends what the person is to the account. An owner who leaves, and proves it, leaves it to whoever proves next that they hold the line. */
export async function leaveAccount(
  tools: Tools,
  signIn: SignIn,
  { slot, accountId }: AccountKey,
): Promise<undefined | NotAllowed | ProofNeeded> {
  const { personId } = signIn;
  // Asked before there is anything to lock: an account that is not there is like one that is not theirs.
  const stranger = await requireAccess(tools.database, personOf(signIn), ['leave'], { slot, accountId });
  if (stranger !== undefined) return stranger;
  return tools.database.transaction(async (tx) => {
    await lockAccount(tx, { slot, accountId });
    const refused = await requireAccess(tx, personOf(signIn), ['leave'], { slot, accountId });
    if (refused !== undefined) return refused;
    const role = await dropMember(tx, { slot, accountId, personId });
    const unproved = role === 'owner' ? requireProof(tools, signIn) : undefined;
    if (unproved !== undefined) return unproved;
    await recordMember(tools, tx, {
      slot,
      accountId,
      personId,
      actor: personId,
      action: 'access.unlink_line',
      before: role,
      after: undefined,
    });
    for (const { number } of await linesOfAccount(tx, { slot, accountId }))
      await tellMember(tools, tx, { personId, what: 'line_unlinked', number });
    return undefined;
  });
}

export type RoleChange = AccountKey & { readonly personId: bigint /** Undefined removes them. */; readonly role: Role | undefined };

/**
 * The owner gives another member another role (also their own: ownership), or removes them. Refuses `access.not_allowed`,
 * `people.proof_needed`, and `access.member_unknown` for who is none, or is an owner: owners leave by themselves.
 */
export async function changeMember(
  tools: Tools,
  signIn: SignIn,
  { slot, accountId, personId, role }: RoleChange,
): Promise<undefined | NotAllowed | ProofNeeded | Refusal<'access.member_unknown'>> {
  const unproved = requireProof(tools, signIn);
  if (unproved !== undefined) return unproved;
  const account = { slot, accountId };
  const stranger = await requireAccess(tools.database, personOf(signIn), ['manage_people'], account);
  if (stranger !== undefined) return stranger;
  return tools.database.transaction(async (tx) => {
    await lockAccount(tx, account);
    const refused = await requireAccess(tx, personOf(signIn), ['manage_people'], account);
    if (refused !== undefined) return refused;
    const member = (await membersOf(tx, account)).find((one) => one.personId === personId);
    if (member === undefined || member.role === 'owner') return refuse('access.member_unknown');
    if (role === undefined) await dropMember(tx, { ...account, personId });
    else await addMember(tx, { ...account, personId, role, at: tools.clock.business() });
    const action = role === undefined ? 'access.remove_member' : 'access.change_role';
    await recordMember(tools, tx, { ...account, personId, actor: signIn.personId, action, before: member.role, after: role });
    const what = role === undefined ? 'line_unlinked' : 'line_linked';
    for (const { number } of await linesOfAccount(tx, account)) await tellMember(tools, tx, { personId, what, number });
    return undefined;
  });
}
