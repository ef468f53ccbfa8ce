/**
 * Every page passes here: who asks, in which language, then its dress, its headers and its compression. Pages are rendered
 * on the server only; their one script adds to what is there.
 */

import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { isLanguage, type Language, negotiateLanguage } from '#platform/messages';
import { compress } from '../compress.ts';
import { pagePolicy } from '../security-headers.ts';
import type { Asker } from '../use-cases.ts';
import { visitOf } from '../visit.ts';
import { dressOf } from './look/dress.ts';
import { keepLanguage } from './look/language-cookie.ts';
import { readSignIn } from './look/sign-in-cookie.ts';

/** Pages that only a secret address opens, and those of one person: nobody keeps or lists them. */
const SECRET = /^\/((l|review|o)\/|(sign-in|sign-up|reset|security|settings|link|line|lines|export|help)(\/|$)|compare\/\w{9,}(\/|$))/;
/** Pages with a script: the order that is watched, and where passkeys are asked for. */
const SCRIPTED = /^\/(o\/[^/]+|sign-in|security|security\/prove)$/;
const READING = ['GET', 'HEAD', 'OPTIONS'];

export const handle: Handle = async ({ event, resolve }) => {
  if (!isOurs(event)) return new Response('This form was sent from another site.', { status: 403 });
  const visit = visitOf(event.platform?.req);
  const wish = chooseLanguage(event);
  const { languages } = await visit.useCases.brand(wish);
  const language = languages.includes(wish) ? wish : negotiateLanguage(event.request.headers.get('accept-language'), languages);
  const brand = await visit.useCases.brand(language);
  const signIn = await readSignIn(event.cookies, event.url, visit.useCases);
  const device = event.request.headers.get('user-agent') ?? '';
  const asker: Asker = { language, source: visit.source, device, ...(signIn === undefined ? {} : { signIn }) };
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
    const live = SCRIPTED.test(event.url.pathname);
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
 * Whatever changes something comes from a page of ours: browsers name the origin of every post. SvelteKit asks this of forms
 * alone, and not of what says it is JSON; and SameSite=Lax alone leaves our neighbours on the same site.
 */
function isOurs({ request, url }: RequestEvent): boolean {
  return READING.includes(request.method) || request.headers.get('origin') === url.origin;
}

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
    keepLanguage({ cookies, url }, asked);
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
