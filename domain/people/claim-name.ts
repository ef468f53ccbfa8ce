/**
 * A name belongs to one person at a time. A number that another claim of ours has now than when it was proven changed hands:
 * it is nobody's until it is proven anew, and whoever proves it gets the number and nothing else of its old owner.
 */
import { type Queries, statement, type Transaction } from '#platform/database';
import { slotOf } from '#platform/ids';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { readPerson } from './add-person.ts';
import type { Contact, KnownName, SignInName } from './people.ts';
import { contactsOfPerson, coolOff, tellChange, writeChange } from './record-change.ts';
import { refuse } from './refusals.ts';

/** How the holder of a number begins that its line lost. */
export const LOST = 'lost/';

type NameKey = { kind: string; value: string };
type Claim = NameKey & { slot: number; personId: bigint; holder: string | null; at: Date };
const insertName = statement<Claim, { personId: bigint }>(import.meta.dirname, 'insert-sign-in-name');
const findRow = statement<NameKey, KnownName>(import.meta.dirname, 'find-sign-in-name');
const lockName = statement<NameKey>(import.meta.dirname, 'lock-sign-in-name');
const takeName = statement<Claim>(import.meta.dirname, 'take-sign-in-name');
const dropName = statement<NameKey & { personId: bigint }>(import.meta.dirname, 'drop-sign-in-name');
const writeEmail = statement<{ slot: number; personId: bigint; value: string | null }>(import.meta.dirname, 'write-email');
const writeNumber = statement<{ slot: number; personId: bigint; value: string | null }>(import.meta.dirname, 'write-number');

/**
 * Whether this name of somebody's is another's now. From unknown to known is no move, a number that came to us with its owner; from anything to
 * lost is one.
 */
export function hasMoved(known: Pick<KnownName, 'holder'>, now: Pick<SignInName, 'holder'>): boolean {
  return known.holder !== now.holder && (known.holder !== null || now.holder?.startsWith(LOST) === true);
}

/** Who is known by this name, moved or not: for proofs that rest on something else than holding it (a password). */
export function findName(queries: Queries, { kind, value }: SignInName): Promise<KnownName | undefined> {
  return queries.maybe(findRow, { kind, value });
}

/** Who is known by this contact that was just proven; undefined when nobody, or somebody who lost it. */
export async function personAt(queries: Queries, contact: Contact): Promise<bigint | undefined> {
  const known = await findName(queries, contact);
  return known === undefined || hasMoved(known, contact) ? undefined : known.personId;
}

/** Claims a name for a person. Refuses `people.name_taken` when it is another's who still has it. */
export async function claimName(
  tools: Tools,
  tx: Transaction,
  personId: bigint,
  { kind, value, holder }: SignInName,
): Promise<undefined | Refusal<'people.name_taken'>> {
  const claim = { kind, value, holder, slot: slotOf(personId), personId, at: tools.clock.transport() };
  if ((await tx.maybe(insertName, claim)) !== undefined) return undefined;
  await tx.query(lockName, { kind, value });
  const known = await tx.one(findRow, { kind, value });
  if (known.personId !== personId && !hasMoved(known, { holder })) return refuse('people.name_taken');
  await tx.query(takeName, claim);
  if (known.personId !== personId) await bereave(tools, tx, known);
  return undefined;
}

/** The one who had the number is told where they can still be reached. */
async function bereave(tools: Tools, tx: Transaction, { personId, value }: KnownName): Promise<void> {
  await writeContact(tx, personId, 'number', null);
  const [person, contacts] = await Promise.all([readPerson(tx, personId), contactsOfPerson(tx, personId)]);
  await coolOff(tools, tx, personId);
  writeChange(tools, tx, {
    personId,
    action: 'people.lose_number',
    actor: 'guest',
    reason: 'number_moved',
    before: { number: value },
    after: { number: null },
  });
  tellChange(tools, tx, { personId, language: person?.language ?? 'en', what: 'number_moved', contacts });
}

/** Gives a name up. */
export async function releaseName(tx: Queries, personId: bigint, { kind, value }: Pick<SignInName, 'kind' | 'value'>): Promise<void> {
  await tx.query(dropName, { kind, value, personId });
}

/** How a person is reached, as others read it. */
export async function writeContact(tx: Queries, personId: bigint, kind: Contact['kind'], value: string | null): Promise<void> {
  await tx.query(kind === 'email' ? writeEmail : writeNumber, { slot: slotOf(personId), personId, value });
}

/** For people an operator or a demonstration records: claims what they are reached by, where it is free. */
export async function claimContacts(tools: Tools, queries: Queries, personId: bigint, contacts: readonly Contact[]): Promise<void> {
  const whose = { slot: slotOf(personId), personId, at: tools.clock.transport() };
  for (const { kind, value, holder } of contacts) await queries.query(insertName, { kind, value, holder, ...whose });
}
