/** A person comes to be: a contact that was proven, the terms in force accepted, a password if they like (ID-1). */
import { statement } from '#platform/database';
import { slotOf } from '#platform/ids';
import { type Language, withoutCardNumbers } from '#platform/messages';
import { isRefusal, type Refusal } from '#platform/refusals';
import { addPerson } from './add-person.ts';
import { checkPassword, type PasswordRefusal } from './check-password.ts';
import { claimName } from './claim-name.ts';
import { type HashedPassword, hashPassword } from './hash-password.ts';
import type { Contact, From, PeopleTools, SignedIn } from './people.ts';
import { writeChange } from './record-change.ts';
import { refuse } from './refusals.ts';
import { hashOf, openSignIn } from './sign-in.ts';
import { writePassword } from './write-password.ts';

type Acceptance = { readonly market: string; readonly version: string };
const useTicket = statement<{ ticketHash: Buffer; at: Date }, Contact>(import.meta.dirname, 'use-ticket');
const insertAcceptance = statement<Acceptance & { slot: number; personId: bigint; at: Date }>(import.meta.dirname, 'insert-acceptance');

export type SignUp = {
  /** From `enterByCode`. */
  readonly ticket: string;
  /** The version that stood on the page, and the one in force in the market. */
  readonly terms: { readonly market: string; readonly accepted: string; readonly inForce: string };
  readonly language: Language;
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly from: From;
};

const NAME_LENGTH_MAX = 80;

/**
 * Refuses `people.terms_not_accepted`, `people.code_spent` for a ticket that was used or is too old, `people.name_taken` when the contact
 * became somebody's meanwhile, and what `checkPassword` refuses; the ticket is good still after all but `people.code_spent`.
 */
export async function signUp(
  tools: PeopleTools,
  { ticket, terms, language, name, password, from }: SignUp,
): Promise<SignedIn | PasswordRefusal | Refusal<'people.terms_not_accepted' | 'people.code_spent' | 'people.name_taken'>> {
  if (terms.accepted !== terms.inForce) return refuse('people.terms_not_accepted', { version: terms.inForce });
  const hashed = password === undefined ? undefined : await hashChecked(password);
  if (isRefusal(hashed)) return hashed;
  const at = tools.clock.transport();
  return tools.database.transaction(async (tx) => {
    const contact = await tx.maybe(useTicket, { ticketHash: hashOf(ticket), at });
    if (contact === undefined) return refuse('people.code_spent');
    const personId = await addPerson(tools, tx, {
      name: nameFrom(name),
      language,
      email: null,
      number: null,
      [contact.kind]: contact.value,
    });
    const taken = await claimName(tools, tx, personId, contact);
    if (taken !== undefined) return taken;
    const acceptance = { slot: slotOf(personId), personId, market: terms.market, version: terms.accepted };
    await tx.query(insertAcceptance, { ...acceptance, at: tools.clock.business() });
    if (hashed !== undefined) await writePassword(tools, tx, personId, hashed);
    const after = { [contact.kind]: contact.value, terms: `${terms.market} ${terms.accepted}`, password: hashed !== undefined };
    writeChange(tools, tx, { personId, action: 'people.sign_up', after });
    return openSignIn(tools, tx, { personId, way: 'code', from });
  });
}

async function hashChecked(password: string): Promise<HashedPassword | PasswordRefusal> {
  const checked = await checkPassword(password, []);
  return isRefusal(checked) ? checked : hashPassword(checked);
}

/** What people call themselves: one line, bounded, no card's number; none when nothing is left. */
export function nameFrom(typed: string | undefined): string | null {
  const name = [
    ...withoutCardNumbers(typed ?? '')
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
      .trim(),
  ]
    .slice(0, NAME_LENGTH_MAX)
    .join('');
  return name === '' ? null : name;
}
