/** What a change of who has to do with a line leaves behind: an entry on the account (S4), and news to the people concerned (S3). */

import type { Contact } from '#domain/people';
import { namesOfPerson, type Role, readPerson, type ToldChange, tellChange } from '#domain/people';
import { writeEntry } from '#domain/records';
import type { Transaction } from '#platform/database';
import { formatId } from '#platform/ids';
import type { Language } from '#platform/messages';
import type { Tools } from '#platform/tools';

type MemberChange = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly personId: bigint;
  readonly actor: bigint;
  readonly action: string;
  readonly reason?: string | undefined;
  readonly before: Role | undefined;
  readonly after: Role | undefined;
};

export async function recordMember(tools: Tools, tx: Transaction, change: MemberChange): Promise<void> {
  const { slot, accountId, personId, actor, action, reason, before, after } = change;
  writeEntry(tx, {
    ...{ slot, accountId, entryId: tools.mintId(slot), actor: `person:${actor}`, action, reason, subject: formatId('person', personId) },
    before: { role: before ?? null },
    after: { role: after ?? null },
    at: tools.clock.business(),
  });
}

type Told = {
  readonly personId: bigint;
  readonly what: ToldChange & `line_${string}`;
  readonly number: string;
  /** Told in the person's place, where no person is known. */
  readonly others?: { readonly language: Language; readonly contacts: readonly Contact[] };
};

/** Tells every contact of the person, except the line's own number: whoever holds it may be the one who changed things. */
export async function tellMember(tools: Tools, tx: Transaction, { personId, what, number, others }: Told): Promise<void> {
  if (others !== undefined) return tellChange(tools, tx, { personId, what, number, ...others });
  const [person, names] = await Promise.all([readPerson(tx, personId), namesOfPerson(tx, personId)]);
  const contacts = names.filter((name): name is typeof name & Contact => name.kind !== 'user_name');
  const elsewhere = contacts.filter(({ value }) => value !== number);
  const told = elsewhere.length > 0 ? elsewhere : contacts;
  tellChange(tools, tx, { personId, language: person?.language ?? 'en', what, number, contacts: told });
}
