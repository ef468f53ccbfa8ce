/**
 * The outbox consumer `notices`: an event becomes one notice for each channel its reader wants, once (O1). Sending is
 * another use case: nothing outside is called here.
 */
import { holderOf } from '#domain/access';
import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import { type Composed, composeNotice } from './compose-notice.ts';
import { composePersonNotice } from './compose-person-notice.ts';
import { findReaders, type Reader } from './find-readers.ts';
import type { NoticeEvent, NoticeKind, PersonNoticeEvent } from './notice-events.ts';
import { type Channel, KINDS, type Notice, type NoticeHouse } from './notices.ts';
import { contactOn } from './preferences.ts';
import { dueAt } from './quiet-hours.ts';
import { marketOf } from './values-of-event.ts';

type AccountKey = { slot: number; accountId: bigint };
const insertNotice = statement<Notice>(import.meta.dirname, 'insert-notice');
const insertDelivery = statement<AccountKey & { noticeId: bigint; dueAt: Date; nextTryAt: Date }>(import.meta.dirname, 'insert-delivery');
const withdrawReminders = statement<AccountKey & { lineId: bigint; kinds: string[]; endedAt: Date }>(
  import.meta.dirname,
  'withdraw-reminders',
);

const CURABLE = Object.entries(KINDS).flatMap(([kind, rule]) => (rule.curable ? [kind] : []));

/** Events of other kinds are nobody's news. */
export function isNoticeEvent(event: { readonly kind: string }): event is NoticeEvent | PersonNoticeEvent {
  return Object.hasOwn(KINDS, event.kind) || isPersonEvent(event);
}

function isPersonEvent(event: { readonly kind: string }): event is PersonNoticeEvent {
  return event.kind === 'people.code' || event.kind === 'people.changed';
}

/**
 * Gives the notices written: none when nobody can be reached. In the transaction that marks the event applied, which is
 * what makes it once (platform/outbox). Times: `event.at` is business time and decides quiet hours; the first try is due
 * at once on the transport clock.
 */
export async function applyEvent(
  tools: Tools,
  tx: Transaction,
  event: NoticeEvent | PersonNoticeEvent,
  house: NoticeHouse,
): Promise<readonly Notice[]> {
  return isPersonEvent(event) ? tellPerson(tools, tx, event, house) : tellOfLine(tools, tx, event, house);
}

/** At once, whatever the hour. A number that changed hands since is told nothing: it would be somebody else who reads it (S3). */
async function tellPerson(tools: Tools, tx: Transaction, event: PersonNoticeEvent, house: NoticeHouse): Promise<readonly Notice[]> {
  const { slot, accountId, eventId, kind, payload, at } = event;
  const { to, language } = payload;
  if (to.kind === 'number' && to.holder !== null && to.holder !== (await holderOf(tx, to.value))) return [];
  const channel = to.kind === 'email' ? 'mail' : 'sms';
  const words = composePersonNotice(event, house);
  const place = { slot, accountId, noticeId: tools.mintId(slot), eventId, kind, channel, lineId: null, orderId: null } as const;
  const sealed = 'sealed' in payload ? payload.sealed : null;
  const notice: Notice = { ...place, language, recipient: to.value, ...formOf(words, channel), url: words.url, sealed, at };
  await writeNotice(tx, notice, at, tools.clock.transport());
  return [notice];
}

async function tellOfLine(tools: Tools, tx: Transaction, event: NoticeEvent, house: NoticeHouse): Promise<readonly Notice[]> {
  const now = tools.clock.transport();
  const { slot, accountId } = event;
  const zone = marketOf(house.catalog, event.payload.market, event.at).zone;
  const notices = await composeAll(tools, tx, event, house, zone);
  if (event.kind === 'orders.applied')
    await tx.query(withdrawReminders, { slot, accountId, lineId: event.payload.lineId, kinds: CURABLE, endedAt: now });
  await Promise.all(notices.map((notice) => writeNotice(tx, notice, dueAt(event.kind, notice.channel, event.at, zone), now)));
  return notices;
}

async function writeNotice(tx: Transaction, notice: Notice, dueAt: Date, nextTryAt: Date): Promise<void> {
  const { slot, accountId, noticeId } = notice;
  await Promise.all([tx.query(insertNotice, notice), tx.query(insertDelivery, { slot, accountId, noticeId, dueAt, nextTryAt })]);
}

async function composeAll(tools: Tools, tx: Transaction, event: NoticeEvent, house: NoticeHouse, zone: string): Promise<Notice[]> {
  const readers = await findReaders(tx, event);
  return readers.flatMap((reader) => noticesFor(tools, event, house, zone, reader));
}

function noticesFor(tools: Tools, event: NoticeEvent, house: NoticeHouse, zone: string, reader: Reader): Notice[] {
  const { language, contacts, role } = reader;
  const words = composeNotice(event, { house, language, zone, role, smsTo: contacts.sms });
  const { slot, accountId, eventId, at } = event;
  const kind: NoticeKind = event.kind;
  const orderId = 'orderId' in event.payload ? event.payload.orderId : null;
  return reader.channels.map((channel) => ({
    slot,
    accountId,
    noticeId: tools.mintId(slot),
    eventId,
    kind,
    channel,
    lineId: event.payload.lineId,
    orderId,
    language,
    recipient: contactOn(channel, contacts) ?? '',
    ...formOf(words, channel),
    url: words.url,
    sealed: null,
    at,
  }));
}

function formOf(words: Composed, channel: Channel): Pick<Notice, 'subject' | 'body' | 'html'> {
  if (channel === 'sms') return { subject: null, body: words.sms, html: null };
  return channel === 'mail'
    ? { subject: words.subject, body: words.text, html: words.html }
    : { subject: words.pushTitle, body: words.push, html: null };
}
