import { redirect } from '@sveltejs/kit';
import { ownPath } from '../../../look/own-path.ts';
import { failForm, fieldOf, isRefused, secretOf } from '../../../look/problem.ts';
import { keepSignIn, readUnderWay } from '../../../look/sign-in-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, url, locals }) => {
  const underWay = readUnderWay(cookies, url, 'sign_up');
  if (underWay === undefined) redirect(303, '/sign-up');
  const { version } = await locals.useCases.terms(locals.language);
  return { to: underWay.to, version };
};

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const underWay = readUnderWay(cookies, url, 'sign_up');
    if (underWay === undefined) redirect(303, '/sign-up');
    const form = await request.formData();
    const name = fieldOf(form, 'name');
    const password = secretOf(form, 'password');
    const acceptedTerms = fieldOf(form, 'terms');
    const signedIn = await locals.useCases.person.signUp(locals.asker, { ticket: underWay.secret, name, password, acceptedTerms });
    if (isRefused(signedIn)) return failForm(signedIn, { name });
    keepSignIn(cookies, url, signedIn.secret);
    redirect(303, ownPath(underWay.next));
  },
};
