/**
 * A person gets a line: by a code sent to it, or by the activation code of its card (ID-4). Holding the line makes the owner
 * only where there is none; beside an owner it makes a user, who sees the line and pays into it, and the owner is told at
 * once (S3): a phone left on a table, or a swapped SIM, takes nothing from anybody. Ownership is given by its owner.
 */
import { lockAccount } from '#domain/ledger';
import { findNumber, type LineKey, linesOfAccount, readLine } from '#domain/lines';
import {
  addMember,
  askCode,
  type CodeAsked,
  type CodeRefusal,
  type CodeTyped,
  type Member,
  membersOf,
  type PeopleTools,
  type Role,
  redeemCode,
  type SignIn,
  spendTry,
} from '#domain/people';
import { useActivationCode } from '#domain/sims';
import { present } from '#platform/assert';
import type { Transaction } from '#platform/database';
import type { Language } from '#platform/messages';
import { isRefusal, Refusal } from '#platform/refusals';
import { type LookUpRefusal, lookUpNumber } from './look-up-number.ts';
import { holderOf } from './read-contact.ts';
import { recordMember, tellMember } from './record-member.ts';
import { refuse } from './refusals.ts';

type Place = { readonly language: Language; readonly source: string };
type LinkSubject = LineKey & { readonly claimCount: bigint };
export type Linked = LineKey & { readonly role: Role };

/**
 * Sends a code to the line itself. Refuses what `lookUpNumber` refuses, `lines.number_lost`, `people.too_many_codes`. Whether a
 * line has a number is no secret (guests renew by number) but shares the budget of look-ups.
 */
export async function askLink(
  tools: PeopleTools,
  { personId }: SignIn,
  asked: Place & { readonly number: string; readonly country: string },
): Promise<CodeAsked | LookUpRefusal | Refusal<'lines.number_lost' | 'people.too_many_codes'>> {
  const { language, source } = asked;
  const claim = await lookUpNumber(tools, { kind: 'person', personId, source }, asked);
  if (isRefusal(claim)) return claim;
  const { line } = await readLine(tools.database, claim);
  if (line.state === 'lost') return new Refusal('lines.number_lost');
  const { slot, accountId, lineId, claimCount } = claim;
  const subject: LinkSubject = { slot, accountId, lineId, claimCount };
  const contact = { kind: 'number', value: line.number, holder: await holderOf(tools.database, line.number) } as const;
  return askCode(tools, { purpose: 'link', contact, language, source, personId, subject });
}

/** Refuses `people.code_wrong`, `people.code_spent` (also when the number moved meanwhile), `access.account_shared`. */
export function linkByCode(
  tools: PeopleTools,
  { personId }: SignIn,
  typed: CodeTyped,
): Promise<Linked | CodeRefusal | Refusal<'access.account_shared'>> {
  return redeemCode(tools, { ...typed, purpose: 'link', personId }, async (tx, { contact, subject }) => {
    const line = subject as LinkSubject;
    await lockAccount(tx, line);
    const claim = await findNumber(tx, contact.value);
    if (isRefusal(claim) || claim.lineId !== line.lineId || claim.claimCount !== line.claimCount) return new Refusal('people.code_spent');
    return present(await join(tools, tx, personId, line, 'code'), 'a code to the line is enough for some role');
  });
}

/**
 * Refuses `access.activation_code_unknown` alike for wrong, used, of no line, and of a line that has an owner: the card's packaging lies about
 * in drawers. `access.too_many_tries`, `access.account_shared`.
 */
export async function linkByActivationCode(
  tools: PeopleTools,
  { personId }: SignIn,
  { activationCode, source }: { readonly activationCode: string; readonly source: string },
): Promise<Linked | Refusal<'access.activation_code_unknown' | 'access.too_many_tries' | 'access.account_shared'>> {
  const minutes = await spendTry(tools, `activation ${personId}`, source);
  if (minutes !== undefined) return refuse('access.too_many_tries', { minutes });
  return tools.database.transaction(async (tx) => {
    const line = await useActivationCode(tx, activationCode, tools.clock.transport());
    if (line === undefined) return refuse('access.activation_code_unknown');
    await lockAccount(tx, line);
    return (await join(tools, tx, personId, line, 'activation_code')) ?? refuse('access.activation_code_unknown');
  });
}

type Proof = 'code' | 'activation_code';

/** Under the account's lock. Undefined when the proof is not enough beside an owner. */
async function join(
  tools: PeopleTools,
  tx: Transaction,
  personId: bigint,
  key: LineKey,
  proof: Proof,
): Promise<Linked | Refusal<'access.account_shared'> | undefined> {
  const { slot, accountId, lineId } = key;
  const [members, lines, { line }] = await Promise.all([membersOf(tx, key), linesOfAccount(tx, key), readLine(tx, key)]);
  const mine = members.find((member) => member.personId === personId);
  const role = roleGained(members, mine, proof);
  if (role === undefined) return undefined;
  const linked = { slot, accountId, lineId, role };
  if (mine?.role === role) return linked;
  if (lines.length > 1) return refuse('access.account_shared');
  await addMember(tx, { slot, accountId, personId, role, at: tools.clock.business() });
  await recordMember(tools, tx, {
    ...key,
    personId,
    actor: personId,
    action: 'access.link_line',
    reason: proof,
    before: mine?.role,
    after: role,
  });
  const { number, language, email } = line;
  await tellMember(tools, tx, { personId, what: 'line_linked', number });
  const owners = members.filter((member) => member.role === 'owner');
  for (const owner of owners) await tellMember(tools, tx, { personId: owner.personId, what: 'line_shared', number });
  // Nobody owned it: whoever gave their address with the line is the one to tell.
  const contacts = email === null || owners.length > 0 ? [] : [{ kind: 'email', value: email, holder: null } as const];
  await tellMember(tools, tx, { personId, what: 'line_linked', number, others: { language, contacts } });
  return linked;
}

/** What holding the line makes of somebody; undefined when it is not enough. */
function roleGained(members: readonly Member[], mine: Member | undefined, proof: Proof): Role | undefined {
  if (mine?.role === 'owner' || mine?.role === 'user') return mine.role;
  if (!members.some(({ role }) => role === 'owner')) return 'owner';
  return proof === 'code' ? 'user' : undefined;
}
