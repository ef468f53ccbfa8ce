/** Rows of what is of a line, of an order, of those who have to do with it. */
import type { PageAnswer, Visitor } from '#tests/doors';
import type { Ids } from './open-scene.ts';
import { bySecret, DONE, get, guessed, own, type PageRow, type PageRows, post, postCode, SHOWN, SIGN_IN } from './page-row.ts';
import { all, type Expected, each, UNKNOWN } from './try-matrix.ts';

const OF_LINE = each(SIGN_IN, UNKNOWN, UNKNOWN, SHOWN, SHOWN);
const OF_OWNER = each(SIGN_IN, UNKNOWN, UNKNOWN, UNKNOWN, SHOWN);
const CHANGE = 'change:month-5gb';

/** The review of a quote the asker makes from the guest's page of the line. */
async function quoted(visitor: Visitor, { ref }: Ids): Promise<string> {
  return (await visitor.post(`/l/${ref}`, { item: 'renew' })).location;
}

/** Its form, posted. */
async function placed(visitor: Visitor, path: string, method: string): Promise<PageAnswer> {
  const hidden = [...(await visitor.get(path)).text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return visitor.post(path, { ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])), method });
}

/** The page of an order that waits for its payment. */
async function openOrder(visitor: Visitor, real: Ids): Promise<string> {
  const path = await quoted(visitor, real);
  await placed(visitor, path, 'card');
  return /href="(\/o\/[\w-]+)"/.exec((await visitor.get(path)).text)?.[1] ?? '';
}

const review = (what: string, expected: Expected, method: (ids: Ids) => string, fresh = false): PageRow => ({
  ...{ what, expected, fresh },
  ask: async (visitor, ids, real) => placed(visitor, await quoted(visitor, real), method(ids)),
});

const again = (what: string, expected: Expected, method: (ids: Ids) => string): PageRow => ({
  ...{ what, expected, fresh: true },
  ask: (visitor, ids, { open }) => visitor.post(`/o/${open}?/pay`, { method: method(ids), key: `again ${Math.random()}` }),
});

export const LINE_PAGES: PageRows = {
  'GET /compare/[of]': [
    get('a market’s plans', all(SHOWN), () => '/compare/US'),
    get('a line’s', OF_LINE, ({ line }) => `/compare/${line}`),
    get('of a line found by its number', all(SHOWN), ({ ref }) => `/compare/${ref}`),
    guessed('of a line found by its number', ({ ref }) => `/compare/${ref}`),
  ],
  'GET /help/[of]': [
    get('a line’s', OF_LINE, ({ line }) => `/help/${line}`),
    get('of a line found by its number', all(SHOWN), ({ ref }) => `/help/${ref}`),
    guessed('of a line found by its number', ({ ref }) => `/help/${ref}`),
  ],
  'GET /l/[ref]': [get('a line found by its number', all(SHOWN), ({ ref }) => `/l/${ref}`), guessed('a line', ({ ref }) => `/l/${ref}`)],
  'POST /l/[ref]': [
    post('renew', all(DONE), ({ ref }) => `/l/${ref}`, { item: 'renew' }),
    post('change the plan', each('403', '403', '403', '403', DONE), ({ ref }) => `/l/${ref}`, { item: CHANGE }),
    guessed('renew', ({ ref }) => `/l/${ref}`, { item: 'renew' }),
  ],
  'GET /line/[id]': [get('the line', OF_LINE, ({ line }) => `/line/${line}`)],
  'POST /line/[id]': [
    post('renew', each(SIGN_IN, UNKNOWN, UNKNOWN, DONE, DONE), ({ line }) => `/line/${line}`, { item: 'renew' }),
    post('change the plan', each(SIGN_IN, UNKNOWN, UNKNOWN, '403', DONE), ({ line }) => `/line/${line}`, { item: CHANGE }),
  ],
  'GET /line/[id]/orders': [get('orders', OF_LINE, ({ line }) => `/line/${line}/orders`)],
  'GET /line/[id]/orders.csv': [get('orders as a file', OF_LINE, ({ line }) => `/line/${line}/orders.csv`)],
  'GET /line/[id]/statements': [
    get('of this month', OF_OWNER, ({ line }) => `/line/${line}/statements`),
    get('of a month', OF_OWNER, ({ line }) => `/line/${line}/statements?month=2026-11`),
  ],
  'GET /line/[id]/statement.csv': [get('as a file', OF_OWNER, ({ line }) => `/line/${line}/statement.csv?month=2026-11`)],
  'GET /line/[id]/share': [get('its share', OF_LINE, ({ line }) => `/line/${line}/share`)],
  'POST /line/[id]/share': [
    post('a cap', each(SIGN_IN, UNKNOWN, UNKNOWN, '403', DONE), ({ line }) => `/line/${line}/share`, { share: '2.5' }),
    post('none again', each(SIGN_IN, UNKNOWN, UNKNOWN, '403', DONE), ({ line }) => `/line/${line}/share`, { choice: 'none' }),
  ],
  'GET /line/[id]/use': [
    get('each use', OF_LINE, ({ line }) => `/line/${line}/use`),
    get('older ones', OF_LINE, ({ line }) => `/line/${line}/use?from=1793638801200.2`),
  ],
  'GET /lines': [get('their own', own(SHOWN), () => '/lines')],
  'GET /export': [get('their own', own(SHOWN), () => '/export')],
  'GET /export/[name]': [
    get('all of their own', own(SHOWN), () => '/export/data.json'),
    get('their own orders', own(SHOWN), () => '/export/orders.csv'),
    get('no such file', own('404'), ({ order }) => `/export/${order}`),
  ],
  'GET /link': [get('their own', own(SHOWN), () => '/link')],
  'POST /link?/code': [
    post(
      'a code to the line itself',
      own(DONE),
      () => '/link?/code',
      ({ number }) => ({ number }),
    ),
  ],
  'POST /link?/card': [post('a card that is none', own('422'), () => '/link?/card', { activation_code: '1234 5678' })],
  'GET /link/code': [get('no code was asked for', own(DONE), () => '/link/code')],
  'POST /link/code': [postCode('link', '/link/code')],
  'GET /link/[account]': [
    get('who has to do with the line', each(SIGN_IN, UNKNOWN, SHOWN, SHOWN, SHOWN), ({ account }) => `/link/${account}`),
  ],
  'POST /link/[account]?/change': [
    post(
      'another’s role',
      each(SIGN_IN, UNKNOWN, '403', '403', DONE),
      ({ account }) => `/link/${account}?/change`,
      ({ member }) => ({ id: member, role: 'user' }),
      { fresh: true },
    ),
  ],
  'POST /link/[account]?/leave': [
    post('leave', each(SIGN_IN, UNKNOWN, DONE, DONE, DONE), ({ account }) => `/link/${account}?/leave`, {}, { fresh: true }),
  ],
  'GET /review/[secret]': bySecret('a quote', ({ quote }) => `/review/${quote}`),
  'POST /review/[secret]': [
    review('by page', all(DONE), () => 'card'),
    review('from the balance', each('422', '403', '403', '403', DONE), () => 'balance', true),
    review('by the owner’s kept card', each('422', '403', UNKNOWN, UNKNOWN, DONE), ({ method }) => method),
    guessed('by page', ({ quote }) => `/review/${quote}`, { method: 'card', key: 'k', terms: '2025-01' }),
  ],
  'GET /o/[secret]': bySecret('an order', ({ order }) => `/o/${order}`),
  'POST /o/[secret]?/pay': [
    again('by page', all(DONE), () => 'paypal'),
    again('from the balance', each('422', '403', '403', '403', DONE), () => 'balance'),
    again('by the owner’s kept card', each('422', '403', UNKNOWN, UNKNOWN, DONE), ({ method }) => method),
    guessed('by page', ({ open }) => `/o/${open}?/pay`, { method: 'card', key: 'k' }),
  ],
  'POST /o/[secret]?/cancel': [
    {
      what: 'one they made',
      expected: all(DONE),
      ask: async (visitor, _, real) => visitor.post(`${await openOrder(visitor, real)}?/cancel`),
    },
    guessed('an order', ({ open }) => `/o/${open}?/cancel`, {}),
  ],
  'GET /o/[secret]/receipt': bySecret('a receipt', ({ order }) => `/o/${order}/receipt`),
  'GET /o/[secret]/receipt.pdf': bySecret('a receipt as a file', ({ order }) => `/o/${order}/receipt.pdf`),
  'GET /o/[secret]/state': bySecret('how an order stands', ({ order }) => `/o/${order}/state`),
};
