import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { failField, failForm, fieldOf, isRefused } from '../look/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  /** Links in SMS and mail bring their reader's own number. */
  number: url.searchParams.get('number')?.slice(0, 40) ?? '',
  tryNumbers: locals.demonstration ? ((await locals.useCases.demonstration?.tryNumbers(locals.language)) ?? []) : [],
});

export const actions: Actions = {
  /** From a number to its page; the number itself stays out of the address. */
  default: async ({ request, locals }) => {
    const number = fieldOf(await request.formData(), 'number');
    if (number === '') return failField('number', say(locals.language, 'web.home.number_missing'), { number });
    const found = await locals.useCases.findLine(locals.asker, { number });
    if (isRefused(found)) return failForm({ field: 'number', ...found }, { number });
    redirect(303, `/l/${found.ref}`);
  },
};
