/** Where somebody goes on after signing in or proving who they are: a page of ours, whatever the address said. */

/** Longer is no path of ours. */
const LENGTH_MAX = 300;
/** Never "//host" nor "/\host", which browsers take for another site's address; no control characters, which they drop before reading. */
const PATH = /^\/(?![/\\])[^\\\p{Cc}]*$/u;
const NOWHERE = 'http://own.invalid';

/** Where one is after signing in, when nothing else was asked for. */
export const AFTER_SIGN_IN = '/lines';

export function ownPath(text: string | null, otherwise = AFTER_SIGN_IN): string {
  if (text === null || text.length > LENGTH_MAX || !PATH.test(text)) return otherwise;
  const { origin, pathname, search, hash } = new URL(text, NOWHERE);
  // A path may grow two slashes while its dots are taken out: "/.//host".
  return origin === NOWHERE && !pathname.startsWith('//') ? pathname + search + hash : otherwise;
}

/** "?next=/settings", or nothing where one goes the usual way. */
export function nextQuery(next: string): string {
  return next === AFTER_SIGN_IN ? '' : `?next=${encodeURIComponent(next)}`;
}
