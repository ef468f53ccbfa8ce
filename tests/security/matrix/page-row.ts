/** A row of the pages: an address, and a form where it is posted to. */
import type { PageAnswer, Visitor } from '#tests/doors';
import type { Codes, Ids } from './open-scene.ts';
import { all, type Expected, each, type Row, UNKNOWN } from './try-matrix.ts';

export type PageRow = Row<Visitor, PageAnswer>;
export type PageRows = Readonly<Record<string, readonly PageRow[]>>;
type More = Pick<PageRow, 'byAddress' | 'fresh'>;

export const SHOWN = 'shown';
export const DONE = 'done';
export const SIGN_IN = 'sign in';

/** For whoever is signed in, of their own. */
export const own = (outcome: string): Expected => each(SIGN_IN, outcome, outcome, outcome, outcome);

export function get(what: string, expected: Expected, path: (ids: Ids) => string, more: More = {}): PageRow {
  return { what, expected, ask: (visitor, ids) => visitor.get(path(ids)), ...more };
}

type Form = Readonly<Record<string, string>>;

export function post(
  what: string,
  expected: Expected,
  path: (ids: Ids) => string,
  form: Form | ((ids: Ids) => Form) = {},
  more: More = {},
): PageRow {
  return {
    ...{ what, expected, ...more },
    ask: (visitor, ids) => visitor.post(path(ids), typeof form === 'function' ? form(ids) : form),
  };
}

/** What is below a secret address: shown to who holds it, and to nobody who guessed. */
export function bySecret(what: string, path: (ids: Ids) => string): PageRow[] {
  return [get(what, all(SHOWN), path, { byAddress: true }), guessed(what, path)];
}

/** A secret guessed almost right is like any that was never given. */
export function guessed(what: string, path: (ids: Ids) => string, form?: Form): PageRow {
  const ask = (visitor: Visitor, ids: Ids) => (form === undefined ? visitor.get(path(ids)) : visitor.post(path(ids), form));
  return { what: `${what}, guessed`, expected: all(UNKNOWN), ask: (visitor, ids, real) => ask(visitor, ids === real ? wrongly(ids) : ids) };
}

function wrongly(ids: Ids): Ids {
  const wrong = (secret: string): string => secret.slice(0, -2) + (secret.endsWith('BB') ? 'CC' : 'BB');
  return { ...ids, ref: wrong(ids.ref), quote: wrong(ids.quote), order: wrong(ids.order), open: wrong(ids.open) };
}

type Purpose = keyof Codes;
const REQUESTS = { link: 'linkRequest', prove: 'proveRequest', contact: 'contactRequest' } as const;

/** The right code, in a browser that holds the secret it works with, whoever is signed in there. */
export function postCode(purpose: Purpose, path: string): PageRow {
  return {
    what: 'the owner’s code with the owner’s request',
    expected: each(SIGN_IN, UNKNOWN, UNKNOWN, UNKNOWN, DONE),
    fresh: true,
    ask(visitor, ids, _, codes) {
      const underWay = { purpose, secret: ids[REQUESTS[purpose]], to: 'somewhere', next: '/security' };
      visitor.cookies.set('under-way', encodeURIComponent(JSON.stringify(underWay)));
      return visitor.post(path, { code: codes[purpose] });
    },
  };
}
