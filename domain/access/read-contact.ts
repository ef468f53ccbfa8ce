/**
 * What somebody types as their address, number or user name. With a number comes which claim of ours it is now: proven under
 * another one, it has changed hands, and brings nothing of its old owner's (people/claim-name.ts).
 */
import { findNumber, readLine, readNumber } from '#domain/lines';
import { type Contact, LOST, readEmail, readUserName, type SignInName } from '#domain/people';
import type { Queries } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';

type Typed = { readonly text: string /** Where a number without "+" is read. */; readonly country: string };

/** Refuses `people.email_invalid` for what has an @, else `lines.number_invalid`. */
export async function readContact(
  queries: Queries,
  { text, country }: Typed,
): Promise<Contact | Refusal<'people.email_invalid' | 'lines.number_invalid'>> {
  if (text.normalize('NFKC').includes('@')) return readEmail(text);
  const number = readNumber(text, country);
  return isRefusal(number) ? number : { kind: 'number', value: number, holder: await holderOf(queries, number) };
}

/** What is not an address and begins with a letter is a user name. Refuses what cannot be a name of its kind. */
export async function readSignInName(
  queries: Queries,
  typed: Typed,
): Promise<SignInName | Refusal<'people.email_invalid' | 'lines.number_invalid' | 'people.user_name_invalid'>> {
  const text = typed.text.normalize('NFKC').trim();
  return /^\p{L}/u.test(text) && !text.includes('@') ? readUserName(text) : readContact(queries, typed);
}

/** Names the claim under which a line of ours has this number; null when none has. A lost number is its line's no more. */
export async function holderOf(queries: Queries, number: string): Promise<string | null> {
  const claim = await findNumber(queries, number);
  if (isRefusal(claim)) return null;
  const { line } = await readLine(queries, claim);
  return line.state === 'lost' ? `${LOST}${claim.lineId}` : `${claim.lineId}/${claim.claimCount}`;
}
