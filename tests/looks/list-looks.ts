/** Every page of self-care, in every state it may be in, as somebody comes to see it. A page that is not in here fails the test. */
import { ORDER_STANDINGS } from '#domain/orders';
import type { PageAnswer, Visitor } from '#tests/doors';
import { type Gallery, LINE_LOOKS } from './open-gallery.ts';

export type Look = {
  readonly what: string;
  readonly status: number;
  ask(gallery: Gallery, as: (visitor: Visitor) => Visitor): Promise<PageAnswer>;
};
type Who = 'guest' | 'signedIn' | 'newcomer';
type Path = string | ((gallery: Gallery) => string);
type Form = Readonly<Record<string, string>>;

const pathIn = (gallery: Gallery, path: Path): string => (typeof path === 'string' ? path : path(gallery));

function see(what: string, path: Path, { who = 'signedIn', status = 200 }: { who?: Who; status?: number } = {}): Look {
  return { what, status, ask: (gallery, as) => as(gallery[who]()).get(pathIn(gallery, path)) };
}

/** A form as it comes back with what is wrong. */
function wrong(what: string, path: Path, form: Form, { who = 'signedIn', status = 422 }: { who?: Who; status?: number } = {}): Look {
  return { what, status, ask: (gallery, as) => as(gallery[who]()).post(pathIn(gallery, path), form) };
}

const GUEST = { who: 'guest' } as const;

/** A page that follows a form: the same browser goes on to it, or posts `next` to it. */
function after(
  what: string,
  path: string,
  form: Form | ((gallery: Gallery) => Form),
  page: string,
  { who = 'signedIn', next }: { who?: Who; next?: Form } = {},
): Look {
  return {
    what,
    status: next === undefined ? 200 : 422,
    async ask(gallery, as) {
      const visitor = as(gallery[who]());
      await visitor.post(path, typeof form === 'function' ? form(gallery) : form);
      return next === undefined ? visitor.get(page) : visitor.post(page, next);
    },
  };
}

/** The review of one thing on a line of one's own. */
function review(what: string, line: keyof Gallery['lines'], item: string): Look {
  return {
    ...{ what, status: 200 },
    async ask(gallery, as) {
      const visitor = as(gallery.signedIn());
      return visitor.get((await visitor.post(`/line/${gallery.lines[line]}`, { item })).location);
    },
  };
}

async function guestsReview(gallery: Gallery, visitor: Visitor): Promise<string> {
  return (await visitor.post(`/l/${gallery.ref}`, { item: 'renew' })).location;
}

const REVIEWS: readonly Look[] = [
  review('a renewal, by a kept card or the balance', 'active', 'renew'),
  review('a pack', 'throttled', 'pack:pack-1gb'),
  review('a change now', 'nearly_dry', 'change:month-unlimited'),
  review('the next plan, queued', 'active', 'queue:month-5gb'),
  review('the next plan, at the end of the data', 'active', 'queue_early:month-5gb'),
  review('a top-up', 'pay_as_you_go', 'top_up:2500'),
  review('an expired line', 'expired', 'renew'),
  {
    what: 'a guest’s',
    status: 200,
    ask: async (gallery, as) => {
      const visitor = as(gallery.guest());
      return visitor.get(await guestsReview(gallery, visitor));
    },
  },
  {
    what: 'with no way chosen and a wrong address',
    status: 422,
    ask: async (gallery, as) => {
      const visitor = as(gallery.guest());
      return visitor.post(await guestsReview(gallery, visitor), { method: 'card', email: 'nowhere', key: 'k', terms: '2025-01' });
    },
  },
];

const orderLooks = ORDER_STANDINGS.map((standing) => see(`an order that is ${standing}`, ({ orders }) => `/o/${orders[standing]}`));
const lineLooks = LINE_LOOKS.map((look) => see(`a line that is ${look}`, ({ lines }) => `/line/${lines[look]}`));
const helpLooks = LINE_LOOKS.map((look) => see(`help for a line that is ${look}`, ({ lines }) => `/help/${lines[look]}`));

/** By route, as its folder is named. */
export const LOOKS: Readonly<Record<string, readonly Look[]>> = {
  '/': [
    see('the front', '/', GUEST),
    see('with a number from a message', '/?number=%2B12065550142', GUEST),
    wrong('no number', '/', { number: '' }, GUEST),
    wrong('a number that is none of ours', '/', { number: '+1 206 555 9998' }, { ...GUEST, status: 404 }),
  ],
  '/clock': [see('the clock', '/clock', GUEST), wrong('a step that is none', '/clock', { by: 'back' }, GUEST)],
  '/outbox': [see('what went out', '/outbox', GUEST)],
  '/compare/[of]': [
    see('a market’s plans', '/compare/US', GUEST),
    see('of a line', ({ lines }) => `/compare/${lines.active}`),
    see('of a line that is expired', ({ lines }) => `/compare/${lines.expired}`),
    see('of a line they are a user of', ({ lines }) => `/compare/${lines.shared_user}`),
    see('of a line found by its number', ({ ref }) => `/compare/${ref}`, GUEST),
  ],
  '/export': [see('their data', '/export'), see('of who has none', '/export', { who: 'newcomer' })],
  '/help/[of]': [...helpLooks, see('for a guest', ({ ref }) => `/help/${ref}`, GUEST)],
  '/l/[ref]': [
    see('a line found by its number', ({ ref }) => `/l/${ref}`, GUEST),
    wrong('an amount that is none', ({ ref }) => `/l/${ref}`, { amount: 'some' }, GUEST),
    wrong('what is the owner’s alone', ({ ref }) => `/l/${ref}`, { item: 'change:month-unlimited' }, { ...GUEST, status: 403 }),
    see('an address that has grown old', '/l/old', { ...GUEST, status: 410 }),
  ],
  '/line/[id]': [
    ...lineLooks,
    wrong('an amount that is too small', ({ lines }) => `/line/${lines.active}`, { amount: '1' }),
    see('somebody else’s', ({ stranger }) => `/line/${stranger}`, { status: 404 }),
  ],
  '/line/[id]/orders': [
    see('orders', ({ lines }) => `/line/${lines.active}/orders`),
    see('none', ({ lines }) => `/line/${lines.pending}/orders`),
  ],
  '/line/[id]/share': [
    see('what a line of a family may use', ({ lines }) => `/line/${lines.capped}/share`),
    see('just set', ({ lines }) => `/line/${lines.capped}/share?done=share_set`),
    see('not capped, nothing shared', ({ lines }) => `/line/${lines.active}/share`),
    see('for a user', ({ lines }) => `/line/${lines.shared_user}/share`),
    wrong('a size that is none', ({ lines }) => `/line/${lines.capped}/share`, { share: 'some' }),
    wrong('no size', ({ lines }) => `/line/${lines.capped}/share`, { share: '' }),
  ],
  '/line/[id]/statements': [
    see('this month', ({ lines }) => `/line/${lines.active}/statements`),
    see('a month without anything', ({ lines }) => `/line/${lines.pending}/statements?month=2026-01`),
  ],
  '/line/[id]/use': [
    see('each use of a line with much of it', ({ lines }) => `/line/${lines.active}/use`),
    see('slowed down', ({ lines }) => `/line/${lines.throttled}/use`),
    see('abroad, from the balance', ({ lines }) => `/line/${lines.pay_as_you_go}/use`),
    see('beyond what was left', ({ lines }) => `/line/${lines.balance_used_up}/use`),
    see('none', ({ lines }) => `/line/${lines.pending}/use`),
    see('of a line they are a user of', ({ lines }) => `/line/${lines.shared_user}/use`),
  ],
  '/lines': [see('lines of every state', '/lines'), see('none', '/lines', { who: 'newcomer' })],
  '/link': [
    see('to link a line', '/link'),
    see('with none yet', '/link', { who: 'newcomer' }),
    wrong('no number', '/link?/code', { number: '' }),
    wrong('a card that is none', '/link?/card', { activation_code: '1234' }),
  ],
  '/link/[account]': [
    see('who has to do with it', ({ account }) => `/link/${account}`),
    see('for a user', ({ sharedAccount }) => `/link/${sharedAccount}`),
    see('somebody else’s', '/link/acc_0000000000000', { status: 403 }),
  ],
  '/link/code': [after('a code', '/link?/code', ({ number }) => ({ number }), '/link/code')],
  '/o/[secret]': [
    ...orderLooks,
    see('an order that stands still', ({ orders }) => `/o/${orders.awaiting_payment}?still`),
    see('a guest’s', ({ orders }) => `/o/${orders.delivered}`, GUEST),
    wrong('no way chosen', ({ orders }) => `/o/${orders.declined}?/pay`, {}),
    see('a link that is none', '/o/none', { ...GUEST, status: 404 }),
  ],
  '/o/[secret]/receipt': [
    see('a receipt', ({ orders }) => `/o/${orders.delivered}/receipt`),
    see('with a credit note', ({ orders }) => `/o/${orders.refunded}/receipt`),
    see('none yet', ({ orders }) => `/o/${orders.declined}/receipt`, { status: 404 }),
  ],
  '/privacy': [see('the privacy notice', '/privacy', GUEST)],
  '/terms': [see('the terms', '/terms', GUEST)],
  '/reset': [see('the page', '/reset', GUEST), wrong('no address', '/reset', { contact: 'nowhere@' }, GUEST)],
  '/reset/code': [
    after('a code and a password', '/reset', { contact: 'some@example.com' }, '/reset/code', GUEST),
    after('a password that is too short', '/reset', { contact: 'other@example.com' }, '/reset/code', {
      ...GUEST,
      next: { code: '1', password: 'x' },
    }),
  ],
  '/review/[secret]': [...REVIEWS, see('a link that is none', '/review/none', { ...GUEST, status: 404 })],
  '/security': [
    see('how they sign in', '/security'),
    see('of who has just come', '/security?done=contact', { who: 'newcomer' }),
    wrong('a contact that must stay', '/security?/remove_contact', { kind: 'email' }, { who: 'newcomer', status: 409 }),
  ],
  '/security/contact': [
    see('a new address', '/security/contact?kind=email'),
    see('a new number', '/security/contact?kind=number'),
    wrong('none', '/security/contact', { contact: 'nowhere@' }),
  ],
  '/security/contact/code': [after('a code', '/security/contact', { contact: 'next@example.com' }, '/security/contact/code')],
  '/security/password': [see('a new password', '/security/password'), wrong('too short', '/security/password', { password: 'x' })],
  '/security/prove': [see('by code or passkey', '/security/prove'), wrong('no password', '/security/prove?/password', { password: '' })],
  '/security/prove/code': [after('a code', '/security/prove?/code', { kind: 'email' }, '/security/prove/code', { next: { code: '' } })],
  '/settings': [
    see('settings', '/settings'),
    see('kept', '/settings?done=settings'),
    wrong('a user name that is none', '/settings?/user_name', { user_name: '1' }),
  ],
  '/sign-in': [
    see('the page', '/sign-in', GUEST),
    see('before a page of one’s own', '/sign-in?next=/settings', GUEST),
    wrong('wrong', '/sign-in?/password', { name: 'lin@example.com', password: 'none of theirs' }, { ...GUEST, status: 401 }),
    wrong('no name', '/sign-in?/code', { name: '' }, GUEST),
  ],
  '/sign-in/code': [
    after('a code', '/sign-in?/code', { name: 'any@example.com' }, '/sign-in/code', GUEST),
    after('a wrong one', '/sign-in?/code', { name: 'one@example.com' }, '/sign-in/code', { ...GUEST, next: { code: '1' } }),
  ],
  '/sign-in/link': [
    see('the button', '/sign-in/link?code=x', GUEST),
    wrong('used', '/sign-in/link', { code: 'x' }, { ...GUEST, status: 410 }),
  ],
  '/sign-up': [see('the page', '/sign-up', GUEST), wrong('no address', '/sign-up', { contact: '' }, GUEST)],
  '/sign-up/finish': [finishing('the terms', {}, 200), finishing('not accepted', { name: 'Lin', password: 'x' }, 422)],
  '': [see('no page', '/nowhere/at/all', { ...GUEST, status: 404 })],
};

function finishing(what: string, form: Form, status: number): Look {
  return {
    ...{ what, status },
    async ask(gallery, as) {
      const visitor = as(gallery.guest());
      const contact = `finish-${status}-${Math.random()}@example.com`;
      await visitor.post('/sign-up', { contact });
      await visitor.post('/sign-in/code', { code: await gallery.house.codeFor(contact) });
      return status === 200 ? visitor.get('/sign-up/finish') : visitor.post('/sign-up/finish', form);
    },
  };
}
