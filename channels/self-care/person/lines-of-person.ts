/** A person's lines: linked by holding them, and who else has to do with them (ID-4). */
import type { CodeSentView, LinkedView, MembersView, MyLineView, PersonUseCases, RefusalView, SignedInAsker } from '#channels/web';
import {
  ALLOWED,
  askLink,
  changeMember,
  type LineOfPerson,
  type Linked,
  leaveAccount,
  linesOfPerson,
  linkByActivationCode,
  linkByCode,
  listMembers,
} from '#domain/access';
import { linesOfAccount, readLine } from '#domain/lines';
import { nameSource } from '#platform/http';
import { formatId, parseId, slotOf } from '#platform/ids';
import { formatMaskedNumber, formatNumber } from '#platform/messages';
import { isRefusal, Refusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { countryOf, type Done, done, tellPerson, toolsOf, zoneOf } from './person-desk.ts';

type Request<Name extends keyof PersonUseCases> = Parameters<PersonUseCases[Name]>[1];

const ACCOUNT = 'acc';
const PERSON = 'person';

/** Undefined for what is no account's id. */
function accountOf(text: string): { readonly slot: number; readonly accountId: bigint } | undefined {
  const accountId = parseId(ACCOUNT, text);
  return accountId === undefined ? undefined : { slot: slotOf(accountId), accountId };
}

export async function myLines({ house }: Desk, { signIn }: SignedInAsker): Promise<readonly MyLineView[]> {
  const lines = await linesOfPerson(house.database, signIn.personId);
  // In full for those who may see the line; who only pays is told what a guest is (ID-6).
  const written = ({ role, number }: LineOfPerson) =>
    ALLOWED[role].includes('see_line') ? formatNumber(number) : formatMaskedNumber(number);
  return lines.map((line) => ({ account: formatId(ACCOUNT, line.accountId), number: written(line), role: line.role }));
}

export async function sendLink(desk: Desk, asker: SignedInAsker, { number }: Request<'askLink'>): Promise<CodeSentView | RefusalView> {
  const { language, signIn } = asker;
  const source = nameSource(desk.sealer, asker.source);
  const asked = await askLink(toolsOf(desk), signIn, { number, country: countryOf(desk), language, source });
  return isRefusal(asked) ? tellPerson(asked, asker, 'number') : { request: asked.request, to: number };
}

export async function linkByCodeTyped(desk: Desk, asker: SignedInAsker, typed: Request<'linkByCode'>): Promise<LinkedView | RefusalView> {
  return linked(desk, asker, await linkByCode(toolsOf(desk), asker.signIn, typed));
}

export async function linkByCard(
  desk: Desk,
  asker: SignedInAsker,
  { activationCode }: Request<'linkByActivationCode'>,
): Promise<LinkedView | RefusalView> {
  const source = nameSource(desk.sealer, asker.source);
  return linked(desk, asker, await linkByActivationCode(toolsOf(desk), asker.signIn, { activationCode, source }), 'activation_code');
}

async function linked(
  { house }: Desk,
  asker: SignedInAsker,
  outcome: Linked | Refusal,
  field: 'code' | 'activation_code' = 'code',
): Promise<LinkedView | RefusalView> {
  if (isRefusal(outcome)) return tellPerson(outcome, asker, field);
  const { line } = await readLine(house.database, outcome);
  return { number: formatNumber(line.number), role: outcome.role };
}

export async function readMembers(
  desk: Desk,
  asker: SignedInAsker,
  { account: text }: Request<'readMembers'>,
): Promise<MembersView | RefusalView> {
  const account = accountOf(text);
  if (account === undefined) return tellPerson(new Refusal('access.not_allowed'), asker);
  const members = await listMembers(desk.house, asker.signIn, account);
  if (isRefusal(members)) return tellPerson(members, asker);
  const lines = await linesOfAccount(desk.house.database, account);
  return {
    account: text,
    numbers: lines.map(({ number }) => formatNumber(number)),
    zone: zoneOf(desk),
    members: members.map(({ personId, name, role, since }) => ({
      ...{ id: formatId(PERSON, personId), name, role, since },
      isMe: personId === asker.signIn.personId,
    })),
  };
}

export async function changeRole(
  desk: Desk,
  asker: SignedInAsker,
  { account: text, id, role }: Request<'changeMember'>,
): Promise<Done | RefusalView> {
  const account = accountOf(text);
  const personId = parseId(PERSON, id);
  if (account === undefined) return tellPerson(new Refusal('access.not_allowed'), asker);
  if (personId === undefined) return tellPerson(new Refusal('access.member_unknown'), asker);
  return done(await changeMember(desk.house, asker.signIn, { ...account, personId, role }), asker);
}

export async function leave(desk: Desk, asker: SignedInAsker, { account: text }: Request<'leaveAccount'>): Promise<Done | RefusalView> {
  const account = accountOf(text);
  if (account === undefined) return tellPerson(new Refusal('access.not_allowed'), asker);
  return done(await leaveAccount(desk.house, asker.signIn, account), asker);
}
