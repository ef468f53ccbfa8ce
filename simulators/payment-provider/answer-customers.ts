import { type Answer, type Call, ok } from './call.ts';
import type { CustomerRecord } from './records.ts';
import { renderCustomer } from './render-objects.ts';
import { newId, nowSeconds } from './simulator.ts';
import { invalid, missing } from './stripe-error.ts';

export function createCustomer({ simulator, parameters }: Call): Answer {
  const customer: CustomerRecord = {
    id: newId('cus'),
    created: nowSeconds(simulator),
    email: parameters.text('email') ?? null,
    metadata: parameters.metadata('metadata'),
  };
  parameters.endOf();
  simulator.store.put('customer', customer);
  return ok(renderCustomer(customer));
}

export function customerOf({ simulator, id }: Pick<Call, 'simulator' | 'id'>): CustomerRecord {
  const customer = simulator.store.get('customer', id);
  if (!customer) throw missing('customer', id);
  return customer;
}

export function retrieveCustomer(call: Call): Answer {
  return ok(renderCustomer(customerOf(call)));
}

export function updateCustomer(call: Call): Answer {
  const customer = { ...customerOf(call), email: call.parameters.text('email') ?? null };
  call.parameters.endOf();
  call.simulator.store.put('customer', customer);
  return ok(renderCustomer(customer));
}

/** Only `metadata['key']:'value'`, and only what is old enough to have been indexed. */
export function searchCustomers({ simulator, parameters }: Call): Answer {
  const query = /^metadata\['(\w+)'\]:'([^']*)'$/.exec(parameters.required('query'));
  const limit = parameters.whole('limit') ?? 10;
  parameters.endOf();
  if (!query) throw invalid('We were unable to parse your search query.', { param: 'query' });
  const indexedUntil = nowSeconds(simulator) - simulator.times.searchLagMs / 1000;
  const all = simulator.store.list('customer', { limit: -1 });
  const found = all.filter((customer) => customer.metadata[query[1] ?? ''] === query[2] && customer.created <= indexedUntil);
  return ok({
    object: 'search_result',
    data: found.slice(0, limit).map(renderCustomer),
    has_more: found.length > limit,
    next_page: null,
    url: '/v1/customers/search',
  });
}
