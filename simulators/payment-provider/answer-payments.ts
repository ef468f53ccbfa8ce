/** Payments made by charging a saved method, and payments looked up. */
import { customerOf } from './answer-customers.ts';
import { type Answer, type Call, listFilter, ok } from './call.ts';
import { checkAmount } from './check-amount.ts';
import type { PaymentRecord } from './records.ts';
import { renderList, renderMethod, renderPayment } from './render-objects.ts';
import { newId, nowSeconds, type Simulator } from './simulator.ts';
import { invalid, missing } from './stripe-error.ts';
import { takePayment } from './take-payment.ts';

/** `confirm` and `off_session` together: a saved method is charged, or nothing is. */
export function createPayment({ simulator, parameters }: Call): Answer {
  const amount = parameters.whole('amount') ?? 0;
  const currency = parameters.required('currency').toLowerCase();
  checkAmount(amount, currency);
  const customer = parameters.text('customer') ?? null;
  const methodId = parameters.required('payment_method');
  if (!parameters.flag('confirm') || !parameters.flag('off_session'))
    throw invalid('The simulator confirms at once, off session.', { param: 'confirm' });
  parameters.group('automatic_payment_methods').text('enabled');
  parameters.text('return_url');
  const expanded = parameters.expanded();
  const description = parameters.text('description') ?? null;
  const metadata = parameters.metadata('metadata');
  parameters.endOf();
  if (customer !== null) customerOf({ simulator, id: customer });
  const method = simulator.store.get('method', methodId);
  if (!method) throw missing('PaymentMethod', methodId);
  if (method.customer === null || method.customer !== customer)
    throw invalid('The provided PaymentMethod cannot be used: it does not belong to the Customer, or was detached from it.', {
      code: 'payment_method_unexpected_state',
      param: 'payment_method',
    });
  const payment = { ...newPayment(simulator, { amount, currency, customer, description, metadata }), savesMethod: false };
  const taken = takePayment(simulator, { payment, method, stage: 'off_session' });
  const { answer: manner, early } = taken;
  if (taken.result === 'succeeded') return { status: 200, body: renderPayment(simulator, taken.payment, expanded), manner, early };
  const error = { ...taken.payment.error, payment_intent: renderPayment(simulator, taken.payment), payment_method: renderMethod(method) };
  return { status: 402, body: { error }, manner, early };
}

export function newPayment(
  simulator: Simulator,
  of: Pick<PaymentRecord, 'amount' | 'currency' | 'customer' | 'description' | 'metadata'>,
): PaymentRecord {
  const empty = { received: 0, refunded: 0, methodId: null, chargeId: null, disputeId: null, error: null, savesMethod: false } as const;
  return { id: newId('pi'), created: nowSeconds(simulator), ...of, ...empty, status: 'requires_payment_method' };
}

export function listPayments({ simulator, parameters }: Call): Answer {
  const { expanded, ...filter } = listFilter(parameters);
  parameters.endOf();
  if (filter.customer !== undefined) customerOf({ simulator, id: filter.customer });
  const found = simulator.store.list('payment', { ...filter, limit: filter.limit + 1 });
  const page = found.slice(0, filter.limit).map((payment) => renderPayment(simulator, payment, expanded));
  return ok(renderList('/v1/payment_intents', page, found.length > filter.limit));
}

export function paymentOf(simulator: Simulator, id: string): PaymentRecord {
  const payment = simulator.store.get('payment', id);
  if (!payment) throw missing('payment_intent', id);
  return payment;
}

export function retrievePayment({ simulator, parameters, id }: Call): Answer {
  const expanded = parameters.expanded();
  parameters.endOf();
  return ok(renderPayment(simulator, paymentOf(simulator, id), expanded));
}

export function detachMethod({ simulator, parameters, id }: Call): Answer {
  parameters.endOf();
  const method = simulator.store.get('method', id);
  if (!method) throw missing('PaymentMethod', id);
  if (method.customer === null) throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.');
  const detached = { ...method, customer: null };
  simulator.store.put('method', detached);
  return ok(renderMethod(detached));
}
