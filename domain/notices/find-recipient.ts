import { ownerOf, readPerson } from '#domain/people';
import type { Queries } from '#platform/database';
import { formatId } from '#platform/ids';
import type { Language } from '#platform/messages';
import type { Contacts, NoticeEvent } from './notice-events.ts';

export type Recipient = { readonly language: Language; readonly contacts: Contacts };

/**
 * Who is told. Of an order, those it names: the payer, who need not be the owner, and neither learns of the other (ID-6).
 * Of a line, its owner in their own language; while nobody has claimed it, the line itself and the address given with it.
 */
export async function findRecipient(queries: Queries, event: NoticeEvent): Promise<Recipient> {
  const { payload } = event;
  if ('contacts' in payload) return { language: payload.language, contacts: payload.contacts };
  // An SMS to a number that was given up would reach whoever has it next.
  const sms = event.kind === 'lines.lost' ? undefined : payload.number;
  const personId = await ownerOf(queries, event);
  const owner = personId === undefined ? undefined : await readPerson(queries, personId);
  if (owner === undefined) return { language: payload.language, contacts: { email: payload.email ?? undefined, sms } };
  const ownSms = owner.number === payload.number ? sms : (sms ?? owner.number ?? undefined);
  return {
    language: owner.language,
    contacts: { email: owner.email ?? payload.email ?? undefined, sms: ownSms, push: formatId('person', owner.personId) },
  };
}
