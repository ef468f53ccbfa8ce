import type { Catalog } from '#domain/catalog';
import type { Language } from '#platform/messages';
import type { NoticeKind, PersonNoticeKind } from './notice-events.ts';

export const CHANNELS = ['mail', 'sms', 'push'] as const;
export type Channel = (typeof CHANNELS)[number];

export const TOPICS = ['payment', 'data', 'plan', 'number', 'balance'] as const;
/** What people choose by: news of one sort together. */
export type Topic = (typeof TOPICS)[number];

type KindRule = {
  readonly topic: Topic;
  /** It can wait for the morning. */
  readonly reminder: boolean;
  /** A purchase makes it untrue: while it waits, it is withdrawn. */
  readonly curable: boolean;
};

/** Every kind of event that is told, and how. */
export const KINDS: Readonly<Record<NoticeKind, KindRule>> = {
  'orders.applied': { topic: 'payment', reminder: false, curable: false },
  'orders.refunded': { topic: 'payment', reminder: false, curable: false },
  'orders.payment_failed': { topic: 'payment', reminder: false, curable: false },
  'orders.cancelled': { topic: 'payment', reminder: false, curable: false },
  'lines.data_low': { topic: 'data', reminder: true, curable: true },
  'lines.exhausted': { topic: 'data', reminder: false, curable: true },
  'lines.ending': { topic: 'plan', reminder: true, curable: true },
  'lines.expired': { topic: 'plan', reminder: true, curable: true },
  'lines.plan_started': { topic: 'plan', reminder: false, curable: false },
  'lines.suspended': { topic: 'number', reminder: true, curable: true },
  'lines.parked': { topic: 'number', reminder: true, curable: true },
  'lines.lost': { topic: 'number', reminder: true, curable: false },
  'lines.balance_low': { topic: 'balance', reminder: true, curable: true },
  'lines.left': { topic: 'number', reminder: false, curable: false },
  'lines.joined': { topic: 'number', reminder: false, curable: false },
  'lines.moved': { topic: 'number', reminder: false, curable: false },
};

/** What the house is and where it stands: the same for every notice. */
export type NoticeHouse = {
  readonly catalog: Catalog;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** The page on which this number is seen and renewed, from "/" on. */
  readonly linePath: (number: string) => string;
  /** The page on which somebody sees and ends their sign-ins, from "/" on. */
  readonly securityPath: string;
};

/** The words for one channel. */
export type Notice = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly noticeId: bigint;
  readonly eventId: bigint;
  readonly kind: NoticeKind | PersonNoticeKind;
  readonly channel: Channel;
  /** Null where it is news of a person. */
  readonly lineId: bigint | null;
  readonly orderId: bigint | null;
  readonly language: Language;
  /** An e-mail address, an E.164 number, or a person's id for push. */
  readonly recipient: string;
  /** A mail's subject, a push's title. */
  readonly subject: string | null;
  readonly body: string;
  readonly html: string | null;
  readonly url: string;
  /** A code that the text has `CODE_PLACE` for until it is sent; null for most. */
  readonly sealed: string | null;
  /** Business time of the event. */
  readonly at: Date;
};

/** Stands in a text for the code, as long and in the GSM alphabet. */
export const CODE_PLACE = '######';

export const DELIVERY_STATES = ['waiting', 'sent', 'kept', 'failed', 'withdrawn'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export type DeliveryEvent = 'send' | 'keep' | 'give_up' | 'withdraw';

/** Kept: nobody sends on this channel here, the outbox page alone shows it. Withdrawn: untrue before it could leave. */
export const DELIVERY_LIFECYCLE: Readonly<Record<DeliveryState, Partial<Readonly<Record<DeliveryEvent, DeliveryState>>>>> = {
  waiting: { send: 'sent', keep: 'kept', give_up: 'failed', withdraw: 'withdrawn' },
  // The withdrawal crossed with a sending: what has left has left.
  withdrawn: { send: 'sent' },
  sent: {},
  kept: {},
  failed: {},
};

/** How far a notice got. */
export type Delivery = {
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Business time: not before. */
  readonly dueAt: Date;
  /** Transport time. */
  readonly endedAt: Date | null;
  readonly answer: string | null;
};
