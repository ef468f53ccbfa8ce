/** What pages are given of a line that is the reader's own: whoever may see it (`access`). Plain data, as views.ts. */
import type { Money } from '#domain/money';
import type { MethodView, OfferView, OrderState, PartView, PeriodView, SentenceView } from './views.ts';

export type LineStateView = 'pending' | 'active' | 'throttled' | 'stopped' | 'expired' | 'suspended' | 'parked' | 'lost';

/** null: unlimited. */
export type RemainingView = { readonly left: bigint | null; readonly granted: bigint | null };

export type PackageView = {
  readonly name: string;
  readonly state: 'usable' | 'waiting';
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly parts: readonly (RemainingView & {
    readonly service: PartView['service'];
    readonly hotspot?: true;
    readonly shared: boolean;
    /** What the line may use of what is shared, where it is capped. */
    readonly share?: { readonly left: bigint; readonly granted: bigint };
  })[];
};

export type WaitingPlanView = { readonly name: string; readonly onExhaustion: boolean; readonly startsAt: Date; readonly endsAt: Date };

export type DayView = { readonly day: string; readonly quantity: bigint };
export type UseView = {
  readonly days: readonly DayView[];
  /** What the days to come would take at this pace. */
  readonly ahead: readonly DayView[];
  readonly averagePerDay: bigint;
  readonly today: bigint;
};

export type HappeningView = { readonly at: Date; readonly text: SentenceView };

/** `secret` only of the reader's own: what others paid with is theirs (ID-6). */
export type OrderRowView = {
  readonly orderNumber: string;
  readonly secret?: string;
  readonly names: readonly string[];
  readonly total: Money;
  readonly placedAt: Date;
  readonly state: OrderState;
  readonly receiptNumber?: string;
};

/** Whose line it is, on each of its pages. */
type OfLine = { readonly id: string; readonly number: string; readonly zone: string; readonly now: Date };

/** When the line came to this account, where it came from another: what was used and ordered before stands there, for whose account that is. */
type Joined = { readonly joinedAt?: Date };

export type OwnLineView = OfLine & {
  readonly state: LineStateView;
  readonly planName?: string;
  /** What stands largest: how long it lasts, or what is the matter. */
  readonly headline: SentenceView;
  /** What follows from it, each a sentence: the end, the dates of suspension and loss. */
  readonly details: readonly SentenceView[];
  /** The way back, or what happens when the data is used up. */
  readonly warnings: readonly SentenceView[];
  /** Absent where data is paid as it is used, or the line is in no service. */
  readonly data?: RemainingView & { readonly speed: 'full' | 'throttled' | 'stopped' };
  readonly voice?: RemainingView;
  readonly message?: RemainingView;
  readonly balance: Money;
  readonly renewal?: OfferView;
  /** What the review offers first. */
  readonly method?: MethodView;
  readonly packs: readonly OfferView[];
  readonly topUp?: { readonly presets: readonly OfferView[]; readonly minimum: Money; readonly maximum: Money };
  /** Its account shares data among its lines: there is a page of what this one may use of it. */
  readonly shares?: true;
  /** It is at the end of its share, which the reader may raise. */
  readonly raises?: true;
  /** May change and queue plans. */
  readonly decides: boolean;
  readonly waiting: readonly WaitingPlanView[];
  readonly packages: readonly PackageView[];
  readonly use?: UseView & Joined;
  /** Newest first. */
  readonly happenings: readonly HappeningView[];
  readonly orders: readonly OrderRowView[];
};

export type LineRowView = {
  readonly id: string;
  /** Who else has to do with it, or how to give it up: given back unread. */
  readonly account: string;
  readonly number: string;
  readonly role: 'owner' | 'user' | 'payer';
  readonly zone: string;
  readonly now: Date;
  /** For whoever only pays, the page of guests. */
  readonly ref?: string;
  readonly planName?: string;
  readonly state?: LineStateView;
  readonly data?: RemainingView;
  readonly until?: Date;
  /** An offer's `item`, where its plan can be renewed. */
  readonly renewal?: string;
  readonly shares?: true;
};

/** Of a package that all lines of the account share: what is left for all, and of it for one line where that is capped. */
export type SharedPackageView = RemainingView & {
  readonly name: string;
  readonly validUntil: Date;
  readonly share?: { readonly left: bigint; readonly granted: bigint };
};

export type LineShareView = {
  readonly id: string;
  readonly number: string;
  readonly planName?: string;
  /** Octets of each package; null: all that is left. */
  readonly cap: bigint | null;
  readonly packages: readonly SharedPackageView[];
};

export type ShareView = OfLine &
  LineShareView & {
    readonly warnings: readonly SentenceView[];
    /** Octets to choose from; absent for whoever may not set it. */
    readonly choices?: readonly bigint[];
    /** The other lines of the account, for whoever may set theirs. */
    readonly others: readonly LineShareView[];
  };

/** What the network was charged for once, explained. */
export type ChargeView = {
  readonly at: Date;
  readonly what: SentenceView;
  /** Absent at home. */
  readonly where?: SentenceView;
  /** From the balance, negative where it was taken back; else it was in what was bought, is free, or nobody pays for it. */
  readonly cost: Money | 'included' | 'free' | 'lost';
  /** What it was taken from, and at which price. */
  readonly from: readonly SentenceView[];
  /** What may be used next, and why so much; or why nothing. */
  readonly next: readonly SentenceView[];
};
/** How much of each app and service, data first and most first. */
export type KindsView = { readonly today: readonly SentenceView[]; readonly week: readonly SentenceView[] };
export type ChargesView = OfLine &
  Joined & {
    readonly charges: readonly ChargeView[];
    readonly isFirst: boolean;
    readonly older?: string;
    /** On the first page. */
    readonly kinds?: KindsView;
  };

export type OrdersView = OfLine & Joined & { readonly orders: readonly OrderRowView[] };

export type MovementView = { readonly at: Date; readonly text: SentenceView; readonly amount: Money; readonly balanceAfter: Money };
export type StatementView = OfLine & {
  /** The first instant of the month told, and of each there is: newest first. */
  readonly month: string;
  readonly months: readonly string[];
  readonly paid: readonly OrderRowView[];
  readonly opening: Money;
  readonly movements: readonly MovementView[];
  readonly closing: Money;
};

export type ComparedPlanView = {
  readonly code: string;
  readonly name: string;
  readonly period?: PeriodView;
  /** Absent for pay as you go. */
  readonly total?: Money;
  readonly tax?: Money;
  readonly data: readonly PartView[];
  readonly voice?: PartView;
  readonly message?: PartView;
  readonly usedUp: readonly SentenceView[];
  readonly isPresent: boolean;
  /** An offer's `item` each, where the reader may and the line can. */
  readonly change?: string;
  readonly queue?: string;
  readonly queueEarly?: string;
};

export type CompareView = {
  /** Whose prices: of a line, or of a market without one. */
  readonly number?: string;
  readonly back?: string;
  readonly zone: string;
  readonly now: Date;
  readonly plans: readonly ComparedPlanView[];
  readonly rules: readonly SentenceView[];
};

/** What was looked at, how it stands, why, and where to go when it is not right. */
export type CheckView = {
  readonly ok: boolean;
  readonly text: SentenceView;
  readonly more?: readonly SentenceView[];
  readonly step?: { readonly href: string; readonly text: SentenceView };
};
export type HelpView = {
  readonly number: string;
  readonly back: string;
  readonly zone: string;
  readonly now: Date;
  /** False for a guest, who is told what helps any line (ID-6). */
  readonly checked: boolean;
  readonly checks: readonly CheckView[];
  /** What helps whatever was found. */
  readonly advice: readonly SentenceView[];
};

export type TextFileView = { readonly fileName: string; readonly type: string; readonly text: string };
export type ExportView = { readonly files: readonly { readonly name: string; readonly rows: number }[] };
