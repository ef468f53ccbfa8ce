import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import type { Choice } from '../../../../use-cases.ts';
import { failField, failForm, fieldOf, isRefused, viewOf } from '../../../look/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  line: viewOf(await locals.useCases.lines.showLine(locals.asker, { id: params.id })),
});

export const actions: Actions = {
  /** One thing chosen, here or where plans are compared, becomes a quote with an address of its own. */
  default: async ({ request, locals, params }) => {
    const form = await request.formData();
    const item = fieldOf(form, 'item');
    const amount = fieldOf(form, 'amount');
    if (item === '' && amount === '') return failField('amount', say(locals.language, 'web.line.amount_missing'), { amount });
    const choice: Choice = item === '' ? { typedAmount: amount } : { item };
    const quoted = await locals.useCases.lines.quote(locals.asker, { id: params.id, choices: [choice] });
    if (isRefused(quoted)) return failForm(item === '' ? { field: 'amount', ...quoted } : quoted, { amount });
    redirect(303, `/review/${quoted.secret}`);
  },
};
