import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { failField, failForm, fieldOf, isRefused } from '../../look/problem.ts';
import { keepUnderWay } from '../../look/sign-in-cookie.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const contact = fieldOf(await request.formData(), 'contact');
    if (contact === '') return failField('contact', say(locals.language, 'person.contact.missing'), { contact });
    const sent = await locals.useCases.person.askReset(locals.asker, { contact });
    if (isRefused(sent)) return failForm(sent, { contact });
    keepUnderWay(cookies, url, { purpose: 'reset', secret: sent.request, to: sent.to, next: '/security?done=reset' });
    redirect(303, '/reset/code');
  },
};
