/**
 * What every change of identity leaves behind, in its own transaction: an entry of the audit trail (S4), news to every
 * contact the person has and had (S3), and where it changes how they are reached, the mark that cools off.
 */
import { writeEntry } from '#domain/records';
import { HOUR_MS } from '#platform/clock';
import { type Queries, statement, type Transaction } from '#platform/database';
import { formatId, slotOf } from '#platform/ids';
import type { Language } from '#platform/messages';
import { writeEvents } from '#platform/outbox';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { Contact, KnownName } from './people.ts';
import { refuse } from './refusals.ts';

type PersonKey = { slot: number; personId: bigint };
const beginCoolingOff = statement<PersonKey & { until: Date }>(import.meta.dirname, 'begin-cooling-off');
const readCoolingOff = statement<PersonKey, { coolingOffUntil: Date | null }>(import.meta.dirname, 'read-cooling-off');
const namesRows = statement<{ personId: bigint }, KnownName>(import.meta.dirname, 'names-of-person');

/** Long enough that whoever is told by mail reads it before money can move. */
export const COOLING_OFF_MS = 24 * HOUR_MS;

/** What is told: each has its sentence in the messages catalogue, `notice.change.<what>`. */
export type ToldChange =
  | 'email_changed'
  | 'number_changed'
  | 'number_moved'
  | 'user_name_changed'
  | 'password_changed'
  | 'password_reset'
  | 'passkey_added'
  | 'passkey_removed'
  | 'line_linked'
  | 'line_shared'
  | 'line_unlinked';

/** The payload of `people.changed`: one event for each contact that is told. */
export type ChangeFacts = {
  readonly language: Language;
  readonly to: Contact;
  readonly what: ToldChange;
  /** The line it is about, E.164. */
  readonly number?: string | undefined;
};

export type Change = {
  readonly personId: bigint;
  /** `<folder>.<verb>`. */
  readonly action: string;
  /** Who did it; the person when absent. */
  readonly actor?: string | undefined;
  readonly reason?: string | undefined;
  /** Never a secret. */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
};

/** The entry alone. */
export function writeChange(tools: Tools, tx: Transaction, { personId, actor, ...change }: Change): void {
  const slot = slotOf(personId);
  writeEntry(tx, {
    ...change,
    actor: actor ?? `person:${personId}`,
    slot,
    accountId: personId,
    entryId: tools.mintId(slot),
    subject: formatId('person', personId),
    at: tools.clock.business(),
  });
}

export type Told = Omit<ChangeFacts, 'to'> & { readonly personId: bigint; readonly contacts: readonly Contact[] };

/** Tells `contacts`, in the transaction of what is told. */
export function tellChange(tools: Tools, tx: Transaction, told: Told): void {
  const { personId, language, what, number, contacts } = told;
  const slot = slotOf(personId);
  const place = { slot, accountId: personId, kind: 'people.changed', at: tools.clock.business() };
  const facts = contacts.map(({ kind, value, holder }): ChangeFacts => ({ language, what, number, to: { kind, value, holder } }));
  writeEvents(
    tx,
    facts.map((payload) => ({ ...place, eventId: tools.mintId(slot), payload })),
  );
}

/** A person's e-mail address and number as they are proven. */
export async function contactsOfPerson(queries: Queries, personId: bigint): Promise<(Contact & KnownName)[]> {
  const names = await queries.query(namesRows, { personId });
  return names.filter((name): name is Contact & KnownName => name.kind !== 'user_name');
}

/** All that a person is known by. */
export function namesOfPerson(queries: Queries, personId: bigint): Promise<KnownName[]> {
  return queries.query(namesRows, { personId });
}

/** From now on what moves value waits (S3). */
export async function coolOff(tools: Tools, tx: Queries, personId: bigint): Promise<void> {
  const until = new Date(tools.clock.transport().getTime() + COOLING_OFF_MS);
  await tx.query(beginCoolingOff, { slot: slotOf(personId), personId, until });
}

/** What moves value asks this first. Refuses `people.cooling_off`, with the hours left, while a change of contact or a reset is fresh (S3). */
export async function requireCooledOff(
  tools: Pick<Tools, 'clock'>,
  queries: Queries,
  personId: bigint,
): Promise<undefined | Refusal<'people.cooling_off'>> {
  const { coolingOffUntil } = await queries.one(readCoolingOff, { slot: slotOf(personId), personId });
  const leftMs = (coolingOffUntil?.getTime() ?? 0) - tools.clock.transport().getTime();
  return leftMs > 0 ? refuse('people.cooling_off', { hours: Math.ceil(leftMs / HOUR_MS) }) : undefined;
}
