/**
 * Every route × everybody who may ask (S1). The routes are read from the OpenAPI document: one that is added without saying here
 * what each asker gets from it fails the test.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { payOnPage } from '#simulators/payment-provider';
import { type ApiHouse, type Ask, apiHouse, type Told } from '#tests/doors';
import { activeLine, cardNumber, fillBalance, newPerson, personWithCard, stateOf } from '#tests/house';

const ASKERS = ['guest', 'owner', 'other'] as const;
type Asker = (typeof ASKERS)[number];
type Expected = Readonly<Record<Asker, number | string>>;

type Scene = {
  readonly api: ApiHouse;
  readonly number: string;
  /** The asker, as requests say who they are. */
  readonly who: Ask;
  /** The saved method of the line's owner. */
  readonly method: string;
};

type Row = { readonly what: string; readonly expected: Expected; readonly ask: (scene: Scene) => Promise<Told> };

const all = (status: number): Expected => ({ guest: status, owner: status, other: status });
const ownerOnly: Expected = { guest: 'access.not_allowed', owner: 201, other: 'access.not_allowed' };
const RENEW = [{ kind: 'renew' }];
let keys = 0;

function newKey(): string {
  keys += 1;
  return `key-${keys}`;
}

const quoteOf = ({ api, number, who }: Scene, items: readonly object[]) => api.post('/quotes', { ...who, body: { number, items } });

/** A quote that anybody may make, ordered in some way. */
async function orderBy(scene: Scene, way: object): Promise<Told> {
  const { view } = await quoteOf(scene, RENEW);
  return scene.api.post('/orders', { ...scene.who, key: newKey(), body: { quote: view.secret, way, acceptedTerms: view.termsVersion } });
}

async function paidOrder(scene: Scene): Promise<string> {
  const { view } = await orderBy(scene, { kind: 'page', choice: 'card' });
  await payOnPage(view.paymentPage, { card: cardNumber('good') });
  return (await scene.api.get(`/orders/${view.secret}`, scene.who)).view.secret;
}

async function onOpenOrder(scene: Scene, act: (secret: string) => Promise<Told>): Promise<Told> {
  return act((await orderBy(scene, { kind: 'page', choice: 'card' })).view.secret);
}

const MATRIX: Readonly<Record<string, readonly Row[]>> = {
  readLine: [
    {
      what: 'a line by its number',
      expected: all(200),
      ask: ({ api, number, who }) => api.get(`/line?number=${encodeURIComponent(number)}`, who),
    },
  ],
  readLines: [
    {
      what: 'their own lines',
      expected: { guest: 'api.sign_in_needed', owner: 200, other: 200 },
      ask: ({ api, who }) => api.get('/lines', who),
    },
  ],
  readPlans: [{ what: 'what is on sale', expected: all(200), ask: ({ api, who }) => api.get('/plans', who) }],
  createQuote: [
    { what: 'renew', expected: all(201), ask: (scene) => quoteOf(scene, RENEW) },
    { what: 'add a pack', expected: all(201), ask: (scene) => quoteOf(scene, [{ kind: 'pack', product: 'pack-1gb' }]) },
    {
      what: 'top up',
      expected: all(201),
      ask: (scene) => quoteOf(scene, [{ kind: 'top_up', amount: { currency: 'USD', amount: '10.00' } }]),
    },
    { what: 'change the plan', expected: ownerOnly, ask: (scene) => quoteOf(scene, [{ kind: 'change', product: 'month-unlimited' }]) },
    {
      what: 'queue a plan',
      expected: ownerOnly,
      ask: (scene) => quoteOf(scene, [{ kind: 'queue', product: 'month-5gb', starts: 'at_end' }]),
    },
    {
      what: 'hide a change among others',
      expected: ownerOnly,
      ask: (scene) =>
        quoteOf(scene, [
          { kind: 'pack', product: 'pack-1gb' },
          { kind: 'change', product: 'day-1gb' },
        ]),
    },
  ],
  readQuote: [
    {
      what: 'a quote of theirs',
      expected: all(200),
      ask: async (scene) => scene.api.get(`/quotes/${(await quoteOf(scene, RENEW)).view.secret}`, scene.who),
    },
  ],
  placeOrder: [
    { what: 'by page', expected: all(201), ask: (scene) => orderBy(scene, { kind: 'page', choice: 'card' }) },
    { what: 'from the balance', expected: ownerOnly, ask: (scene) => orderBy(scene, { kind: 'balance' }) },
    { what: 'keeping the card', expected: ownerOnly, ask: (scene) => orderBy(scene, { kind: 'page', choice: 'card', saveMethod: true }) },
    { what: 'by the owner’s saved card', expected: ownerOnly, ask: (scene) => orderBy(scene, { kind: 'saved', method: scene.method }) },
  ],
  readOrder: [
    { what: 'an order of theirs', expected: all(200), ask: async (scene) => scene.api.get(`/orders/${await paidOrder(scene)}`, scene.who) },
  ],
  payOrder: [
    {
      what: 'in another way',
      expected: all(200),
      ask: (scene) =>
        onOpenOrder(scene, (secret) =>
          scene.api.post(`/orders/${secret}/pay`, { ...scene.who, key: newKey(), body: { way: { kind: 'page', choice: 'paypal' } } }),
        ),
    },
    {
      what: 'from the balance',
      expected: { ...ownerOnly, owner: 200 },
      ask: (scene) =>
        onOpenOrder(scene, (secret) =>
          scene.api.post(`/orders/${secret}/pay`, { ...scene.who, key: newKey(), body: { way: { kind: 'balance' } } }),
        ),
    },
    {
      what: 'by the owner’s saved card',
      expected: { ...ownerOnly, owner: 200 },
      ask: (scene) =>
        onOpenOrder(scene, (secret) =>
          scene.api.post(`/orders/${secret}/pay`, { ...scene.who, key: newKey(), body: { way: { kind: 'saved', method: scene.method } } }),
        ),
    },
  ],
  cancelOrder: [
    {
      what: 'an unpaid order of theirs',
      expected: all(200),
      ask: (scene) => onOpenOrder(scene, (secret) => scene.api.post(`/orders/${secret}/cancel`, scene.who)),
    },
  ],
  readReceipt: [
    {
      what: 'the receipt of what they paid',
      expected: all(200),
      ask: async (scene) => scene.api.get(`/orders/${await paidOrder(scene)}/receipt`, scene.who),
    },
  ],
  drawReceipt: [
    {
      what: 'the same as PDF',
      expected: all(200),
      ask: async (scene) => scene.api.get(`/orders/${await paidOrder(scene)}/receipt.pdf`, scene.who),
    },
  ],
  signIn: [
    {
      what: 'with no code',
      expected: { guest: 'people.link_used', owner: 'people.link_used', other: 'people.link_used' },
      ask: ({ api, who }) => api.post('/sign-ins', { ...who, body: { code: 'none' } }),
    },
  ],
  readProblems: [{ what: 'what codes mean', expected: all(200), ask: ({ api, who }) => api.get('/problems', who) }],
};

test('every route gives every asker what is theirs and no more [S1, ID-6]', async (t) => {
  const api = await apiHouse(t);
  const line = await activeLine(api);
  const { person: owner } = await personWithCard(api, line);
  await fillBalance(api, line, 12_345n);
  const other = await newPerson(api, await activeLine(api));
  const { number } = (await stateOf(api, line)).line;
  const signIns = { guest: undefined, owner: await api.signIn(owner), other: await api.signIn(other) };
  const asOwner = await api.post('/quotes', { as: signIns.owner, body: { number, items: RENEW } });
  const { method } = asOwner.view.ways.find(({ kind }: { kind: string }) => kind === 'saved');
  const operations = Object.values(api.document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  assert.deepEqual(operations.toSorted(), Object.keys(MATRIX).toSorted(), 'each route stands in the matrix, and no other');
  for (const operation of operations) {
    for (const { what, expected, ask } of MATRIX[operation] ?? []) {
      for (const asker of ASKERS) {
        const told = await ask({ api, number, who: { as: signIns[asker] }, method });
        const got = typeof expected[asker] === 'number' ? told.status : told.view.code;
        assert.equal(got, expected[asker], `${operation}, ${what}, as ${asker}: ${JSON.stringify(told.view)}`);
        // Their own lines are theirs to see.
        if (asker !== 'owner' && operation !== 'readLines') keepsSilent(told, number, `${operation}, ${what}, as ${asker}`);
      }
    }
  }
});

/** What is left, its end, its balance and its whole number are for the line's people. */
function keepsSilent({ view }: Told, number: string, where: string): void {
  const text = JSON.stringify(view);
  for (const secret of [number, number.slice(2), '"details"', '"balance"', 'paidUntil', 'mth_', 'lin@example.com'])
    assert.ok(!text.includes(secret), `${where} tells ${secret}`);
}

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
