/**
 * The port: what a payment provider can do for us, in our words. Adapters implement it (adapters/stripe), the domain
 * never sees a provider's vocabulary. Nothing here throws for what happens outside: an error, a time-out, a 500 or an
 * answer that cannot be read is the outcome `unknown`, ended only by asking (docs: "Asking").
 */
import type { Money } from '#domain/money';
import type { Language } from '#platform/messages';

/** How a customer may choose to pay on a provider's page. */
export type PaymentChoice = 'card' | 'paypal' | 'apple_pay' | 'google_pay' | 'alipay' | 'wechat_pay';
export const PAYMENT_CHOICES: readonly PaymentChoice[] = ['card', 'paypal', 'apple_pay', 'google_pay', 'alipay', 'wechat_pay'];

/** Why a bank or provider said no, in our own words; each has a text `decline.<reason>` with a way forward. */
export const DECLINE_REASONS = [
  'insufficient_funds',
  'expired_card',
  'lost_or_stolen',
  'do_not_honour',
  'authentication_failed',
  'authentication_required',
  'limit_exceeded',
  'incorrect_details',
  'method_not_supported',
  'method_removed',
  'suspected_fraud',
  'try_again',
  'generic',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** The provider's own identifiers of what belongs to an attempt, as far as they are known. */
export type Handles = {
  readonly customer?: string | undefined;
  readonly page?: string | undefined;
  readonly payment?: string | undefined;
};

/** What was paid with. `expires` is `YYYY-MM`. No more of a card number than its last four is ever seen. */
export type MethodUsed = {
  readonly kind: PaymentChoice | 'link' | 'bank' | 'other';
  readonly brand?: string | undefined;
  readonly last4?: string | undefined;
  readonly expires?: string | undefined;
  /** By which the provider charges it again without the customer; present only when it was saved for that. */
  readonly savedMethodReference?: string | undefined;
};

type Known = { readonly handles?: Handles | undefined };

/**
 * The five outcomes of an attempt.
 * - succeeded: `captured` in the currency charged, which may be more or less than was asked.
 * - declined: ended without money; the same attempt cannot succeed by itself any more.
 * - not_attempted: nothing was done and nothing will be. `cause` is for the operator.
 * - pending: waits for the customer (`pageUrl`, or `authenticationUrl` when a saved method's bank wants to ask them) or,
 *   without either, for the provider. `lastDecline`: what they tried on the page so far was declined.
 * - unknown: no answer that says one of the above. `cause` is for the operator.
 */
export type Outcome = Known &
  (
    | { readonly kind: 'succeeded'; readonly providerId: string; readonly captured: Money; readonly method: MethodUsed }
    | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly providerId?: string | undefined }
    | { readonly kind: 'not_attempted'; readonly cause: string }
    | {
        readonly kind: 'pending';
        readonly pageUrl?: string | undefined;
        readonly authenticationUrl?: string | undefined;
        readonly expiresAt?: Date | undefined;
        readonly lastDecline?: DeclineReason | undefined;
      }
    | { readonly kind: 'unknown'; readonly cause: string }
  );

/** A look-up may also find nothing, which means "not attempted" only past the provider's horizon. */
export type LookUpOutcome = Outcome | { readonly kind: 'not_found' };

/** What every request about an attempt carries. Must be the same each time: providers compare repeats. */
export type AttemptRequest = {
  /** `att_…`: ours, unique for ever; also the idempotency key. */
  readonly reference: string;
  /** `acc_…`, for people who look at the provider's console. */
  readonly account: string;
  /** Whose payments these are at the provider: a person, or for a guest one intent. */
  readonly customerKey: string;
  readonly amount: Money;
  /** Transport time at which the attempt was committed. */
  readonly startedAt: Date;
  readonly handles: Handles;
};

export type PageItem = { readonly name: string; readonly amount: Money };

/** What the customer sees and where they go afterwards. The same each time the same attempt is sent. */
export type PageContext = {
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly description: string;
  readonly language: Language;
  /** Shown line by line when they add up to the amount and none is negative; else the description and the total are. */
  readonly items: readonly PageItem[];
  readonly payerEmail?: string | undefined;
};

export type PageRequest = AttemptRequest &
  PageContext & {
    readonly choice?: PaymentChoice | undefined;
    readonly saveMethod: boolean;
    readonly expiresAt: Date;
  };

/** Also carries what a page needs: a bank that wants to ask the customer is answered with a pay link. */
export type ChargeRequest = AttemptRequest & PageContext & { readonly methodReference: string; readonly expiresAt: Date };

export type RefundRequest = {
  /** `ref_…`: ours, by which the provider's refund is found again. */
  readonly reference: string;
  /** The idempotency key of this try. */
  readonly tryKey: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly handles: { readonly refund?: string | undefined };
};

/**
 * `not_attempted`: nothing was done, and it may be tried again, later unless it was only lost. `failed`: the provider will
 * not, ever; someone must look.
 */
export type RefundOutcome =
  | { readonly kind: 'succeeded'; readonly providerId: string; readonly refunded: Money }
  | { readonly kind: 'failed'; readonly reason: string; readonly providerId?: string | undefined }
  | { readonly kind: 'pending'; readonly providerId?: string | undefined }
  | { readonly kind: 'not_attempted'; readonly cause: string; readonly again?: 'at_once' | undefined }
  | { readonly kind: 'unknown'; readonly cause: string };
export type LookUpRefundOutcome = RefundOutcome | { readonly kind: 'not_found' };

export type DisputeState = 'opened' | 'won' | 'lost';
export type DisputeNews = {
  readonly disputeId: string;
  readonly state: DisputeState;
  readonly amount: Money;
  readonly reason: string;
  /** The provider's own time of saying so: of two ends the later one stands. */
  readonly toldAt: Date;
};

/** A dispute as the provider's list says it stands, with what names its payment. */
export type ListedDispute = {
  readonly news: DisputeNews;
  readonly attemptReference?: string | undefined;
  readonly providerId?: string | undefined;
};
export type DisputeList =
  | { readonly kind: 'listed'; readonly disputes: readonly ListedDispute[] }
  | { readonly kind: 'unknown'; readonly cause: string };

/** A webhook whose signature holds. It is a hint: payments and refunds are looked up, disputes are as the signed body says. */
export type ProviderEvent = {
  readonly eventId: string;
  readonly kind: 'payment' | 'refund' | 'dispute' | 'other';
  readonly attemptReference?: string | undefined;
  readonly refundReference?: string | undefined;
  /** The provider's id of the payment, when the event names it. */
  readonly providerId?: string | undefined;
  readonly dispute?: DisputeNews | undefined;
};

export type EventFlaw = { readonly flaw: 'forged' | 'expired' | 'unreadable' };

export interface PaymentProvider {
  /** `stripe`: stands in tables and boundary accounts. */
  readonly code: string;
  /** How long the provider answers a repeat under the same idempotency key as the first time. */
  readonly keyLifeMs: number;
  /** How long after an attempt began a look-up that finds nothing may still be overtaken by the request itself. */
  readonly notFoundHorizonMs: number;
  /** How long its page can be paid: 31 minutes (Stripe takes no less than 30). */
  readonly pageLifeMs: number;
  /** What an amount must be a multiple of to be charged or refunded exactly: 1 mostly, 10 for KWD at Stripe. */
  stepMinor(currency: string): bigint;
  openPage(request: PageRequest): Promise<Outcome>;
  /** Makes a page unpayable. The outcome says what became of the attempt: it may have been paid at that moment. */
  closePage(request: AttemptRequest, transportNow: Date): Promise<LookUpOutcome>;
  /** Charges a saved method without the customer. */
  charge(request: ChargeRequest): Promise<Outcome>;
  lookUp(request: AttemptRequest, transportNow: Date): Promise<LookUpOutcome>;
  refund(request: RefundRequest): Promise<RefundOutcome>;
  lookUpRefund(request: RefundRequest): Promise<LookUpRefundOutcome>;
  /** Every dispute opened since, as it stands: all of them or `unknown`. */
  listDisputes(since: Date, transportNow: Date): Promise<DisputeList>;
  /** Makes a saved method unusable at the provider; false when that could not be confirmed. */
  forgetMethod(methodReference: string): Promise<boolean>;
  readEvent(rawBody: Buffer, headers: Readonly<Record<string, string | undefined>>, transportNow: Date): ProviderEvent | EventFlaw;
}

/** By code. */
export type Providers = Readonly<Record<string, PaymentProvider>>;
