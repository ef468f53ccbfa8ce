/** Every route of the API × everybody who may ask (S1): the routes are those of the OpenAPI document. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { payOnPage } from '#simulators/payment-provider';
import { type ApiHouse, type Ask, apiHouse, type Told } from '#tests/doors';
import { activeLine, cardNumber, newPerson, stateOf } from '#tests/house';
import { type Ids, wrong } from './matrix/open-scene.ts';
import { all, type Door, type Expected, each, type Row, tryMatrix, UNKNOWN } from './matrix/try-matrix.ts';

/** The API, and whoever asks it as its requests say. */
type Asking = { readonly api: ApiHouse; readonly who: Ask };
type ApiRow = Row<Asking, Told>;

const NO = 'access.not_allowed';
const RENEW = [{ kind: 'renew' }];
const PAGE = { kind: 'page', choice: 'card' };
let keys = 0;

function newKey(): string {
  keys += 1;
  return `key-${keys}`;
}

const quoteOf = ({ api, who }: Asking, { number }: Ids, items: readonly object[]) =>
  api.post('/quotes', { ...who, body: { number, items } });

/** A quote that anybody may make, ordered in some way. */
async function orderBy(asking: Asking, real: Ids, way: object): Promise<Told> {
  const { view } = await quoteOf(asking, real, RENEW);
  return asking.api.post('/orders', { ...asking.who, key: newKey(), body: { quote: view.secret, way, acceptedTerms: view.termsVersion } });
}

async function payBy(asking: Asking, real: Ids, way: object): Promise<Told> {
  const { view } = await orderBy(asking, real, PAGE);
  return asking.api.post(`/orders/${view.secret}/pay`, { ...asking.who, key: newKey(), body: { way } });
}

/** By the asker's own kept card, where the quote offers them one. */
async function byOwnCard(asking: Asking, real: Ids, pay: typeof orderBy): Promise<Told> {
  const { view } = await quoteOf(asking, real, RENEW);
  const kept = view.ways.find(({ kind }: { kind: string }) => kind === 'saved');
  return pay(asking, real, { kind: 'saved', method: kept?.method ?? real.method });
}

async function paidOrder(asking: Asking, real: Ids): Promise<string> {
  const { view } = await orderBy(asking, real, PAGE);
  await payOnPage(view.paymentPage, { card: cardNumber('webhook_twice') });
  return (await asking.api.get(`/orders/${view.secret}`, asking.who)).view.secret;
}

const quoting = (what: string, expected: Expected, ...items: readonly object[]): ApiRow => ({
  ...{ what, expected },
  ask: (asking, ids) => quoteOf(asking, ids, items),
});

/** Each way to pay, alike for a new order (201) and for one that is open (200). */
const paying = (pay: typeof orderBy, done: string): readonly ApiRow[] => [
  { what: 'by page', expected: all(done), ask: (asking, _, real) => pay(asking, real, PAGE) },
  {
    what: 'from the balance',
    expected: each(NO, NO, NO, NO, done),
    fresh: true,
    ask: (asking, _, real) => pay(asking, real, { kind: 'balance' }),
  },
  {
    what: 'keeping the card',
    expected: each(NO, NO, done, done, done),
    ask: (asking, _, real) => pay(asking, real, { ...PAGE, saveMethod: true }),
  },
  {
    what: 'by the owner’s kept card',
    expected: each(NO, NO, UNKNOWN, UNKNOWN, done),
    ask: (asking, { method }, real) => pay(asking, real, { kind: 'saved', method }),
  },
  { what: 'by their own kept card', expected: each(NO, NO, done, done, done), ask: (asking, _, real) => byOwnCard(asking, real, pay) },
];

/** Of an order the asker makes, and of the owner's, whose link is the permission. */
const reading = (what: string, path: string): readonly ApiRow[] => [
  {
    what: `${what} they made`,
    expected: all('200'),
    ask: async (asking, _, real) => asking.api.get(`/orders/${await paidOrder(asking, real)}${path}`, asking.who),
  },
  {
    what: `${what} whose link they hold`,
    expected: all('200'),
    byAddress: true,
    ask: ({ api, who }, { order }) => api.get(`/orders/${order}${path}`, who),
  },
  {
    what: `${what} by a link that is none`,
    expected: all(UNKNOWN),
    ask: ({ api, who }, _, { order }) => api.get(`/orders/${wrong(order)}${path}`, who),
  },
];

const MATRIX: Readonly<Record<string, readonly ApiRow[]>> = {
  readLine: [
    {
      what: 'a line by its number',
      expected: all('200'),
      ask: ({ api, who }, { number }) => api.get(`/line?number=${encodeURIComponent(number)}`, who),
    },
  ],
  capLine: [
    {
      what: 'what a line may use of what is shared',
      expected: each(NO, NO, NO, NO, '200'),
      ask: ({ api, who }, { number }) => api.post('/line/cap', { ...who, body: { number, octets: 1_000_000_000 } }),
    },
    {
      what: 'all of it again',
      expected: each(NO, NO, NO, NO, '200'),
      ask: ({ api, who }, { number }) => api.post('/line/cap', { ...who, body: { number, octets: null } }),
    },
  ],
  readLines: [
    {
      what: 'their own lines',
      expected: each('api.sign_in_needed', '200', '200', '200', '200'),
      ask: ({ api, who }) => api.get('/lines', who),
    },
  ],
  readPlans: [{ what: 'what is on sale', expected: all('200'), ask: ({ api, who }) => api.get('/plans', who) }],
  createQuote: [
    quoting('renew', all('201'), ...RENEW),
    quoting('add a pack', all('201'), { kind: 'pack', product: 'pack-1gb' }),
    quoting('top up', all('201'), { kind: 'top_up', amount: { currency: 'USD', amount: '10.00' } }),
    quoting('change the plan', each(NO, NO, NO, NO, '201'), { kind: 'change', product: 'month-5gb' }),
    quoting('queue a plan', each(NO, NO, NO, NO, '201'), { kind: 'queue', product: 'month-5gb', starts: 'at_end' }),
    quoting(
      'hide a change among others',
      each(NO, NO, NO, NO, '201'),
      { kind: 'pack', product: 'pack-1gb' },
      { kind: 'change', product: 'day-1gb' },
    ),
  ],
  readQuote: [
    {
      what: 'a quote of theirs',
      expected: all('200'),
      ask: async (asking, _, real) => asking.api.get(`/quotes/${(await quoteOf(asking, real, RENEW)).view.secret}`, asking.who),
    },
    {
      what: 'a quote whose link they hold',
      expected: all('200'),
      byAddress: true,
      ask: ({ api, who }, { quote }) => api.get(`/quotes/${quote}`, who),
    },
    {
      what: 'a quote by a link that is none',
      expected: all(UNKNOWN),
      ask: ({ api, who }, _, { quote }) => api.get(`/quotes/${wrong(quote)}`, who),
    },
  ],
  placeOrder: paying(orderBy, '201'),
  readOrder: reading('an order', ''),
  payOrder: paying(payBy, '200'),
  cancelOrder: [
    {
      what: 'an unpaid order whose link they hold',
      expected: all('200'),
      byAddress: true,
      ask: ({ api, who }, { open }) => api.post(`/orders/${open}/cancel`, who),
    },
    {
      what: 'by a link that is none',
      expected: all(UNKNOWN),
      ask: ({ api, who }, _, { open }) => api.post(`/orders/${wrong(open)}/cancel`, who),
    },
  ],
  readReceipt: reading('the receipt of an order', '/receipt'),
  drawReceipt: reading('the same as PDF', '/receipt.pdf'),
  signIn: [
    {
      what: 'with no code',
      expected: all('people.link_used'),
      ask: ({ api, who }) => api.post('/sign-ins', { ...who, body: { code: 'none' } }),
    },
  ],
  readProblems: [{ what: 'what codes mean', expected: all('200'), ask: ({ api, who }) => api.get('/problems', who) }],
};

test('every route of the API gives every asker what is theirs and no more [S1, ID-4, ID-6]', async (t) => {
  const api = await apiHouse(t);
  const door: Door<Asking, Told> = {
    endpoints: Object.values(api.document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId)),
    publicUrl: 'https://northwind.example',
    enter: async ({ people }, asker) => ({ api, who: asker === 'anonymous' ? {} : { as: people[asker].secret } }),
    outcomeOf: ({ status, view }) => (status < 400 ? String(status) : view.code),
    tell: ({ status, view }) => ({ status, text: Buffer.isBuffer(view) ? '' : JSON.stringify(view) }),
  };
  await tryMatrix(api, door, MATRIX);
});

test('a refusal says the same of a line that is owned and one that is nobody’s [S1, ID-6]', async (t) => {
  const api = await apiHouse(t);
  const owned = await activeLine(api);
  await newPerson(api, owned);
  const nobodys = await activeLine(api);
  const as = await api.signIn(await newPerson(api, await activeLine(api)));
  const answers = [];
  for (const line of [owned, nobodys]) {
    const { number } = (await stateOf(api, line)).line;
    const told = [];
    for (const who of [{}, { as }]) {
      const change = await api.post('/quotes', { ...who, body: { number, items: [{ kind: 'change', product: 'day-1gb' }] } });
      const { view: page } = await api.get(`/line?number=${encodeURIComponent(number)}`, who);
      const quote = await api.post('/quotes', { ...who, body: { number, items: RENEW } });
      const balance = await api.post('/orders', {
        ...who,
        key: newKey(),
        body: { quote: quote.view.secret, way: { kind: 'balance' }, acceptedTerms: quote.view.termsVersion },
      });
      told.push([change.status, change.view, balance.status, balance.view, { ...page, number: '' }]);
    }
    answers.push(told);
  }
  assert.deepEqual(answers[0], answers[1]);
});

test('an order’s link shows that order only, to whoever holds it; a wrong one shows nothing [ID-6]', async (t) => {
  const api = await apiHouse(t);
  const line = await activeLine(api);
  const { number } = (await stateOf(api, line)).line;
  const as = await api.signIn(await newPerson(api, line));
  const quote = (await api.post('/quotes', { body: { number, items: RENEW } })).view;
  const { secret } = (
    await api.post('/orders', { key: 'k', body: { quote: quote.secret, way: { kind: 'page' }, acceptedTerms: quote.termsVersion } })
  ).view;
  assert.match((await api.get(`/orders/${secret}`)).view.number, /•/);
  assert.equal((await api.get(`/orders/${secret}`, { as })).view.number, number);
  const wrong = [`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`, `${'0'.repeat(26)}${secret.slice(26)}`, 'x', `${secret}x`];
  for (const link of wrong) {
    assert.equal((await api.get(`/orders/${link}`, { as })).view.code, 'orders.not_found');
    assert.equal((await api.get(`/quotes/${link}`, { as })).view.code, 'orders.quote_unknown');
  }
});
