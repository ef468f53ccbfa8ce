import type { RequestEvent } from '@sveltejs/kit';
import type { SelfCareUseCases } from '../../use-cases.ts';

/** The cookie that holds a sign-in's secret. */
const SIGN_IN_COOKIE = 'sign_in';

/** Whoever this browser is signed in as; undefined for a guest, and for a secret that is in force no more. */
export async function signInOf({ cookies }: RequestEvent, useCases: Pick<SelfCareUseCases, 'readSignIn'>) {
  const secret = cookies.get(SIGN_IN_COOKIE);
  return secret === undefined ? undefined : useCases.readSignIn(secret);
}
