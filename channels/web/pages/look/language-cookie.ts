import type { RequestEvent } from '@sveltejs/kit';
import type { Language } from '#platform/messages';

const LANGUAGE_COOKIE_S = 365 * 24 * 60 * 60;

/** From now on this browser reads this language here. */
export function keepLanguage({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, language: Language): void {
  const secure = url.protocol === 'https:';
  cookies.set('language', language, { path: '/', maxAge: LANGUAGE_COOKIE_S, sameSite: 'lax', httpOnly: true, secure });
}
