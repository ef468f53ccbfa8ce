import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { ownPath } from '../../look/own-path.ts';
import { failField, failForm, fieldOf, isRefused } from '../../look/problem.ts';
import { keepUnderWay } from '../../look/sign-in-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
  const next = ownPath(url.searchParams.get('next'));
  if (locals.asker.signIn !== undefined) redirect(303, next);
  return { next };
};

export const actions: Actions = {
  /** One way in for who is known and who is not: before the code is typed nothing tells the two apart. */
  default: async ({ request, locals, cookies, url }) => {
    const contact = fieldOf(await request.formData(), 'contact');
    if (contact === '') return failField('contact', say(locals.language, 'person.contact.missing'), { contact });
    const sent = await locals.useCases.person.askEntry(locals.asker, { contact });
    if (isRefused(sent)) return failForm(sent, { contact });
    const next = ownPath(url.searchParams.get('next'));
    keepUnderWay(cookies, url, { purpose: 'enter', secret: sent.request, to: sent.to, next });
    redirect(303, '/sign-in/code');
  },
};
