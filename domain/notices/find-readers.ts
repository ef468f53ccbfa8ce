import { readLine } from '#domain/lines';
import { ownerOf, readPerson } from '#domain/people';
import type { Queries } from '#platform/database';
import { formatId, slotOf } from '#platform/ids';
import type { Language } from '#platform/messages';
import type { Contacts, NoticeEvent, OrderFacts } from './notice-events.ts';
import { CHANNELS, type Channel, KINDS } from './notices.ts';
import { chooseChannels, contactOn, PREFERENCES_DEFAULT } from './preferences.ts';
import { readPreferences } from './set-preference.ts';

/**
 * own: their own line, or an order they placed for it. guest: paid for a line that is not theirs, and reads nothing of
 * it but what they bought. paid_for: whose line a guest paid for, and reads nothing of the guest, the price or the order (ID-6).
 */
export type Role = 'own' | 'guest' | 'paid_for';

/** Who is told, in which language, on which channels. */
export type Reader = {
  readonly role: Role;
  readonly language: Language;
  readonly contacts: Contacts;
  readonly channels: readonly Channel[];
};

/** Everybody an event is told to; no two of them on one channel. */
export async function findReaders(queries: Queries, event: NoticeEvent): Promise<readonly Reader[]> {
  const { topic } = KINDS[event.kind];
  const { payload } = event;
  if (isMove(event)) return readersOfMove(queries, event);
  if (!('contacts' in payload))
    return [await ownerReader(queries, event, { ...payload, sms: event.kind === 'lines.lost' ? undefined : payload.number })];
  const { language } = payload;
  const contacts = await payerContacts(queries, event, payload);
  if (payload.guest !== true)
    return [
      {
        role: 'own',
        language,
        contacts,
        channels: chooseChannels(topic, contacts, await readPreferences(queries, event, payload.personId ?? undefined)),
      },
    ];
  const guest: Reader = { role: 'guest', language, contacts, channels: chooseChannels(topic, contacts, PREFERENCES_DEFAULT) };
  return changedLine(event) ? [guest, await paidForReader(queries, event, payload, guest.channels)] : [guest];
}

type Move = NoticeEvent<'lines.left' | 'lines.joined' | 'lines.moved'>;

function isMove(event: NoticeEvent): event is Move {
  return event.kind === 'lines.left' || event.kind === 'lines.joined' || event.kind === 'lines.moved';
}

/**
 * The line itself by SMS, and by the address given with it while nobody owns the account it came to. Each owner in their own ways, never by
 * the line's phone, which may be somebody else's; who owns both accounts hears of it once.
 */
async function readersOfMove(queries: Queries, event: Move): Promise<readonly Reader[]> {
  const { kind, payload } = event;
  const { language, email, number, toAccountId } = payload;
  const joined = await ownerOf(queries, { slot: slotOf(toAccountId), accountId: toAccountId });
  if (kind === 'lines.moved') {
    const contacts = joined === undefined ? { sms: number, email: email ?? undefined } : { sms: number };
    return [{ role: 'own', language, contacts, channels: chooseChannels(KINDS[kind].topic, contacts, PREFERENCES_DEFAULT) }];
  }
  const told = await ownerOf(queries, event);
  if (told === undefined || (kind === 'lines.left' && told === joined)) return [];
  return [await ownerReader(queries, event, { ...payload, email: null, sms: undefined })];
}

/** Whether value came to the line, or left it again: of what did not take effect only the payer is told. */
function changedLine(event: NoticeEvent): boolean {
  return event.kind === 'orders.applied' || (event.kind === 'orders.refunded' && event.payload.takenBack !== null);
}

/**
 * Those the order names, with the payer's own address where they signed in and gave none. The line's own phone is its
 * owner's: what goes there is not for a guest, and not for anybody once the number was lost.
 */
async function payerContacts(queries: Queries, event: NoticeEvent, facts: OrderFacts): Promise<Contacts> {
  const { contacts, personId, guest, lineId, number } = facts;
  const person = personId === undefined || personId === null ? undefined : await readPerson(queries, personId);
  const isTheirs =
    contacts.sms !== number || (guest !== true && !(event.kind === 'orders.refunded' && (await isLost(queries, event, lineId))));
  return { ...contacts, email: contacts.email ?? person?.email ?? undefined, sms: isTheirs ? contacts.sms : undefined };
}

async function isLost(queries: Queries, { slot, accountId }: NoticeEvent, lineId: bigint): Promise<boolean> {
  return (await readLine(queries, { slot, accountId, lineId })).line.state === 'lost';
}

type LineContacts = {
  readonly language: Language;
  readonly email: string | null;
  readonly number: string;
  readonly sms: string | undefined;
};

/** The account's owner in their own language; while nobody has claimed the line, the line itself and the address given with it. */
async function ownerReader(queries: Queries, event: NoticeEvent, line: LineContacts): Promise<Reader> {
  const personId = await ownerOf(queries, event);
  const [owner, preferences] = await Promise.all([
    personId === undefined ? undefined : readPerson(queries, personId),
    readPreferences(queries, event, personId),
  ]);
  const contacts = owner === undefined ? { email: line.email ?? undefined, sms: line.sms } : contactsOf(owner, line);
  return {
    role: 'own',
    language: owner?.language ?? line.language,
    contacts,
    channels: chooseChannels(KINDS[event.kind].topic, contacts, preferences),
  };
}

function contactsOf(owner: { personId: bigint; email: string | null; number: string | null }, line: LineContacts): Contacts {
  // A number that was lost gets no SMS: it would reach whoever has it next. The owner may have another.
  const other = owner.number === line.number ? undefined : (owner.number ?? undefined);
  return { email: owner.email ?? line.email ?? undefined, sms: line.sms ?? other, push: formatId('person', owner.personId) };
}

/** On the channels the guest does not take. */
async function paidForReader(queries: Queries, event: NoticeEvent, order: OrderFacts, taken: readonly Channel[]): Promise<Reader> {
  const { line } = await readLine(queries, { slot: event.slot, accountId: event.accountId, lineId: order.lineId });
  const reader = await ownerReader(queries, event, { ...line, sms: line.state === 'lost' ? undefined : line.number });
  const free = CHANNELS.filter((channel) => !taken.includes(channel) && contactOn(channel, reader.contacts) !== undefined);
  return { ...reader, role: 'paid_for', channels: reader.channels.filter((channel) => free.includes(channel)) };
}
