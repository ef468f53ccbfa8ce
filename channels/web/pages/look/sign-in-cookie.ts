/**
 * The cookies of signing in. The secret is out of reach of scripts and of other sites' posts; under https its name begins with
 * `__Host-`, so that no neighbouring host can plant one (RFC 6265bis §4.1.3.2). What is under way (a code that was sent, a
 * ticket to sign up) rests in a second one, so that its secret stays in the browser that asked.
 */
import type { Cookies } from '@sveltejs/kit';
import type { SignInMark } from '../../person-views.ts';
import type { SelfCareUseCases } from '../../use-cases.ts';

/** The use cases end a sign-in before; the browser need not keep it longer (domain/people, sign-in.ts). */
const SIGN_IN_S = 180 * 24 * 60 * 60;
/** A ticket is good for half an hour, a code for ten minutes. */
const UNDER_WAY_S = 30 * 60;
const SECRET = /^[\w-]{1,64}$/;

const isSecure = (url: URL): boolean => url.protocol === 'https:';
const nameOf = (url: URL, name: string): string => (isSecure(url) ? `__Host-${name}` : name);
const common = (url: URL) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(url) }) as const;

/** Whoever is signed in; a cookie of a sign-in that has ended makes a guest. */
export async function readSignIn(cookies: Cookies, url: URL, useCases: SelfCareUseCases): Promise<SignInMark | undefined> {
  const secret = cookies.get(nameOf(url, 'sign-in'));
  return secret === undefined || !SECRET.test(secret) ? undefined : useCases.person.readSignIn(secret);
}

export function keepSignIn(cookies: Cookies, url: URL, secret: string): void {
  cookies.set(nameOf(url, 'sign-in'), secret, { ...common(url), maxAge: SIGN_IN_S });
  forgetUnderWay(cookies, url);
}

export function forgetSignIn(cookies: Cookies, url: URL): void {
  cookies.delete(nameOf(url, 'sign-in'), common(url));
  forgetUnderWay(cookies, url);
}

/** What a code or ticket is for; one at a time in a browser. */
export type UnderWay = {
  readonly purpose: 'enter' | 'sign_up' | 'reset' | 'prove' | 'contact' | 'link';
  /** The secret of the code's request, or the ticket. */
  readonly secret: string;
  readonly to: string;
  readonly next: string;
};

export function keepUnderWay(cookies: Cookies, url: URL, underWay: UnderWay): void {
  cookies.set(nameOf(url, 'under-way'), JSON.stringify(underWay), { ...common(url), maxAge: UNDER_WAY_S });
}

/** Undefined when nothing of this purpose is. What is in a cookie is its browser's to change: all of it is read as text that was typed. */
export function readUnderWay(cookies: Cookies, url: URL, purpose: UnderWay['purpose']): UnderWay | undefined {
  const text = cookies.get(nameOf(url, 'under-way'));
  if (text === undefined) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    const { secret, to, next, purpose: keptFor } = kept as Partial<Record<keyof UnderWay, unknown>>;
    if (typeof secret !== 'string' || typeof to !== 'string' || typeof next !== 'string' || keptFor !== purpose) return undefined;
    return { purpose, secret, to, next };
  } catch {
    return undefined;
  }
}

export function forgetUnderWay(cookies: Cookies, url: URL): void {
  cookies.delete(nameOf(url, 'under-way'), common(url));
}
