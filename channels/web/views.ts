/**
 * What a page is given to show: plain data, nothing that can act. Names and sentences that are the operator's data come in
 * the reader's language; money, instants and quantities come as values, because only the page knows how its reader
 * writes them (`platform/messages`). Nothing here may tell a guest more than ID-6 allows.
 */
import type { Money } from '#domain/money';
import type { Language, MessageKey } from '#platform/messages';

/** A value a sentence of the catalogue is filled with. */
export type SentenceValue = string | number | bigint | Date | Money;

/** A sentence of the catalogue and what it is filled with; the page says it, days in the view's zone. */
export type SentenceView = { readonly key: MessageKey; readonly values: Readonly<Record<string, SentenceValue>> };

/** Where a refused person goes next; the page knows the address and the words. */
export type NextStep =
  | { readonly to: 'home' }
  | { readonly to: 'line'; readonly ref: string }
  | { readonly to: 'own_line'; readonly id: string }
  | { readonly to: 'lines' }
  | { readonly to: 'sign_in' }
  | { readonly to: 'review'; readonly secret: string }
  | { readonly to: 'order'; readonly secret: string }
  | { readonly to: 'support' };

/** An expected "no", in the reader's words. `field` names the input it is about, where it is about one. */
export type RefusalView = {
  readonly refused: true;
  readonly code: string;
  /** HTTP status, as the refusal's catalogue says. */
  readonly status: number;
  readonly text: string;
  readonly next?: NextStep;
  readonly field?:
    | ('number' | 'amount' | 'method' | 'terms' | 'email' | 'share')
    | ('name' | 'password' | 'code' | 'contact' | 'user_name' | 'activation_code');
};

export type BrandView = {
  readonly name: string;
  /** "#0b7a75". The pages make it readable on light and dark paper (WCAG 1.4.3), whatever it is. */
  readonly accent: string;
  /** The languages offered, the default first. */
  readonly languages: readonly Language[];
  readonly support: { readonly phone: string; readonly email: string; readonly website: string; readonly hours: string };
  /** The market a number without `+` is read in: "1", and one of its numbers as people there write it. */
  readonly callingCode: string;
  readonly exampleNumber: string;
  /** Origins of the payment pages a form may lead to: "https://checkout.stripe.com". */
  readonly paymentOrigins: readonly string[];
};

/** What a plan or pack holds. `quantity`: octets, seconds or messages; null is unlimited. */
export type PartView = {
  readonly service: 'data' | 'voice' | 'message';
  /** Data for a hotspot alone, beside the phone's own. */
  readonly hotspot?: true;
  readonly quantity: bigint | null;
  /** Octets at full speed; null all of them. */
  readonly fullSpeedCap: bigint | null;
  /** Speed after the cap or the quantity; absent when data stops or is charged instead. */
  readonly throttleKbps?: number;
};

export type PeriodView = { readonly unit: 'day' | 'month' | 'year'; readonly count: number };

/** Something that can be bought at once. `item` is the use case's own word for it, given back unread in `quote`. */
export type OfferView = {
  readonly item: string;
  readonly name: string;
  readonly parts: readonly PartView[];
  readonly period?: PeriodView;
  /** total = price + tax where the market's prices exclude tax, else tax is within the price. */
  readonly price: Money;
  readonly tax: Money;
  readonly total: Money;
  /** When the plan will end if this is paid now (exclusive); absent where the reader may not know (ID-6). */
  readonly newEnd?: Date;
};

export type GuestLineView = {
  /** Opaque and short-lived; stands in the address instead of the number. */
  readonly ref: string;
  readonly maskedNumber: string;
  readonly zone: string;
  readonly now: Date;
  readonly planName: string;
  readonly pricesIncludeTax: boolean;
  /** Absent when the present plan cannot be renewed; `notes` then say why. */
  readonly renewal?: OfferView;
  readonly packs: readonly OfferView[];
  readonly topUp?: { readonly presets: readonly OfferView[]; readonly minimum: Money; readonly maximum: Money };
  /** Rules that hold whatever is chosen, stated before paying. */
  readonly rules: {
    readonly renewal: readonly SentenceView[];
    readonly packs: readonly SentenceView[];
    readonly topUp: readonly SentenceView[];
  };
};

export type ItemView = { readonly name: string; readonly amount: Money };

/** `rate`: "8.75 %" as the receipt writes it; absent for a fixed amount. `included`: within the items' amounts. */
export type TaxView = { readonly name: string; readonly rate?: string; readonly amount: Money; readonly included: boolean };

export type SumView = { readonly items: readonly ItemView[]; readonly taxes: readonly TaxView[]; readonly total: Money };

export type MethodKind =
  | 'card'
  | 'paypal'
  | 'apple_pay'
  | 'google_pay'
  | 'alipay'
  | 'wechat_pay'
  | 'link'
  | 'bank'
  | 'balance'
  | 'saved'
  | 'other';

/** `code` is given back unread; `kind` has words of ours (`web.method.<kind>`); `label` is its own name ("Visa ···· 4242"). */
export type MethodView = { readonly code: string; readonly kind: MethodKind; readonly label?: string };

export type QuoteView = SumView & {
  readonly secret: string;
  /** Idempotency key for one rendering of the review; the same key twice is the same order. */
  readonly key: string;
  readonly maskedNumber: string;
  readonly zone: string;
  readonly now: Date;
  readonly validUntil: Date;
  /** The line it was asked for, to go back and choose again. */
  readonly ref?: string;
  /** In the order they are offered; the first is chosen beforehand. */
  readonly methods: readonly MethodView[];
  /** Whether the reader may keep a new one for next time. */
  readonly keepable: boolean;
  /** Why what is kept is not offered now. */
  readonly waits?: SentenceView;
  /** What will change and when; then the rules it follows. */
  readonly changes: readonly SentenceView[];
  /** From the money balance, for its owner where it covers it: what it costs so, and what is left after. */
  readonly fromBalance?: { readonly total: Money; readonly after: Money };
  /** The reader's own line, by its id. */
  readonly lineId?: string;
  /** For instance a renewal paid in the last ten minutes. */
  readonly warnings: readonly SentenceView[];
  readonly termsVersion: string;
  /** Set when it has been placed already: two tabs, the back button. */
  readonly orderSecret?: string;
};

export type StageView = {
  readonly stage: 'paid' | 'applied' | 'notified' | 'confirmed';
  /** `idle`: nothing is open on the network that could confirm it now. */
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'idle';
  /** How long it took, or how long it has been running; `confirmed` since the payment. */
  readonly ms?: number;
};

export type OrderState =
  /** Placed; the person has not paid yet (or came back without paying). */
  | 'awaiting_payment'
  /** The provider has not said how it ended: told as such, asked again by us (PAY-5). */
  | 'payment_unknown'
  | 'declined'
  /** Captured, its effect not committed yet. */
  | 'paid'
  /** In effect; the confirmation may still be on its way. */
  | 'delivered'
  | 'cancelled'
  /** Cancelled by us because nobody paid in time. */
  | 'expired'
  | 'refunding'
  | 'refunded';

export type OrderView = SumView & {
  readonly secret: string;
  /** What a person reads out on the phone. */
  readonly orderNumber: string;
  readonly state: OrderState;
  readonly maskedNumber: string;
  readonly zone: string;
  readonly now: Date;
  readonly placedAt: Date;
  readonly method: MethodView;
  readonly stages: readonly StageView[];
  /** What is true now because of it: "Your plan ends Sat 2 Jan". */
  readonly happened: readonly SentenceView[];
  /** The reason, as `decline.<reason>` of the catalogue; only when declined. */
  readonly decline?: string;
  /** What goes back or has gone back. */
  readonly refunded?: Money;
  /** Idempotency key for whatever is done next from this rendering. */
  readonly key: string;
  /** The provider's page, still open; only while awaiting payment. */
  readonly paymentPage?: string;
  /** Ways to pay again; empty when it cannot be. */
  readonly methods: readonly MethodView[];
  /** As of a quote. */
  readonly keepable: boolean;
  readonly waits?: SentenceView;
  /** What holds when paying again, for instance `rule.paying_again`. */
  readonly warnings: readonly SentenceView[];
  readonly cancellable: boolean;
  readonly receiptNumber?: string;
  /** The reader's own line, by its id. */
  readonly lineId?: string;
  /** To begin anew with the same line. */
  readonly ref?: string;
};

export type ReceiptView = SumView & {
  readonly secret: string;
  readonly receiptNumber: string;
  readonly orderNumber: string;
  readonly issuedAt: Date;
  readonly zone: string;
  readonly seller: { readonly name: string; readonly address: readonly string[]; readonly taxNumber?: string };
  readonly maskedNumber: string;
  readonly method: MethodView;
  readonly creditNotes: readonly { readonly number: string; readonly issuedAt: Date; readonly amount: Money }[];
};

export type FileView = { readonly fileName: string; readonly bytes: Uint8Array };

/** The operator's own text: terms of sale, privacy notice. */
export type DocumentView = {
  readonly title: string;
  readonly version: string;
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
};

export type SentMessageView = {
  /** Of the message, usable in an address. */
  readonly id: string;
  readonly at: Date;
  readonly channel: 'mail' | 'sms' | 'push';
  readonly to: string;
  /** BCP 47, of the text. */
  readonly language: string;
  readonly subject?: string;
  readonly text: string;
};
export type OutboxView = { readonly zone: string; readonly messages: readonly SentMessageView[]; readonly olderThan?: string };

export type ClockView = {
  readonly zone: string;
  readonly business: Date;
  readonly transport: Date;
  /** What the last move set off, in order. */
  readonly happened: readonly { readonly at: Date; readonly text: string }[];
  /** What falls due next, in order. */
  readonly due: readonly { readonly at: Date; readonly text: string }[];
};

export type TryNumberView = { readonly number: string; readonly text: string };
