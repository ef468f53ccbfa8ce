import { redirect } from '@sveltejs/kit';
import { AFTER_SIGN_IN } from '../../../look/own-path.ts';
import { failForm, fieldOf, isRefused } from '../../../look/problem.ts';
import { keepSignIn } from '../../../look/sign-in-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

/** A link is looked at by programs before its reader comes (mail filters): only the button uses it up. */
export const load: PageServerLoad = ({ url }) => ({ code: url.searchParams.get('code')?.slice(0, 64) ?? '' });

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const code = fieldOf(await request.formData(), 'code');
    const signedIn = await locals.useCases.person.signInByLink(locals.asker, { code });
    if (isRefused(signedIn)) return failForm(signedIn, {});
    keepSignIn(cookies, url, signedIn.secret);
    redirect(303, AFTER_SIGN_IN);
  },
};
