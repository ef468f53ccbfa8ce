import { say } from '#platform/messages';
import { goOn } from '../../../look/go-on.ts';
import { failField, failForm, fieldOf, isRefused, viewOf } from '../../../look/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  quote: viewOf(await locals.useCases.readQuote(locals.asker, { secret: params.secret })),
});

export const actions: Actions = {
  /** Places the order; twice with the same key (a double click) is once. */
  default: async ({ request, locals, params }) => {
    const form = await request.formData();
    const method = fieldOf(form, 'method');
    const email = fieldOf(form, 'email');
    const keep = fieldOf(form, 'keep');
    if (method === '') return failField('method', say(locals.language, 'web.review.method_missing'), { email });
    const placed = await locals.useCases.place(locals.asker, {
      quoteSecret: params.secret,
      key: fieldOf(form, 'key'),
      method,
      keepMethod: keep === 'yes',
      acceptedTerms: fieldOf(form, 'terms'),
      ...(email === '' ? {} : { email }),
    });
    if (isRefused(placed)) return failForm(placed, { method, email, keep });
    goOn(placed, locals.brand);
  },
};
