/** A password is chosen, changed, or chosen anew by who forgot it (ID-3). All other sign-ins end: one of them may be why it is changed. */
import { statement, type Transaction } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import { lockPerson, readPerson } from './add-person.ts';
import { checkPassword, type PasswordRefusal } from './check-password.ts';
import { personAt } from './claim-name.ts';
import { endAllBut } from './end-sign-in.ts';
import { type HashedPassword, hashPassword } from './hash-password.ts';
import type { From, PeopleTools, SignedIn, SignIn } from './people.ts';
import { requireProof } from './prove-again.ts';
import { contactsOfPerson, coolOff, namesOfPerson, tellChange, writeChange } from './record-change.ts';
import { type CodeRefusal, type CodeTyped, redeemCode } from './redeem-code.ts';
import { refuse } from './refusals.ts';
import { openSignIn } from './sign-in.ts';
import { readPassword, writePassword } from './write-password.ts';

const deletePasskeys = statement<{ personId: bigint }, { label: string }>(import.meta.dirname, 'delete-passkeys');

/** Sets or changes the holder's password. Refuses `people.proof_needed` and what `checkPassword` refuses. */
export async function setPassword(
  tools: PeopleTools,
  signIn: SignIn,
  typed: string,
): Promise<undefined | PasswordRefusal | Refusal<'people.proof_needed'>> {
  const unproved = requireProof(tools, signIn);
  if (unproved !== undefined) return unproved;
  const { personId } = signIn;
  const names = await namesOfPerson(tools.database, personId);
  const password = await checkPassword(
    typed,
    names.map(({ value }) => value),
  );
  if (isRefusal(password)) return password;
  const hashed = await hashPassword(password);
  return tools.database.transaction(async (tx) => {
    await replacePassword(tools, tx, personId, hashed, 'password_changed');
    await endAllBut(tools, tx, personId, signIn.signInId);
    return undefined;
  });
}

export type PasswordReset = CodeTyped & {
  readonly password: string;
  /** The device with the passkeys is gone: they go too. */
  readonly lostDevice?: boolean | undefined;
  readonly from: From;
};

/**
 * Redeems a code asked for with purpose `reset`: the new password holds, every sign-in ends, and a new one begins. Value-moving actions cool off.
 * Refuses what `checkPassword` refuses before the code is touched, then `people.code_wrong`, `people.code_spent`, `people.nobody_here`.
 */
export async function resetPassword(
  tools: PeopleTools,
  { password: typed, lostDevice = false, from, ...code }: PasswordReset,
): Promise<SignedIn | PasswordRefusal | CodeRefusal | Refusal<'people.nobody_here'>> {
  const password = await checkPassword(typed, []);
  if (isRefusal(password)) return password;
  const hashed = await hashPassword(password);
  return redeemCode(tools, { ...code, purpose: 'reset' }, async (tx, { contact }) => {
    const personId = await personAt(tx, contact);
    if (personId === undefined) return refuse('people.nobody_here');
    await replacePassword(tools, tx, personId, hashed, 'password_reset', contact.kind);
    if (lostDevice) {
      const lost = await tx.query(deletePasskeys, { personId });
      const before = { passkeys: lost.map(({ label }) => label) };
      if (lost.length > 0) writeChange(tools, tx, { personId, action: 'people.remove_passkeys', reason: 'lost_device', before });
    }
    await coolOff(tools, tx, personId);
    const signedIn = await openSignIn(tools, tx, { personId, way: 'code', from });
    await endAllBut(tools, tx, personId, signedIn.signInId);
    return signedIn;
  });
}

async function replacePassword(
  tools: PeopleTools,
  tx: Transaction,
  personId: bigint,
  hashed: HashedPassword,
  what: 'password_changed' | 'password_reset',
  reason?: string,
): Promise<void> {
  await lockPerson(tx, personId);
  const [person, kept, contacts] = await Promise.all([
    readPerson(tx, personId),
    readPassword(tx, personId),
    contactsOfPerson(tx, personId),
  ]);
  await writePassword(tools, tx, personId, hashed);
  const action = what === 'password_reset' ? 'people.reset_password' : 'people.set_password';
  writeChange(tools, tx, { personId, action, reason, before: { password: kept !== undefined }, after: { password: true } });
  tellChange(tools, tx, { personId, language: person?.language ?? 'en', what, contacts });
}
