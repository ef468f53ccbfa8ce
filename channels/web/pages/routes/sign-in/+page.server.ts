import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { ownPath } from '../../look/own-path.ts';
import { failField, failForm, fieldOf, isRefused, secretOf } from '../../look/problem.ts';
import { keepSignIn, keepUnderWay } from '../../look/sign-in-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
  const next = ownPath(url.searchParams.get('next'));
  if (locals.asker.signIn !== undefined) redirect(303, next);
  return { next, isAsked: url.searchParams.has('next') };
};

export const actions: Actions = {
  password: async ({ request, locals, cookies, url }) => {
    const form = await request.formData();
    const name = fieldOf(form, 'name');
    const password = secretOf(form, 'password');
    if (name === '') return failField('name', say(locals.language, 'person.sign_in.name_missing'), { name });
    if (password === '') return failField('password', say(locals.language, 'person.sign_in.password_missing'), { name });
    const signedIn = await locals.useCases.person.signInByPassword(locals.asker, { name, password });
    if (isRefused(signedIn)) return failForm(signedIn, { name });
    keepSignIn(cookies, url, signedIn.secret);
    redirect(303, ownPath(url.searchParams.get('next')));
  },
  code: async ({ request, locals, cookies, url }) => {
    const name = fieldOf(await request.formData(), 'name');
    if (name === '') return failField('name', say(locals.language, 'person.contact.missing'), { name });
    const sent = await locals.useCases.person.askEntry(locals.asker, { contact: name });
    if (isRefused(sent)) return failForm({ ...sent, field: 'name' }, { name });
    const next = ownPath(url.searchParams.get('next'));
    keepUnderWay(cookies, url, { purpose: 'enter', secret: sent.request, to: sent.to, next });
    redirect(303, '/sign-in/code');
  },
  passkey: async ({ request, locals, cookies, url }) => {
    const answer = fieldOf(await request.formData(), 'answer');
    const signedIn = await locals.useCases.person.signInByPasskey(locals.asker, { answer });
    if (isRefused(signedIn)) return failForm(signedIn, {});
    keepSignIn(cookies, url, signedIn.secret);
    redirect(303, ownPath(url.searchParams.get('next')));
  },
};
