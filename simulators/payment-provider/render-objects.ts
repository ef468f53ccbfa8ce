/** Records in Stripe's shapes (API version 2026-10-28.endive): the fields of a payment, none of what we do not simulate. */
import type { CustomerRecord, DisputeRecord, EventRecord, MethodRecord, PaymentRecord, RefundRecord, SessionRecord } from './records.ts';
import type { Simulator } from './simulator.ts';

export const API_VERSION = '2026-10-28.endive';

type Expanded = ReadonlySet<string>;
const NONE: Expanded = new Set();

export function renderCustomer(customer: CustomerRecord): object {
  const { id, created, email, metadata } = customer;
  return { id, object: 'customer', created, email, description: null, livemode: false, metadata, name: null, phone: null };
}

export function renderMethod(method: MethodRecord): object {
  const { id, created, customer, type } = method;
  const common = { id, object: 'payment_method', allow_redisplay: 'limited', created, customer, livemode: false, metadata: {}, type };
  const billing = { billing_details: { address: null, email: null, name: null, phone: null } };
  if (type !== 'card') return { ...common, ...billing, [type]: {} };
  const card = {
    brand: method.brand,
    country: 'US',
    exp_month: method.expiresMonth,
    exp_year: method.expiresYear,
    funding: 'credit',
    last4: method.last4,
    three_d_secure_usage: { supported: true },
    wallet: method.wallet === null ? null : { type: method.wallet, dynamic_last4: null, [method.wallet]: {} },
  };
  return { ...common, ...billing, card };
}

export function renderPayment(simulator: Simulator, payment: PaymentRecord, expanded: Expanded = NONE): object {
  const { id, created, customer, amount, currency, status, metadata, description } = payment;
  const method = payment.methodId === null ? undefined : simulator.store.get('method', payment.methodId);
  const failed = payment.error && { ...payment.error, ...(method ? { payment_method: renderMethod(method) } : {}) };
  return {
    ...{
      id,
      object: 'payment_intent',
      amount,
      amount_capturable: 0,
      amount_received: payment.received,
      created,
      currency,
      customer,
      description,
    },
    ...{ allowed_payment_method_types: null, canceled_at: null, cancellation_reason: null, capture_method: 'automatic_async' },
    ...{ client_secret: null, confirmation_method: 'automatic', last_payment_error: failed, livemode: false, metadata },
    latest_charge: payment.chargeId,
    next_action: null,
    // A failed payment lets go of its method, as at Stripe.
    payment_method:
      payment.status === 'requires_payment_method'
        ? null
        : expanded.has('payment_method') && method
          ? renderMethod(method)
          : payment.methodId,
    payment_method_types: method ? [method.type] : ['card'],
    ...{ processing: null, receipt_email: null, setup_future_usage: payment.savesMethod ? 'off_session' : null, status },
  };
}

export function renderSession(simulator: Simulator, session: SessionRecord, expanded: Expanded = NONE): object {
  const { id, created, customer, amount, currency, status, metadata, allowed } = session;
  const payment = session.paymentId === null ? undefined : simulator.store.get('payment', session.paymentId);
  const inner = new Set(
    [...expanded].filter((name) => name.startsWith('payment_intent.')).map((name) => name.slice('payment_intent.'.length)),
  );
  const isExpanded = expanded.has('payment_intent') || inner.size > 0;
  return {
    ...{
      id,
      object: 'checkout.session',
      adaptive_pricing: { enabled: false },
      allowed_payment_method_types: allowed,
      amount_subtotal: amount,
    },
    ...{ amount_total: amount, cancel_url: session.cancelUrl, client_reference_id: session.reference, created, currency, customer },
    ...{ customer_details: null, customer_email: null, expires_at: session.expiresAt, livemode: false, locale: session.locale, metadata },
    mode: 'payment',
    payment_intent: isExpanded && payment ? renderPayment(simulator, payment, inner) : session.paymentId,
    payment_method_types: allowed ?? ['card', 'paypal', 'alipay', 'wechat_pay'],
    payment_status: status === 'complete' && payment?.status === 'succeeded' ? 'paid' : 'unpaid',
    ...{ status, success_url: session.successUrl, ui_mode: 'hosted_page' },
    url: status === 'open' ? `${simulator.publicUrl}/pay/${id}` : null,
  };
}

export function renderCharge(simulator: Simulator, payment: PaymentRecord): object {
  const method = payment.methodId === null ? undefined : simulator.store.get('method', payment.methodId);
  return {
    ...{
      id: payment.chargeId,
      object: 'charge',
      amount: payment.received,
      amount_captured: payment.received,
      amount_refunded: payment.refunded,
    },
    ...{ captured: true, created: payment.created, currency: payment.currency, customer: payment.customer, livemode: false },
    ...{ disputed: payment.disputeId !== null, metadata: payment.metadata, paid: true, payment_intent: payment.id },
    payment_method: payment.methodId,
    payment_method_details: method ? { type: method.type } : null,
    refunded: payment.refunded >= payment.received,
    status: 'succeeded',
  };
}

export function renderRefund(refund: RefundRecord): object {
  const { id, created, amount, currency, status, metadata } = refund;
  const failed = refund.failureReason === null ? {} : { failure_reason: refund.failureReason };
  const { paymentId, chargeId } = refund;
  return {
    id,
    object: 'refund',
    amount,
    charge: chargeId,
    created,
    currency,
    metadata,
    payment_intent: paymentId,
    reason: null,
    status,
    ...failed,
  };
}

export function renderDispute(dispute: DisputeRecord): object {
  const { id, created, amount, currency, status, reason, paymentId, chargeId } = dispute;
  const common = { id, object: 'dispute', amount, charge: chargeId, created, currency, livemode: false, metadata: {} };
  return { ...common, is_charge_refundable: false, payment_intent: paymentId, reason, status };
}

export function renderEvent(event: EventRecord): object {
  const { id, created, type, object } = event;
  const common = { id, object: 'event', api_version: API_VERSION, created, data: { object }, livemode: false };
  return { ...common, pending_webhooks: 1, request: { id: null, idempotency_key: null }, type };
}

export function renderList(path: string, data: readonly object[], hasMore: boolean): object {
  return { object: 'list', data, has_more: hasMore, url: path };
}
