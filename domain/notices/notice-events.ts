/**
 * The events that notices are made of, with their payloads: who emits one sends exactly this, so that notices asks
 * nothing but the catalogue (names, zone, dates) and, for a line, who owns it.
 */
import type { Exhaustion, Names } from '#domain/catalog';
import type { LineMoved, lineFacts, QueuedPlan } from '#domain/lines';
import type { Money } from '#domain/money';
import type { ChangeFacts, CodeFacts } from '#domain/people';
import type { Language } from '#platform/messages';

/** Ways to reach somebody. Absent: not that way. */
export type Contacts = {
  readonly email?: string | undefined;
  /** E.164. */
  readonly sms?: string | undefined;
  /** The person whose devices are meant (`formatId('person', …)`); which they are is the push sender's to know. */
  readonly push?: string | undefined;
};

/** What every `lines.*` event carries. Its people are found by notices: the account's owner, else the line's own contacts. */
export type LineFacts = ReturnType<typeof lineFacts> & {
  /** End of what is paid, exclusive; said where it helps. */
  readonly paidUntil?: Date | null;
};

/** What every `orders.*` event carries. Its people are those the order names: the payer, who need not be the owner (ID-6). */
export type OrderFacts = {
  readonly orderId: bigint;
  readonly lineId: bigint;
  /** E.164, of the line served. */
  readonly number: string;
  readonly market: string;
  readonly language: Language;
  readonly contacts: Contacts;
  /** Who ordered it; null or absent where nobody was signed in. */
  readonly personId?: bigint | null;
  /** Paid by somebody who may not see the line. */
  readonly guest?: boolean;
  /** The order's secret page: whole, or from "/" on, then below the house's public address. */
  readonly orderUrl: string;
  readonly items: readonly OrderedItem[];
};

export type OrderedItem = {
  readonly kind: 'renew' | 'change' | 'queue' | 'pack' | 'top_up';
  readonly names: Names;
  /** When it begins, where that is not at once; null or absent otherwise. */
  readonly startsAt?: Date | null;
};

export type NoticePayloads = {
  'orders.applied': OrderFacts & {
    readonly receiptNumber: string;
    readonly total: Money;
    readonly tax: Money;
    /** Until when the line is paid now, exclusive. */
    readonly newEnd: Date | null;
    /** The money balance afterwards, where the order changed it. */
    readonly balance: Money | null;
  };
  'orders.refunded': OrderFacts & {
    readonly amount: Money;
    /** Null where no receipt was written: money that came too late or was too much. */
    readonly creditNoteNumber: string | null;
    /** An order's reason (`notice.reason.<reason>`); one without words there is not told. */
    readonly reason: string;
    /** What it took from the line again, as the line is then; null where nothing it had left it. */
    readonly takenBack: { readonly newEnd: Date | null; readonly balance: Money | null } | null;
  };
  'orders.payment_failed': OrderFacts & {
    readonly total: Money;
    /** The provider port's reason (`decline.<reason>`). */
    readonly reason: string;
  };
  'orders.cancelled': OrderFacts;
  'lines.data_low': LineFacts & { readonly percentLeft: number; readonly octetsLeft: bigint };
  'lines.exhausted': LineFacts & {
    readonly policy: Exhaustion;
    /** The line is at its cap; what its account shares is not used up (SIM-4). */
    readonly capReached?: true;
  };
  'lines.ending': LineFacts & { readonly daysLeft: number; readonly endsAt: Date };
  'lines.expired': LineFacts;
  'lines.suspended': LineFacts;
  'lines.parked': LineFacts;
  'lines.lost': LineFacts;
  'lines.plan_started': LineFacts & { readonly plan: Pick<QueuedPlan, 'planCode' | 'planVersion' | 'endsAt'> };
  'lines.balance_low': LineFacts & { readonly balance: Money };
  /** A line went from one account to another: to the owner it left, to the owner it came to, and to the line itself. */
  'lines.left': LineMoved;
  'lines.joined': LineMoved;
  'lines.moved': LineMoved;
};

export type NoticeKind = keyof NoticePayloads;

type Place = { readonly slot: number; readonly accountId: bigint; readonly eventId: bigint; readonly at: Date };

/** An outbox event of one of the kinds above, its payload decoded. */
export type NoticeEvent<Kind extends NoticeKind = NoticeKind> = {
  [K in Kind]: Place & { readonly kind: K; readonly payload: NoticePayloads[K] };
}[Kind];

/** News of a person, to one contact each: it is of no line, and nobody may choose not to hear it. */
export type PersonNoticePayloads = { 'people.code': CodeFacts; 'people.changed': ChangeFacts };
export type PersonNoticeKind = keyof PersonNoticePayloads;
export type PersonNoticeEvent<Kind extends PersonNoticeKind = PersonNoticeKind> = {
  [K in Kind]: Place & { readonly kind: K; readonly payload: PersonNoticePayloads[K] };
}[Kind];
