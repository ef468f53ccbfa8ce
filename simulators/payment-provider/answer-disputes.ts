import { type Answer, type Call, listFilter, ok } from './call.ts';
import { renderDispute, renderList, renderPayment } from './render-objects.ts';

/** Newest first, as at Stripe; `expand[]=data.payment_intent` tells of which payment of ours it is. */
export function listDisputes({ simulator, parameters }: Call): Answer {
  const payment = parameters.text('payment_intent');
  const { expanded, ...filter } = listFilter(parameters);
  parameters.endOf();
  const found = simulator.store.list('dispute', { ...filter, payment, limit: filter.limit + 1 });
  const page = found.slice(0, filter.limit).map((dispute) => {
    const of = expanded.has('payment_intent') ? simulator.store.get('payment', dispute.paymentId) : undefined;
    return { ...renderDispute(dispute), ...(of ? { payment_intent: renderPayment(simulator, of) } : {}) };
  });
  return ok(renderList('/v1/disputes', page, found.length > filter.limit));
}
