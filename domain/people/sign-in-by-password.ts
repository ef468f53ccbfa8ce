/** Name and password (ID-2). The same answer and the same work for names that are known and unknown, with and without a password. */
import type { Refusal } from '#platform/refusals';
import { lockPerson } from './add-person.ts';
import { findName } from './claim-name.ts';
import { hashPassword, isPassword, isWeak } from './hash-password.ts';
import type { From, PeopleTools, SignedIn, SignInName } from './people.ts';
import { refuse } from './refusals.ts';
import { openSignIn } from './sign-in.ts';
import { spendTry, type TryLimits } from './spend-budget.ts';
import { readPassword, writePassword } from './write-password.ts';

export type PasswordTry = { readonly name: SignInName; readonly password: string; readonly from: From };

/** Refuses `people.sign_in_wrong` whichever of the two is wrong, and `people.too_many_tries` with the minutes to wait. */
export async function signInByPassword(
  tools: PeopleTools,
  { name, password, from }: PasswordTry,
  limits?: TryLimits,
): Promise<SignedIn | Refusal<'people.sign_in_wrong' | 'people.too_many_tries'>> {
  const minutes = await spendTry(tools, `${name.kind} ${name.value}`, from.source, limits);
  if (minutes !== undefined) return refuse('people.too_many_tries', { minutes });
  // A number that changed hands still names who chose this password: its new holder does not know it.
  const personId = (await findName(tools.database, name))?.personId ?? 0n;
  const kept = await readPassword(tools.database, personId);
  if (!(await isPassword(password, kept)) || kept === undefined) return refuse('people.sign_in_wrong');
  const stronger = isWeak(kept) ? await hashPassword(password.normalize('NFKC')) : undefined;
  return tools.database.transaction(async (tx) => {
    // Hashing takes a while, in which the password may have been changed.
    const [, now] = await Promise.all([lockPerson(tx, personId), readPassword(tx, personId)]);
    if (now === undefined || !now.hash.equals(kept.hash)) return refuse('people.sign_in_wrong');
    if (stronger !== undefined) await writePassword(tools, tx, personId, stronger);
    return openSignIn(tools, tx, { personId, way: 'password', from });
  });
}
