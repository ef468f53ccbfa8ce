/**
 * Every page passes here: who asks, in which language, then its dress, its headers and its compression. Pages are rendered
 * on the server only; their one script adds to what is there.
 */

import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { isLanguage, type Language, negotiateLanguage } from '#platform/messages';
import { compress } from '../compress.ts';
import { pagePolicy } from '../security-headers.ts';
import { visitOf } from '../visit.ts';
import { dressOf } from './look/dress.ts';
import { signInOf } from './look/sign-in-of.ts';

/** Pages that only a secret address opens: nobody keeps or lists them. */
const SECRET = /^\/(l|review|o|line|lines|export|help|compare\/\w{9,})(\/|$)/;
const LANGUAGE_COOKIE_S = 365 * 24 * 60 * 60;

export const handle: Handle = async ({ event, resolve }) => {
  const visit = visitOf(event.platform?.req);
  const wish = chooseLanguage(event);
  const { languages } = await visit.useCases.brand(wish);
  const language = languages.includes(wish) ? wish : negotiateLanguage(event.request.headers.get('accept-language'), languages);
  const brand = await visit.useCases.brand(language);
  const signIn = await signInOf(event, visit.useCases);
  const asker = { language, source: visit.source, ...(signIn === undefined ? {} : { signIn }) };
  Object.assign(event.locals, { useCases: visit.useCases, asker, language, brand, demonstration: visit.demonstration });
  const dress = dressOf(brand.accent);
  const response = await resolve(event, {
    // Comments are Svelte's marks for a browser that takes over; none does.
    transformPageChunk: ({ html }) =>
      html
        .replaceAll(/<!--.*?-->/gs, '')
        .replace('%everline.language%', language)
        .replace('%everline.style%', () => dress.style),
  });
  const secret = SECRET.test(event.url.pathname);
  if (response.headers.get('content-type')?.startsWith('text/html') === true) {
    const pays = /^\/(review|o)\//.test(event.url.pathname);
    const live = /^\/o\/[^/]+$/.test(event.url.pathname);
    const policy = pagePolicy({ styleHash: dress.hash, live, formOrigins: pays ? brand.paymentOrigins : [] });
    response.headers.set('content-security-policy', policy);
    response.headers.set('content-type', 'text/html; charset=utf-8');
    response.headers.append('vary', 'Cookie, Accept-Language');
    response.headers.set('cache-control', cacheRule(secret, event.request.method));
  }
  if (secret) response.headers.set('x-robots-tag', 'noindex, nofollow');
  response.headers.delete('x-sveltekit-page');
  return compress(response, event.request.headers.get('accept-encoding'));
};

/**
 * Nobody keeps a secret page; but a form shown again with what is wrong must be kept by its own browser, or going back to it
 * from the payment page shows "confirm form resubmission" instead of the form.
 */
function cacheRule(secret: boolean, method: string): string {
  return secret && method !== 'POST' ? 'private, no-store' : 'private, no-cache';
}

/** `?lang=` is remembered; else what was remembered; else what the browser asks for. */
function chooseLanguage({ url, cookies, request }: RequestEvent): Language {
  const asked = url.searchParams.get('lang');
  if (asked !== null && isLanguage(asked)) {
    const secure = url.protocol === 'https:';
    cookies.set('language', asked, { path: '/', maxAge: LANGUAGE_COOKIE_S, sameSite: 'lax', httpOnly: true, secure });
    return asked;
  }
  const remembered = cookies.get('language');
  if (remembered !== undefined && isLanguage(remembered)) return remembered;
  return negotiateLanguage(request.headers.get('accept-language'));
}

/** A fault gets a reference, in the log and on the page, so that support finds it. Expected errors keep their words. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return;
  const reference = crypto.randomUUID().slice(0, 8);
  visitOf(event.platform?.req).log.error({ reference, route: event.route.id, err: error }, 'a page failed');
  return { message: `Internal error ${reference}`, reference };
};
