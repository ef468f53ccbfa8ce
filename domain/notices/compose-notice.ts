/**
 * An event becomes the words of each channel, in the reader's language: pure. The templates stand in the messages
 * catalogue under `notice.<kind>`; the compiler checks that each kind is given every value its five templates want.
 */
import {
  formatMaskedNumber,
  type Language,
  type LooseValues,
  type MessageKey,
  type MessageValues,
  say,
  sayLoosely,
} from '#platform/messages';
import { composeMail, type MailRow } from './compose-mail.ts';
import { detailsOf } from './details-of-event.ts';
import type { Role } from './find-readers.ts';
import type { NoticeEvent, NoticeKind, OrderFacts } from './notice-events.ts';
import type { NoticeHouse } from './notices.ts';
import { countSegments, plainSms, withoutAccents } from './sms-text.ts';
import { itemsText, type OwnValues, ownValues } from './values-of-event.ts';

/** What every template may use. */
export type CommonValues = {
  readonly sender: string;
  readonly details: string;
  readonly url: string;
  readonly number: string;
  readonly zone: string;
  readonly now: Date;
};

type Template = 'sms' | 'subject' | 'mail' | 'push_title' | 'push';
/** All that the templates of a kind ask for, and must be given: a missing one does not compile. */
export type Wanted<Kind extends NoticeKind> = Omit<
  MessageValues<`notice.${Kind}.sms`> &
    MessageValues<`notice.${Kind}.subject`> &
    MessageValues<`notice.${Kind}.mail`> &
    MessageValues<`notice.${Kind}.push`> &
    MessageValues<`notice.${Kind}.push_title`>,
  keyof CommonValues
>;

export type Composed = {
  readonly sms: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly pushTitle: string;
  readonly push: string;
  readonly url: string;
};

export type Reading = {
  readonly house: NoticeHouse;
  readonly language: Language;
  readonly zone: string;
  readonly role: Role;
  /** The number the SMS goes to: the line's own is not told its number again. */
  readonly smsTo: string | undefined;
};

type WordsName = NoticeKind | 'orders.paid_for' | 'orders.taken_back' | 'lines.cap_reached';

const SMS_SEGMENTS_MAX = 2;

export function composeNotice(event: NoticeEvent, reading: Reading): Composed {
  const { language, zone, house, role } = reading;
  const brand = house.catalog.brand?.name ?? 'Everline';
  const number = role === 'guest' ? formatMaskedNumber(event.payload.number) : event.payload.number;
  const kind = wordsOf(event, role);
  const url = urlOf(event, reading);
  const details = detailsOf(event, reading);
  const joined = (sentences: readonly string[]) => sentences.join(language.startsWith('zh') ? '' : ' ');
  const items = isAboutOrder(event) ? itemsText(event.payload.items, language) : '';
  const common = { sender: brand, items, details: joined(details), url, number, zone, now: event.at } satisfies CommonValues & {
    items: string;
  };
  const own: OwnValues = ownValues(event, reading);
  const write = (template: Template, values: LooseValues = {}) =>
    tidy(sayLoosely(language, `notice.${kind}.${template}` satisfies MessageKey, { ...common, ...own, ...values }));
  const sender = reading.smsTo === event.payload.number ? brand : `${brand} ${number}`;
  const subject = headerSafe(write('subject'));
  const link = { url, label: say(language, linkLabel(kind)) };
  const footer = say(language, 'notice.footer', { brand, number });
  const mail = composeMail({
    language,
    brand,
    accent: house.catalog.brand?.accent,
    subject,
    paragraph: write('mail'),
    rows: rowsOf(event, reading),
    link,
    footer,
  });
  const sms = fitSms(details, (kept) => write('sms', { sender, details: joined(kept) }));
  return { sms, subject, ...mail, pushTitle: headerSafe(write('push_title')), push: write('push'), url };
}

/** Under which name the words stand: mostly the event's own. */
function wordsOf(event: NoticeEvent, role: Role): WordsName {
  if (role === 'paid_for') return paidForKind(event);
  return event.kind === 'lines.exhausted' && event.payload.capReached ? 'lines.cap_reached' : event.kind;
}

/** What whose line a guest paid for is told: what was applied, and what was taken back again. */
function paidForKind({ kind }: NoticeEvent): 'orders.paid_for' | 'orders.taken_back' {
  return kind === 'orders.refunded' ? 'orders.taken_back' : 'orders.paid_for';
}

/** With as many of its details as two messages hold, the last ones left out first; the link always stays. */
export function fitSms(details: readonly string[], write: (details: readonly string[]) => string): string {
  for (let count = details.length; ; count -= 1) {
    const whole = plainSms(write(details.slice(0, count)));
    const bare = withoutAccents(whole);
    const fitting = [whole, bare].find((text) => countSegments(text) <= SMS_SEGMENTS_MAX);
    if (fitting !== undefined || count <= 0) return fitting ?? bare;
  }
}

export function tidy(text: string): string {
  return text.replace(/ {2,}/g, ' ').trim();
}

const HEADER_LENGTH_MAX = 200;

/** One line without control characters: a plan's name must not be able to add a header (RFC 5322 §2.2). */
export function headerSafe(text: string): string {
  return [...text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()].slice(0, HEADER_LENGTH_MAX).join('');
}

function isAboutOrder(event: NoticeEvent): event is NoticeEvent & { readonly payload: OrderFacts } {
  return 'orderUrl' in event.payload;
}

/** The order's secret page is the payer's: whose line was paid for is led to the line. */
function urlOf(event: NoticeEvent, { house, role }: Reading): string {
  // It is not theirs to see any more; and whoever did not expect it looks there first.
  if (event.kind === 'lines.left') return house.publicUrl + house.securityPath;
  const path = isAboutOrder(event) && role !== 'paid_for' ? event.payload.orderUrl : house.linePath(event.payload.number);
  return path.startsWith('/') ? house.publicUrl + path : path;
}

function linkLabel(kind: WordsName) {
  if (kind === 'orders.payment_failed') return 'notice.link.pay_again' as const;
  if (kind === 'lines.left') return 'notice.link.security' as const;
  if (kind === 'orders.paid_for' || kind === 'orders.taken_back') return 'notice.link.line' as const;
  return kind.startsWith('orders.') ? ('notice.link.order' as const) : ('notice.link.line' as const);
}

/** The figures under the paragraph: what was bought, tax, total, the document's number. */
function rowsOf(event: NoticeEvent, { language, role }: Reading): MailRow[] {
  if (!isAboutOrder(event)) return [];
  const items = event.payload.items.map((item) => ({ label: item.names[language] }));
  if (role === 'paid_for') return items;
  if (event.kind === 'orders.applied') {
    const { tax, total, receiptNumber } = event.payload;
    return [
      ...items,
      { label: say(language, 'notice.label.tax'), money: tax },
      { label: say(language, 'notice.label.total'), money: total, isTotal: true },
      { label: say(language, 'notice.label.receipt'), value: receiptNumber },
    ];
  }
  if (event.kind === 'orders.refunded') {
    const { amount, creditNoteNumber } = event.payload;
    return [
      ...items,
      { label: say(language, 'notice.label.total'), money: amount, isTotal: true },
      ...(creditNoteNumber === null ? [] : [{ label: say(language, 'notice.label.credit_note'), value: creditNoteNumber }]),
    ];
  }
  return items;
}
