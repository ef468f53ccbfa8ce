import { roleOf } from '#domain/people';
import type { Queries } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import { type Action, ALLOWED, ALLOWED_ON_PERSON, type Asker, type PersonAction, type PersonStanding, type Standing } from './access.ts';
import { refuse } from './refusals.ts';

type AccountKey = { readonly slot: number; readonly accountId: bigint };

/** What the asker is to each of these accounts, in their order. */
export function standingsOf(queries: Queries, asker: Asker, accounts: readonly AccountKey[]): Promise<Standing[]> {
  return Promise.all(
    accounts.map(async ({ slot, accountId }): Promise<Standing> => {
      if (asker.kind !== 'person') return asker.kind;
      return (await roleOf(queries, { slot, accountId, personId: asker.personId })) ?? 'guest';
    }),
  );
}

/** The accounts among these on which the asker may do all of `actions`. */
export async function allowedAccounts<Key extends AccountKey>(
  queries: Queries,
  asker: Asker,
  actions: readonly Action[],
  accounts: readonly Key[],
): Promise<Key[]> {
  const standings = await standingsOf(queries, asker, accounts);
  return accounts.filter((_, index) => {
    const standing = standings[index];
    return standing !== undefined && actions.every((action) => ALLOWED[standing].includes(action));
  });
}

/** The same for one account, as a refusal. */
export async function requireAccess(
  queries: Queries,
  asker: Asker,
  actions: readonly Action[],
  account: AccountKey,
): Promise<undefined | Refusal<'access.not_allowed'>> {
  const standing = await requireStanding(queries, asker, actions, account);
  return typeof standing === 'string' ? undefined : standing;
}

/** What the asker is to one account on which they may do all of `actions`. Refuses `access.not_allowed`. */
export async function requireStanding(
  queries: Queries,
  asker: Asker,
  actions: readonly Action[],
  account: AccountKey,
): Promise<Standing | Refusal<'access.not_allowed'>> {
  const [standing] = await standingsOf(queries, asker, [account]);
  return standing !== undefined && actions.every((action) => ALLOWED[standing].includes(action)) ? standing : refuse('access.not_allowed');
}

/** The people among these on whom the asker may do all of `actions`. */
export function allowedPeople(asker: Asker, actions: readonly PersonAction[], people: readonly bigint[]): bigint[] {
  return people.filter((personId) => actions.every((action) => ALLOWED_ON_PERSON[standingOn(asker, personId)].includes(action)));
}

function standingOn(asker: Asker, personId: bigint): PersonStanding {
  if (asker.kind === 'operator') return 'operator';
  return asker.kind === 'person' && asker.personId === personId ? 'self' : 'stranger';
}
