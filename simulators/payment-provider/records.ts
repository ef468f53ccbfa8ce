/** What the simulator keeps, in its own words; `render-objects.ts` gives it Stripe's shapes. Amounts are Stripe's minor units. */

export type Metadata = Readonly<Record<string, string>>;

export type CustomerRecord = { readonly id: string; readonly created: number; readonly email: string | null; readonly metadata: Metadata };

export type Item = { readonly name: string; readonly quantity: number; readonly amount: number };

export type SessionRecord = {
  readonly id: string;
  readonly created: number;
  readonly customer: string | null;
  readonly reference: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly items: readonly Item[];
  readonly status: 'open' | 'complete' | 'expired';
  readonly paymentId: string | null;
  readonly successUrl: string;
  readonly cancelUrl: string | null;
  readonly expiresAt: number;
  readonly locale: string;
  /** Null: whatever the currency allows. */
  readonly allowed: readonly string[] | null;
  readonly savesCard: boolean;
  readonly description: string | null;
  readonly metadata: Metadata;
  readonly paymentMetadata: Metadata;
};

export type PaymentError = {
  readonly type: 'card_error' | 'invalid_request_error';
  readonly code: string;
  readonly decline_code?: string;
  readonly message: string;
};

export type PaymentRecord = {
  readonly id: string;
  readonly created: number;
  readonly customer: string | null;
  readonly amount: number;
  readonly received: number;
  readonly refunded: number;
  readonly currency: string;
  readonly status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';
  readonly methodId: string | null;
  readonly chargeId: string | null;
  readonly disputeId: string | null;
  readonly error: PaymentError | null;
  readonly savesMethod: boolean;
  readonly description: string | null;
  readonly metadata: Metadata;
};

export type MethodRecord = {
  readonly id: string;
  readonly created: number;
  /** Attached, so that it may be charged again. */
  readonly customer: string | null;
  readonly type: 'card' | 'paypal' | 'alipay' | 'wechat_pay';
  readonly wallet: 'apple_pay' | 'google_pay' | null;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expiresMonth: number | null;
  readonly expiresYear: number | null;
  /** Which test card it is, by name: the number itself is kept nowhere. */
  readonly card: string;
};

export type RefundRecord = {
  readonly id: string;
  readonly created: number;
  readonly paymentId: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly failureReason: string | null;
  readonly metadata: Metadata;
};

export type DisputeRecord = {
  readonly id: string;
  readonly created: number;
  readonly paymentId: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'needs_response' | 'warning_needs_response' | 'won' | 'lost';
  readonly reason: string;
};

/** `object` is Stripe's shape as it was at that moment. */
export type EventRecord = { readonly id: string; readonly created: number; readonly type: string; readonly object: object };

export type Records = {
  customer: CustomerRecord;
  session: SessionRecord;
  payment: PaymentRecord;
  method: MethodRecord;
  refund: RefundRecord;
  dispute: DisputeRecord;
  event: EventRecord;
};
export type Kind = keyof Records;
