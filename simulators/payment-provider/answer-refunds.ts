import { paymentOf } from './answer-payments.ts';
import { type Answer, type Call, listFilter, ok } from './call.ts';
import { cardByName } from './cards.ts';
import { checkStep } from './check-amount.ts';
import type { RefundRecord } from './records.ts';
import { renderCharge, renderList, renderRefund } from './render-objects.ts';
import { tellNews } from './send-webhooks.ts';
import { newId, nowSeconds } from './simulator.ts';
import { invalid, missing } from './stripe-error.ts';

export function createRefund({ simulator, parameters }: Call): Answer {
  const payment = paymentOf(simulator, parameters.required('payment_intent'));
  const left = payment.received - payment.refunded;
  const amount = parameters.whole('amount') ?? left;
  const metadata = parameters.metadata('metadata');
  parameters.endOf();
  if (payment.chargeId === null)
    throw invalid('This PaymentIntent does not have a successful charge to refund.', { param: 'payment_intent' });
  if (payment.disputeId !== null) throw invalid('This charge has been charged back and cannot be refunded.', { code: 'charge_disputed' });
  if (left <= 0) throw invalid('Charge has already been refunded.', { code: 'charge_already_refunded' });
  if (amount <= 0 || amount > left) throw invalid('Refund amount is greater than unrefunded amount on charge.', { param: 'amount' });
  checkStep(amount, payment.currency);
  const { id: paymentId, chargeId, currency } = payment;
  const card = cardByName(simulator.store.get('method', payment.methodId ?? '')?.card ?? '');
  const status = card.refund === 'pending' ? 'pending' : 'succeeded';
  const common = { id: newId('re'), created: nowSeconds(simulator), paymentId, chargeId, amount, currency, metadata };
  const refund: RefundRecord = { ...common, status, failureReason: null };
  simulator.store.put('refund', refund);
  const refunded = { ...payment, refunded: payment.refunded + amount };
  simulator.store.put('payment', refunded);
  tellNews(simulator, [
    { type: 'refund.created', object: renderRefund(refund) },
    { type: 'charge.refunded', object: renderCharge(simulator, refunded) },
  ]);
  if (card.refund !== undefined)
    simulator.store.addTask(Date.now() + simulator.times.refundMs, 'finish_refund', {
      refund: refund.id,
      as: card.refund === 'pending' ? 'succeeded' : 'failed',
    });
  return ok(renderRefund(refund));
}

export function listRefunds({ simulator, parameters }: Call): Answer {
  const payment = parameters.required('payment_intent');
  const { expanded: _, ...filter } = listFilter(parameters);
  parameters.endOf();
  const found = simulator.store.list('refund', { ...filter, payment, limit: filter.limit + 1 });
  return ok(renderList('/v1/refunds', found.slice(0, filter.limit).map(renderRefund), found.length > filter.limit));
}

export function retrieveRefund({ simulator, parameters, id }: Call): Answer {
  parameters.endOf();
  const refund = simulator.store.get('refund', id);
  if (!refund) throw missing('refund', id);
  return ok(renderRefund(refund));
}
