import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issueSignInLink } from '#domain/people';
import { DAY_MS } from '#platform/clock';
import { payOnPage } from '#simulators/payment-provider';
import { type ApiHouse, apiHouse } from '#tests/doors';
import {
  activeLine,
  cardNumber,
  checkInvariants,
  fillBalance,
  newLine,
  newPerson,
  personWithCard,
  runJanitor,
  stateOf,
} from '#tests/house';

async function numberOf(api: ApiHouse, line: Awaited<ReturnType<typeof activeLine>>): Promise<string> {
  return (await stateOf(api, line)).line.number;
}

const at = (number: string) => `/line?number=${encodeURIComponent(number)}`;
const RENEW = [{ kind: 'renew' }];

/** What is needed to place a quote. */
function placing(quote: { secret: string; termsVersion: string }, way: object = { kind: 'page', choice: 'card' }) {
  return { quote: quote.secret, way, acceptedTerms: quote.termsVersion };
}

test('a guest looks, quotes, orders, pays and has the receipt, all by curl [ID-6, PAY-3, FX-1, FX-2]', async (t) => {
  const api = await apiHouse(t);
  const number = await numberOf(api, await activeLine(api));
  const line = await api.get(at(number));
  assert.deepEqual(
    [line.status, line.view.access, line.view.details, line.view.number],
    [200, 'guest', undefined, `+1 206 ••• ••${number.slice(-2)}`],
  );
  const quote = await api.post('/quotes', { body: { number, items: [line.view.renewal.item] } });
  assert.deepEqual([quote.status, quote.view.total], [201, line.view.renewal.total]);
  assert.equal(quote.headers.get('location'), `/api/v1/quotes/${quote.view.secret}`);
  const placed = await api.post('/orders', { key: 'one', body: { ...placing(quote.view), email: 'me@example.com' } });
  assert.deepEqual([placed.status, placed.view.state, placed.view.total], [201, 'awaiting_payment', quote.view.total]);
  api.clock.advance(12_000);
  assert.equal((await payOnPage(placed.view.paymentPage, { card: cardNumber('good') })).location, placed.view.page);
  const { secret } = placed.view;
  const paid = await api.get(`/orders/${secret}`);
  assert.deepEqual(
    [paid.view.state, paid.view.payable, paid.view.stages[0]],
    ['delivered', false, { stage: 'paid', state: 'done', ms: 12_000 }],
  );
  await api.settle();
  assert.equal((await api.get(`/orders/${secret}`)).view.stages[2].state, 'done');
  const receipt = await api.get(`/orders/${secret}/receipt`);
  assert.deepEqual(
    [receipt.view.receiptNumber, receipt.view.total, receipt.view.way.label],
    [paid.view.receiptNumber, quote.view.total, 'Visa ending in 4242'],
  );
  const pdf = await api.get(`/orders/${secret}/receipt.pdf`, { language: 'zh-TW' });
  assert.deepEqual([pdf.status, pdf.headers.get('content-type'), pdf.view.subarray(0, 5).toString()], [200, 'application/pdf', '%PDF-']);
  await checkInvariants(api);
});

test('the same key and body give the same order, for ever; another body or key is told so [L3]', async (t) => {
  const api = await apiHouse(t);
  const number = await numberOf(api, await activeLine(api));
  const quote = (await api.post('/quotes', { body: { number, items: RENEW } })).view;
  const body = placing(quote);
  const [one, two] = await Promise.all([api.post('/orders', { key: 'k', body }), api.post('/orders', { key: 'k', body })]);
  assert.deepEqual([one.status, two.status].toSorted(), [200, 201]);
  assert.deepEqual(one.view.secret, two.view.secret);
  const other = await api.post('/orders', { key: 'k', body: { ...body, email: 'else@example.com' } });
  assert.deepEqual([other.status, other.view.code], [409, 'orders.key_reused']);
  const second = await api.post('/orders', { key: 'k2', body: { ...body, email: 'else@example.com' } });
  assert.deepEqual([second.status, second.view.code], [409, 'orders.quote_used']);
  await payOnPage(one.view.paymentPage, { card: cardNumber('good') });
  api.clock.advance(DAY_MS);
  await runJanitor(api);
  const late = await api.post('/orders', { key: 'k', body });
  assert.deepEqual([late.status, late.view.secret, late.view.state], [200, one.view.secret, 'delivered']);
});

test('a payment is tried again in another way, once per key, and a cancelled order stays so [PAY-5]', async (t) => {
  const api = await apiHouse(t);
  const number = await numberOf(api, await activeLine(api));
  const quote = (await api.post('/quotes', { body: { number, items: [{ kind: 'pack', product: 'pack-1gb' }] } })).view;
  const { secret, paymentPage } = (await api.post('/orders', { key: 'a', body: placing(quote) })).view;
  await payOnPage(paymentPage, { card: cardNumber('insufficient_funds') });
  const declined = (await api.get(`/orders/${secret}`, { language: 'es' })).view;
  assert.deepEqual([declined.state, declined.decline.reason, declined.payable], ['declined', 'insufficient_funds', true]);
  assert.match(declined.decline.title, /tarjeta/);
  const pay = (key: string) => api.post(`/orders/${secret}/pay`, { key, body: { way: { kind: 'page', choice: 'paypal' } } });
  const again = await pay('b');
  assert.notEqual(again.view.paymentPage, paymentPage);
  assert.equal((await pay('b')).view.paymentPage, again.view.paymentPage);
  const reused = await api.post(`/orders/${secret}/pay`, { key: 'b', body: { way: { kind: 'page', choice: 'card' } } });
  assert.deepEqual([reused.status, reused.view.code], [409, 'payments.key_reused']);
  for (let times = 0; times < 2; times += 1) assert.equal((await api.post(`/orders/${secret}/cancel`)).view.state, 'cancelled');
  const closed = await pay('c');
  assert.deepEqual([closed.status, closed.view.code], [409, 'orders.not_open']);
  assert.deepEqual((await api.get(`/orders/${secret}/receipt`)).status, 404);
});

test('the owner sees what is left, changes, queues and pays from the balance and by a saved card [SEE-1, BUY-3, PAY-2]', async (t) => {
  const api = await apiHouse(t);
  const line = await activeLine(api);
  const number = await numberOf(api, line);
  const { person } = await personWithCard(api, line);
  await fillBalance(api, line, 5000n);
  const as = await api.signIn(person);
  const { details, number: shown } = (await api.get(at(number), { as })).view;
  assert.deepEqual([shown, details.balance, details.data.remaining.left], [number, { currency: 'USD', amount: '55.00' }, 5_000_000_000]);
  assert.deepEqual(
    (await api.get('/lines', { as })).view.lines.map((one: { number: string }) => one.number),
    [number],
  );
  for (const items of [
    [{ kind: 'change', product: 'month-unlimited' }],
    [{ kind: 'queue', product: 'month-5gb', starts: 'on_exhaustion' }],
  ]) {
    const quote = await api.post('/quotes', { as, body: { number, items } });
    assert.equal(quote.status, 201);
    const balance = quote.view.ways.find(({ kind }: { kind: string }) => kind === 'balance');
    const saved = quote.view.ways.find(({ kind }: { kind: string }) => kind === 'saved');
    const isChange = items[0]?.kind === 'change';
    const way = isChange ? { kind: 'balance' } : { kind: 'saved', method: saved.method };
    assert.equal(saved.label, 'Visa ending in 4242');
    const order = await api.post('/orders', { as, key: items[0]?.kind ?? '', body: placing(quote.view, way) });
    assert.deepEqual([order.status, order.view.state], [201, 'delivered']);
    assert.deepEqual(order.view.total, isChange ? balance.total : quote.view.total);
  }
  const after = (await api.get(at(number), { as })).view;
  assert.deepEqual([after.plan.code, after.details.waiting.length, after.details.balance.amount], ['month-unlimited', 1, '15.00']);
  await api.settle();
  await checkInvariants(api);
});

test('a balance that is short says by how much, in the quote and when it is tried [PAY-7]', async (t) => {
  const api = await apiHouse(t);
  const line = await activeLine(api);
  const number = await numberOf(api, line);
  const as = await api.signIn(await newPerson(api, line));
  await fillBalance(api, line, 1250n);
  const quote = (await api.post('/quotes', { as, body: { number, items: RENEW } })).view;
  assert.deepEqual(quote.ways[0], {
    kind: 'balance',
    total: { currency: 'USD', amount: '15.00' },
    short: { currency: 'USD', amount: '2.50' },
  });
  const refused = await api.post('/orders', { as, key: 'short', body: placing(quote, { kind: 'balance' }) });
  assert.deepEqual(
    [refused.status, refused.view.code, refused.view.values.short],
    [402, 'ledger.balance_short', { currency: 'USD', amount: '2.50' }],
  );
});

test('what is refused says so in the language asked for, with its values as money and a stable code', async (t) => {
  const api = await apiHouse(t);
  const number = await numberOf(api, await activeLine(api));
  const topUp = (amount: string, currency = 'USD', language = 'en') =>
    api.post('/quotes', { language, body: { number, items: [{ kind: 'top_up', amount: { currency, amount } }] } });
  const far = await topUp('500');
  assert.deepEqual(
    [far.status, far.view.values.max, far.headers.get('content-type')],
    [422, { currency: 'USD', amount: '200.00' }, 'application/problem+json; charset=utf-8'],
  );
  assert.match((await topUp('500', 'USD', 'zh-CN,zh;q=0.9')).view.title, /[\u4e00-\u9fff]/);
  assert.equal((await topUp('5.00', 'EUR')).view.code, 'money.amount_other_currency');
  assert.equal((await topUp('5.00', 'ZZZ')).status, 422);
  assert.equal((await topUp('-5')).view.code, 'money.amount_negative');
  const { problems } = (await api.get('/problems')).view;
  const listed = new Set(problems.map(({ code }: { code: string }) => code));
  assert.ok(listed.has(far.view.code) && listed.has('http.request_invalid') && listed.has('api.sign_in_needed'));
  assert.equal(far.view.type, `/api/v1/problems#${far.view.code}`);
  assert.equal((await api.get('/plans?market=XX')).view.code, 'lines.market_unknown');
});

test('a request is taken as it was sent: nothing is coerced, dropped or guessed, and each flaw is named', async (t) => {
  const api = await apiHouse(t);
  const number = await numberOf(api, await newLine(api));
  const flaw = async (path: string, body: unknown, key = 'k') => {
    const { status, view } = await api.post(path, { key, body });
    assert.deepEqual([status, view.code], [400, 'http.request_invalid'], JSON.stringify(view));
    return view.errors[0];
  };
  assert.deepEqual(await flaw('/quotes', { number: 12065550100, items: RENEW }), {
    in: 'body',
    path: '/number',
    expected: 'the line’s number; without + it is read in the default market',
  });
  assert.deepEqual(await flaw('/quotes', { number, items: RENEW, coupon: 'X' }), {
    in: 'body',
    path: '/coupon',
    expected: 'no such field',
  });
  assert.deepEqual(await flaw('/quotes', { number, items: [{ kind: 'renew', product: 'x' }] }), {
    in: 'body',
    path: '/items/0/product',
    expected: 'no such field',
  });
  assert.deepEqual(await flaw('/quotes', { number, items: [{ kind: 'fly' }] }), {
    in: 'body',
    path: '/items/0/kind',
    expected: 'one of renew, change, queue, pack, top_up',
  });
  assert.deepEqual(await flaw('/quotes', { number, items: [{ kind: 'pack' }] }), {
    in: 'body',
    path: '/items/0/product',
    expected: 'is required',
  });
  assert.deepEqual((await flaw('/quotes', { number, items: [] })).path, '/items');
  assert.deepEqual(
    (await flaw('/quotes', { number, items: [{ kind: 'top_up', amount: { currency: 'USD', amount: 5 } }] })).path,
    '/items/0/amount/amount',
  );
  assert.deepEqual(
    (await flaw('/orders', { quote: 'x', way: { kind: 'page', saveMethod: 'true' }, acceptedTerms: 'x' })).path,
    '/way/saveMethod',
  );
  const keyless = await api.post('/orders', { body: { quote: 'x', way: { kind: 'page' }, acceptedTerms: 'x' } });
  assert.deepEqual(keyless.view.errors, [{ in: 'headers', path: '/idempotency-key', expected: 'is required' }]);
  assert.deepEqual((await api.get('/line')).view.errors, [{ in: 'querystring', path: '/number', expected: 'is required' }]);
  assert.deepEqual((await api.get(`${at(number)}&also=1`)).view.errors[0].path, '/also');
  assert.equal((await api.post('/quotes', { body: '{' })).view.code, 'http.body_unreadable');
  assert.equal((await api.post('/quotes', { body: '{"__proto__":{"number":"x"}}' })).status, 400);
  assert.equal(
    (await api.post('/quotes', { body: 'number=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status,
    415,
  );
  assert.equal((await api.post('/quotes', { body: JSON.stringify({ number: 'x'.repeat(70_000), items: RENEW }) })).status, 413);
  assert.equal((await api.get('/nothing')).view.code, 'http.not_found');
});

test('a sign-in that is not in force is refused, never taken for a guest; a code signs in once [ID-2]', async (t) => {
  const api = await apiHouse(t);
  const line = await activeLine(api);
  const number = await numberOf(api, line);
  for (const authorization of ['Bearer nobody', 'Bearer ', 'Basic eDp5', 'Bearer a b']) {
    const { status, view, headers } = await api.get(at(number), { headers: { authorization } });
    assert.deepEqual([status, view.code, headers.get('www-authenticate')], [401, 'api.sign_in_unknown', 'Bearer']);
  }
  const owner = await newPerson(api, line);
  const code = await issueSignInLink(api.tools, owner.personId, 60_000);
  assert.equal((await api.post('/sign-ins', { body: { code } })).status, 201);
  assert.deepEqual((await api.post('/sign-ins', { body: { code } })).view.code, 'people.link_used');
});

test('links, sign-ins and numbers are keys: none is logged, nor kept by whoever passes the answer on', async (t) => {
  const api = await apiHouse(t);
  const line = await activeLine(api);
  const number = await numberOf(api, line);
  const as = await api.signIn(await newPerson(api, line));
  const quote = await api.post('/quotes', { as, body: { number, items: RENEW } });
  const { secret } = quote.view;
  await api.post('/orders', { as, key: 'k', body: placing(quote.view) });
  await api.get(`/orders/${secret}`, { as });
  await api.get(at(number), { as });
  await api.get(`/orders/${secret}/nothing`, { as });
  await api.post('/quotes', { as, body: { number, items: 'x' } });
  const log = api.log();
  assert.ok(log.includes('/api/v1/orders/:secret'));
  for (const key of [secret, secret.slice(26), as, number, number.slice(1), encodeURIComponent(number)]) assert.ok(!log.includes(key), key);
  assert.equal(quote.headers.get('cache-control'), 'no-store');
});

test('while the database is away, the door says so and that the request may be sent again', async (t) => {
  const api = await apiHouse(t, { connectionsMax: 2 });
  const number = await numberOf(api, await activeLine(api));
  const gone = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const { acquire } = api.source;
  Object.assign(api.source, { acquire: () => Promise.reject(gone) });
  const away = await api.get(at(number));
  Object.assign(api.source, { acquire });
  assert.deepEqual([away.status, away.view.code, away.headers.get('retry-after')], [503, 'http.unavailable', '2']);
  assert.equal((await api.get(at(number))).status, 200);
});

test('the OpenAPI document states every route, its problems and the shapes it refers to', async (t) => {
  const { document } = await apiHouse(t);
  assert.equal(document.openapi, '3.1.0');
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  for (const { operationId, responses } of operations) {
    assert.ok(
      Object.keys(responses).some((status) => /^20[01]$/.test(status)),
      operationId,
    );
    assert.ok(operationId === 'readProblems' || responses['default']?.content?.['application/problem+json'], operationId);
  }
  const named = document.components['schemas'] as Readonly<Record<string, unknown>>;
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
  for (const [, name = ''] of references) assert.ok(name in named, name);
  assert.doesNotMatch(JSON.stringify(document), /"\$ref":"(?!#\/components)/);
});
