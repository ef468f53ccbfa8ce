/** Checkout sessions over the API. */
import { type Answer, type Call, listFilter } from './call.ts';
import { checkAmount } from './check-amount.ts';
import type { Parameters } from './parameters.ts';
import type { Item, SessionRecord } from './records.ts';
import { renderList, renderSession } from './render-objects.ts';
import { tellNews } from './send-webhooks.ts';
import { newId, nowSeconds, type Simulator } from './simulator.ts';
import { invalid, missing } from './stripe-error.ts';

const MINUTE_SECONDS = 60;
const LEAST_SECONDS = 30 * MINUTE_SECONDS;
const MOST_SECONDS = 24 * 60 * MINUTE_SECONDS;
export const METHOD_TYPES = ['card', 'paypal', 'alipay', 'wechat_pay'];

export function createSession({ simulator, parameters }: Call): Answer {
  if (parameters.required('mode') !== 'payment') throw invalid('The simulator takes payments only.', { param: 'mode' });
  const created = nowSeconds(simulator);
  const items = itemsOf(parameters);
  const session: SessionRecord = {
    id: newId('cs_test'),
    created,
    ...{ items: items.list, currency: items.currency, amount: items.list.reduce((sum, item) => sum + item.quantity * item.amount, 0) },
    customer: parameters.text('customer') ?? null,
    reference: parameters.text('client_reference_id') ?? null,
    successUrl: urlOf(parameters, 'success_url'),
    cancelUrl: parameters.has('cancel_url') ? urlOf(parameters, 'cancel_url') : null,
    expiresAt: parameters.whole('expires_at') ?? created + MOST_SECONDS,
    locale: parameters.text('locale') ?? 'auto',
    allowed: parameters.has('allowed_payment_method_types') ? parameters.texts('allowed_payment_method_types') : null,
    metadata: parameters.metadata('metadata'),
    ...paymentDataOf(parameters),
    ...{ status: 'open', paymentId: null },
  };
  parameters.group('adaptive_pricing').text('enabled');
  const expanded = parameters.expanded();
  parameters.endOf();
  checkSession(simulator, session);
  simulator.store.put('session', session);
  return { status: 200, body: renderSession(simulator, session, expanded) };
}

function checkSession(simulator: Simulator, { created, expiresAt, customer, allowed, amount, currency }: SessionRecord): void {
  if (expiresAt - created < LEAST_SECONDS)
    throw invalid('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', { param: 'expires_at' });
  if (expiresAt - created > MOST_SECONDS)
    throw invalid('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', { param: 'expires_at' });
  if (customer !== null && !simulator.store.get('customer', customer))
    throw invalid(`No such customer: '${customer}'`, { code: 'resource_missing', param: 'customer' });
  const unknown = allowed?.find((type) => !METHOD_TYPES.includes(type));
  if (unknown !== undefined) throw invalid(`Invalid allowed_payment_method_types: ${unknown}`, { param: 'allowed_payment_method_types' });
  checkAmount(amount, currency);
}

function itemsOf(parameters: Parameters): { readonly list: readonly Item[]; readonly currency: string } {
  let currency = '';
  const list = parameters.groups('line_items').map((item): Item => {
    const price = item.group('price_data');
    const own = price.required('currency').toLowerCase();
    if (currency !== '' && own !== currency) throw invalid('All line items must have the same currency.', { param: 'line_items' });
    currency = own;
    const amount = price.whole('unit_amount') ?? -1;
    if (amount < 0) throw invalid('Invalid non-negative integer', { code: 'parameter_invalid_integer', param: 'line_items' });
    return { name: price.group('product_data').required('name'), quantity: item.whole('quantity') ?? 1, amount };
  });
  if (list.length === 0) throw invalid('You must provide one or more line items.', { code: 'parameter_missing', param: 'line_items' });
  return { list, currency };
}

function paymentDataOf(parameters: Parameters): Pick<SessionRecord, 'savesCard' | 'description' | 'paymentMetadata'> {
  const data = parameters.group('payment_intent_data');
  const options = parameters.group('payment_method_options');
  const usages = [options.group('card').text('setup_future_usage'), options.group('paypal').text('setup_future_usage')];
  const client = options.group('wechat_pay').text('client');
  if (client !== undefined && client !== 'web')
    throw invalid('Invalid payment_method_options[wechat_pay][client]', { param: 'payment_method_options' });
  const paymentMetadata = data.metadata('metadata');
  return { savesCard: usages[0] === 'off_session', description: data.text('description') ?? null, paymentMetadata };
}

function urlOf(parameters: Parameters, name: string): string {
  const url = parameters.required(name);
  if (!/^https?:\/\//.test(url)) throw invalid('Not a valid URL', { code: 'url_invalid', param: name });
  return url;
}

/** The session as it is now: an open one past its time has expired, and that is told. */
export function sessionNow(simulator: Simulator, id: string): SessionRecord | undefined {
  const session = simulator.store.get('session', id);
  const isOver = session?.status === 'open' && session.expiresAt <= nowSeconds(simulator);
  return session && isOver ? expire(simulator, session) : session;
}

function expire(simulator: Simulator, session: SessionRecord): SessionRecord {
  const expired: SessionRecord = { ...session, status: 'expired' };
  simulator.store.put('session', expired);
  tellNews(simulator, [{ type: 'checkout.session.expired', object: renderSession(simulator, expired) }]);
  return expired;
}

function present(simulator: Simulator, id: string): SessionRecord {
  const session = sessionNow(simulator, id);
  if (!session) throw missing('checkout.session', id);
  return session;
}

export function retrieveSession({ simulator, parameters, id }: Call): Answer {
  const expanded = parameters.expanded();
  parameters.endOf();
  return { status: 200, body: renderSession(simulator, present(simulator, id), expanded) };
}

export function closeSession({ simulator, parameters, id }: Call): Answer {
  const expanded = parameters.expanded();
  parameters.endOf();
  const session = present(simulator, id);
  if (session.status !== 'open')
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  return { status: 200, body: renderSession(simulator, expire(simulator, session), expanded) };
}

export function listSessions({ simulator, parameters }: Call): Answer {
  const { expanded, ...filter } = listFilter(parameters);
  parameters.endOf();
  const found = simulator.store.list('session', { ...filter, limit: filter.limit + 1 });
  const page = found
    .slice(0, filter.limit)
    .map((session) => renderSession(simulator, sessionNow(simulator, session.id) ?? session, expanded));
  return { status: 200, body: renderList('/v1/checkout/sessions', page, found.length > filter.limit) };
}
