/**
 * An order is a purchase for one line, from the quote that stated its terms to the effect, the receipt and, where it
 * comes to that, the refund. Its content is the quote's and never changes.
 */
import type { Names, TaxDocument } from '#domain/catalog';
import type { LineKey, PeriodBefore, PurchaseEffect, PurchaseRule, StartRule } from '#domain/lines';
import type { Money } from '#domain/money';
import type { Language } from '#platform/messages';

/** What somebody asks for. At most one of them concerns the plan (renew, change or queue). */
export type ItemRequest =
  | { readonly kind: 'renew' }
  | { readonly kind: 'change'; readonly product: string }
  | { readonly kind: 'queue'; readonly product: string; readonly startRule: StartRule }
  | { readonly kind: 'pack'; readonly product: string }
  | { readonly kind: 'top_up'; readonly amount: Money };

export type QuotedItem = {
  readonly itemNo: number;
  readonly kind: ItemRequest['kind'];
  readonly productCode: string;
  readonly productVersion: number;
  readonly names: Names;
  readonly price: Money;
  readonly startRule: StartRule | null;
  /** The rule by which it works, and when what it brings is usable if it is paid now; told before paying. */
  readonly rule: PurchaseRule;
  readonly usableFrom: Date | null;
  readonly usableUntil: Date | null;
};

export type Tender = 'balance' | 'provider';

export type QuoteContent = {
  readonly line: LineKey;
  readonly number: string;
  /** Which claim of the number it was: a number that moved since is not paid for (ID-6). */
  readonly claimCount: bigint;
  readonly market: string;
  readonly marketVersion: number;
  readonly termsVersion: string;
  readonly taxRegion: string | null;
  readonly items: readonly QuotedItem[];
  /** What it costs by each tender: where tax is due at load, money already on the balance is not taxed again. */
  readonly sums: { readonly provider: TaxDocument; readonly balance: TaxDocument | null };
  /** A renewal of this line was paid in the last ten minutes: review warns. */
  readonly paidRecently: boolean;
};

export type Quote = {
  readonly slot: number;
  readonly accountId: bigint;
  /** Also the id of the order made from it. */
  readonly quoteId: bigint;
  readonly token: string;
  readonly content: QuoteContent;
  readonly expiresAt: Date;
};

export const ORDER_STATES = ['placed', 'applied', 'delivered', 'cancelled', 'refunding', 'refunded'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
export const ORDER_EVENTS = ['apply', 'deliver', 'cancel', 'give_back', 'given_back'] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/**
 * A paid order is delivered or refunded, nothing else (P5). `give_back` on a cancelled order is a late success of a
 * payment for something that is no longer sold; on a placed one, a payment that cannot take effect.
 */
export const ORDER_LIFECYCLE: Readonly<Record<OrderState, Partial<Readonly<Record<OrderEvent, OrderState>>>>> = {
  placed: { apply: 'applied', cancel: 'cancelled', give_back: 'refunding' },
  applied: { deliver: 'delivered', give_back: 'refunding' },
  delivered: { give_back: 'refunding' },
  cancelled: { give_back: 'refunding' },
  refunding: { given_back: 'refunded' },
  refunded: { give_back: 'refunding' },
};

export type OrderKey = { readonly slot: number; readonly accountId: bigint; readonly orderId: bigint };

export type OrderReason =
  | 'not_paid'
  | 'asked'
  | 'superseded'
  | 'captured_short'
  | 'cancelled_before'
  | 'cannot_take_effect'
  | 'number_moved'
  | 'refunded';

/** What applying one item changed: what a refund undoes. */
export type AppliedItem = { readonly itemNo: number; readonly effect: PurchaseEffect; readonly before: PeriodBefore };

export type Order = OrderKey & {
  readonly lineId: bigint;
  readonly caller: string;
  readonly key: string;
  readonly contentHash: Buffer;
  readonly token: string;
  readonly state: OrderState;
  readonly tender: Tender;
  readonly personId: bigint | null;
  /** Whoever paid may not see the line: nobody signed in, or somebody with no such standing on its account (ID-6). Decided at placing. */
  readonly asGuest: boolean;
  readonly language: Language;
  readonly email: string | null;
  readonly content: QuoteContent;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly effect: readonly AppliedItem[] | null;
  readonly reason: OrderReason | null;
  /** The attempt whose capture it took effect for. */
  readonly paidByAttemptId: bigint | null;
  /** Business time. */
  readonly placedAt: Date;
  readonly effectiveAt: Date | null;
  /** Transport time. */
  readonly beganAt: Date;
  readonly paidAt: Date | null;
  readonly appliedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly endedAt: Date | null;
  readonly lookAt: Date | null;
};

/** What the order's tender pays, item by item with tax. */
export function sumOf(order: Pick<Order, 'tender' | 'content'>): TaxDocument {
  const { provider, balance } = order.content.sums;
  return order.tender === 'balance' && balance !== null ? balance : provider;
}

export function totalOf(order: Pick<Order, 'currency' | 'totalMinor'>): Money {
  return { currency: order.currency, minor: order.totalMinor };
}
