import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { failField, failForm, fieldOf, isRefused, secretOf } from '../../../look/problem.ts';
import { keepSignIn, readUnderWay } from '../../../look/sign-in-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ cookies, url }) => {
  const underWay = readUnderWay(cookies, url, 'reset');
  if (underWay === undefined) redirect(303, '/reset');
  return { to: underWay.to };
};

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const underWay = readUnderWay(cookies, url, 'reset');
    if (underWay === undefined) redirect(303, '/reset');
    const form = await request.formData();
    const code = fieldOf(form, 'code');
    const lostDevice = form.has('lost');
    if (code === '') return failField('code', say(locals.language, 'person.code.missing'), {});
    const typed = { request: underWay.secret, code, password: secretOf(form, 'password'), lostDevice };
    const signedIn = await locals.useCases.person.resetPassword(locals.asker, typed);
    if (isRefused(signedIn)) return failForm(signedIn, { code, ...(lostDevice ? { lost: 'yes' } : {}) });
    keepSignIn(cookies, url, signedIn.secret);
    redirect(303, '/security?done=reset');
  },
};
