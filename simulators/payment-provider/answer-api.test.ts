/** The API as Stripe documents it, by plain HTTP: what the SDK's own path (adapters/stripe) does not show. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '#platform/clock';
import { payOnPage, startPaymentSimulator } from './index.ts';

type Context = { after(end: () => Promise<void>): void };
type Body = Record<string, unknown> & { error?: { type: string; code?: string } };

async function simulator(t: Context) {
  const clock = new ManualClock('2026-11-02T17:00:00Z');
  const times = { slowMs: 200, lostMs: 50, webhookDelayMs: 0 };
  const started = await startPaymentSimulator({ now: () => clock.transport(), times });
  t.after(() => started.close());
  async function call(method: string, path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) {
    const encoded = new URLSearchParams(form);
    const url = method === 'GET' ? `${started.url}${path}?${encoded}` : `${started.url}${path}`;
    const authorization = `Bearer ${started.key}`;
    const answer = await fetch(url, { method, headers: { authorization, ...headers }, ...(method === 'GET' ? {} : { body: encoded }) });
    return { status: answer.status, replayed: answer.headers.get('idempotent-replayed'), body: (await answer.json()) as Body };
  }
  const session = (more: Record<string, string> = {}) => ({
    mode: 'payment',
    success_url: 'http://shop.example/paid',
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '1500',
    'line_items[0][price_data][product_data][name]': 'Plan',
    ...more,
  });
  return { clock, started, call, session };
}

const CUSTOMERS = '/v1/customers';
const SESSIONS = '/v1/checkout/sessions';

test('a call without our key is refused', async (t) => {
  const { call } = await simulator(t);
  assert.equal((await call('GET', SESSIONS, {}, { authorization: 'Bearer sk_test_other' })).status, 401);
});

test('a repeat under the same key is the stored answer, for 24 hours; with other parameters it is refused', async (t) => {
  const { call, clock, started } = await simulator(t);
  const key = { 'idempotency-key': 'k1' };
  const first = await call('POST', CUSTOMERS, { 'metadata[a]': '1' }, key);
  const again = await call('POST', CUSTOMERS, { 'metadata[a]': '1' }, key);
  assert.deepEqual([again.body, first.replayed, again.replayed], [first.body, null, 'true']);
  const other = await call('POST', CUSTOMERS, { 'metadata[a]': '2' }, key);
  assert.deepEqual([other.status, other.body.error?.type], [400, 'idempotency_error']);
  clock.advance(24 * 3_600_000 + 1_000);
  assert.notEqual((await call('POST', CUSTOMERS, { 'metadata[a]': '1' }, key)).body['id'], first.body['id']);
  assert.equal(started.state().counts.customers, 2);
});

test('a 500 is stored and repeated; a refused request is not', async (t) => {
  const { call, started, session } = await simulator(t);
  started.setFaults([{ on: 'POST /v1/customers', kind: 'error_500', times: 1 }]);
  const key = { 'idempotency-key': 'k1' };
  for (let time = 0; time < 2; time += 1) assert.equal((await call('POST', CUSTOMERS, {}, key)).status, 500);
  assert.equal(started.state().counts.customers, 1);
  const early = session({ expires_at: String(Date.UTC(2026, 10, 2, 17, 29) / 1000) });
  assert.equal((await call('POST', SESSIONS, early, { 'idempotency-key': 'k2' })).status, 400);
  assert.equal((await call('POST', SESSIONS, session(), { 'idempotency-key': 'k2' })).status, 200);
});

test('a second request under a key whose first is not answered yet meets a conflict', async (t) => {
  const { call, started } = await simulator(t);
  started.setFaults([{ on: 'POST /v1/customers', kind: 'slow', times: 1 }]);
  const key = { 'idempotency-key': 'k1' };
  const first = call('POST', CUSTOMERS, {}, key);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const second = await call('POST', CUSTOMERS, {}, key);
  assert.deepEqual([second.status, second.body.error?.code], [409, 'idempotency_key_in_use']);
  assert.equal((await first).status, 200);
});

for (const [what, form, code] of [
  ['an unknown parameter', { payment_method_types: 'card' }, 'parameter_unknown'],
  ['too little money', { 'line_items[0][price_data][unit_amount]': '49' }, 'amount_too_small'],
  [
    'a third decimal',
    { 'line_items[0][price_data][currency]': 'kwd', 'line_items[0][price_data][unit_amount]': '4505' },
    'invalid_charge_amount',
  ],
  ['no such customer', { customer: 'cus_none' }, 'resource_missing'],
  ['an address that is none', { success_url: 'shop' }, 'url_invalid'],
  ['no whole number', { 'line_items[0][price_data][unit_amount]': '1.5' }, 'parameter_invalid_integer'],
] as const)
  test(`a checkout session is refused as Stripe does: ${what}`, async (t) => {
    const { call, session } = await simulator(t);
    const answer = await call('POST', SESSIONS, session(form));
    assert.deepEqual([answer.status, answer.body.error?.code], [400, code]);
  });

test('search knows a customer only after a while; lists by customer are never behind, and come in pages', async (t) => {
  const { call, clock, session } = await simulator(t);
  const { body } = await call('POST', CUSTOMERS, { 'metadata[everline_attempt]': 'att_1' });
  const customer = String(body['id']);
  const search = async () =>
    (await call('GET', `${CUSTOMERS}/search`, { query: "metadata['everline_attempt']:'att_1'" })).body['data'] as unknown[];
  assert.equal((await search()).length, 0);
  clock.advance(60_000);
  assert.equal((await search()).length, 1);
  for (let count = 0; count < 3; count += 1) await call('POST', SESSIONS, session({ customer }));
  const page = await call('GET', SESSIONS, { customer, limit: '2' });
  const [, last] = page.body['data'] as { id: string }[];
  assert.equal(page.body['has_more'], true);
  const rest = await call('GET', SESSIONS, { customer, limit: '2', starting_after: last?.id ?? '' });
  assert.deepEqual([(rest.body['data'] as unknown[]).length, rest.body['has_more']], [1, false]);
  assert.equal(
    (await call('GET', SESSIONS, { customer, 'created[gte]': String(clock.transport().getTime() / 1000 + 1) })).body['has_more'],
    false,
  );
});

test('a session is paid once, also by two clicks at the same moment', async (t) => {
  const { call, started, session } = await simulator(t);
  const { body } = await call('POST', SESSIONS, session());
  const url = String(body['url']);
  const both = await Promise.all([1, 2, 3].map(() => payOnPage(url, { card: '4242424242424242' })));
  assert.deepEqual(
    both.map((paid) => paid.location),
    ['http://shop.example/paid', 'http://shop.example/paid', 'http://shop.example/paid'],
  );
  assert.deepEqual(started.state().totals, { usd: { captured: 1500, refunded: 0 } });
});
